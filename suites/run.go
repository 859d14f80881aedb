package suites

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Authoring is the error of specs or transcripts that are written wrongly: nothing was connected to.
type Authoring struct{ Faults []string }

// Error lists every fault on a line of its own.
func (a *Authoring) Error() string {
	text := fmt.Sprintf("%d faults in how specs are written:", len(a.Faults))
	for _, fault := range a.Faults {
		text += "\n  " + fault
	}
	return text
}

// tree is the specs of one run in Ginkgo's tree.
type tree struct {
	options   Options
	catalogue *requirement.Catalogue
	files     []plan
	specs     []dsl.Authored
}

// plant clears Ginkgo's tree, registers all specs and checks how they are written.
func plant(o Options) (*tree, error) {
	catalogue, err := Catalogue()
	if err != nil {
		return nil, err
	}
	files, err := plans(o.Transcripts)
	if err != nil {
		return nil, err
	}
	t := &tree{options: o, catalogue: catalogue, files: files}
	globals.Reset()
	t.register()
	quiet(func() { t.specs = dsl.Authors(ginkgo.PreviewSpecs("ncspec")) })
	if faults := dsl.Lint(t.specs, catalogue); len(faults) > 0 {
		return nil, &Authoring{Faults: faults}
	}
	return t, nil
}

// register puts everything into one container: Ginkgo's preview keeps containers only, and would lose the gate.
func (t *tree) register() { ginkgo.Describe("ncspec", t.grow) }

func (t *tree) grow() {
	t.growSuites()
	for _, file := range t.files {
		file.Register()
	}
}

func (t *tree) growSuites() {
	dsl.Gate()
	for _, suite := range All() {
		ginkgo.Describe(suite.Name, suite.Specs)
	}
}

// plantAlone is plant for those who need no more than the description of the specs. ErrBusy where a run is under way.
func plantAlone(o Options) (*tree, error) {
	var t *tree
	err := alone(func() (err error) {
		t, err = plant(o)
		return err
	})
	return t, err
}

// List gives all specs without connecting to anything.
func List(o Options) ([]dsl.Authored, *requirement.Catalogue, error) {
	t, err := plantAlone(o)
	if err != nil {
		return nil, nil, err
	}
	return t.specs, t.catalogue, nil
}

// quiet keeps Ginkgo from writing to the terminal: whoever runs the suites draws their own console.
func quiet(f func()) {
	out := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = out }()
	f()
}

// Run judges the target. The error is one of usage (*Authoring, *Unknown, *UnknownWaivers, ErrNothing) or of the harness itself; what
// concerns the target, such as that it cannot be reached, stands in the report. Once ctx ends no more specs run, and the
// target is put back. One run at a time in a process (ErrBusy),
// and none inside a Ginkgo suite (ErrInside): a run takes Ginkgo's tree of specs for itself.
func Run(ctx context.Context, o Options) (*verdict.Report, error) {
	var report *verdict.Report
	err := alone(func() (err error) {
		report, err = run(ctx, o)
		return err
	})
	return report, err
}

func run(ctx context.Context, o Options) (*verdict.Report, error) {
	t, err := plant(o)
	if err != nil {
		return nil, err
	}
	if err := o.check(t); err != nil {
		return nil, err
	}
	if err := o.checkWaivers(t); err != nil {
		return nil, err
	}
	stop, err := o.embed(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	j := &journey{tree: t, options: o, began: time.Now()}
	if err := j.keepJournal(); err != nil {
		return j.unusable(err), nil
	}
	if err := j.arrive(ctx); err != nil {
		j.closeJournal()
		return j.unusable(err), nil
	}
	j.run.BeginAhead(ctx, begins(), t.specs)
	// Ginkgo knows no context, and hears of no signal that came before it listened.
	j.run.Over = func() bool { return ctx.Err() != nil }
	j.perform()
	j.depart(context.WithoutCancel(ctx))
	return j.result(errors.Is(ctx.Err(), context.Canceled)), nil
}

// perform runs the specs in Ginkgo.
func (j *journey) perform() {
	done, total := 0, len(j.tree.specs)
	ginkgo.ReportAfterEach(func(spec ginkgo.SpecReport) {
		done++
		if j.options.Progress != nil {
			id, v := verdict.Preview(spec)
			j.options.Progress(done, total, id, v)
		}
	})
	ginkgo.ReportAfterSuite("ncspec", func(report ginkgo.Report) { j.ginkgo = report })
	if j.options.Started != nil {
		j.options.Started(describe(j.options.Target), total, len(j.tree.catalogue.All()), j.seed())
	}
	suite, reporter := j.configuration()
	defer keepConfiguration()()
	quiet(func() {
		ginkgo.RunSpecs(silent{}, "ncspec", suite, reporter, ginkgo.AroundNode(dsl.Around(j.run)))
	})
}

// configuration is how Ginkgo runs the specs. It owes nothing to Ginkgo's flags: those of a test binary are for the
// suites in it.
func (j *journey) configuration() (types.SuiteConfig, types.ReporterConfig) {
	suite, reporter := types.NewDefaultSuiteConfig(), types.NewDefaultReporterConfig()
	suite.RandomSeed, suite.RandomizeAllSpecs = j.seed(), true
	suite.FailFast = j.options.FailFast
	suite.Timeout = longestRun
	if t := j.options.Target; t.RunTimeout > 0 {
		suite.Timeout = t.RunTimeout
	}
	if j.options.limit > 0 {
		suite.Timeout = j.options.limit
	}
	reporter.Succinct = true
	return suite, reporter
}

// keepConfiguration gives a function that puts Ginkgo's configuration back, which is one for the process: what is handed
// to RunSpecs replaces it.
func keepConfiguration() func() {
	suite, reporter := ginkgo.GinkgoConfiguration()
	return func() {
		globals.Reset()
		quiet(func() { ginkgo.PreviewSpecs("", suite, reporter) })
	}
}

// longestRun bounds a run; Ginkgo's own hour is too short for a slow device with --slow.
const longestRun = 24 * time.Hour

// silent stands in for *testing.T: the verdicts say what failed.
type silent struct{}

// Fail implements Ginkgo's idea of a test.
func (silent) Fail() {}

func (j *journey) seed() int64 {
	if j.options.Seed == 0 {
		j.options.Seed = time.Now().UnixNano() % 1_000_000
	}
	return j.options.Seed
}

// Unknown is the error of a filter that names nothing.
type Unknown struct{ What, Name, Advice string }

// Error says what is unknown and what comes near.
func (u *Unknown) Error() string { return fmt.Sprintf("there is no %s %q%s", u.What, u.Name, u.Advice) }

// ErrNothing is the error of filters that leave nothing to run.
var ErrNothing = errors.New("the filters select no spec: drop one of --suite, --spec, --requirement, --skip, --rerun-failed, or see ncspec list --specs")
