package suites

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Register puts the suites into somebody's Ginkgo suite, in containers of their own. The target is connected to before
// the first of them runs, and compared with what it was when the suite is over. It never resets Ginkgo. Order, seed and
// --fail-fast are Ginkgo's here: Seed, FailFast and Progress of the options say nothing. A violation that a waiver
// expects is a skipped spec. Faults in the options panic where they cannot wait for the suite to run.
func Register(o Options) {
	catalogue, err := Catalogue()
	if err != nil {
		panic(fmt.Sprintf("ncspec: %v", err)) // our own embedded files
	}
	files, err := plans(o.Transcripts)
	if err != nil {
		panic(fmt.Sprintf("ncspec: %v", err)) // the caller's transcripts: there is no run yet to report it in
	}
	o.bring(files)
	v := &visit{title: "ncspec", journey: &journey{tree: &tree{options: o, catalogue: catalogue, files: files}, options: o}}
	if o.Target != nil {
		v.title += " of " + o.Target.Name
	}
	ginkgo.Describe(v.title, ginkgo.AroundNode(v.around), dsl.Probes(), func() { v.grow(v.journey.tree.grow) })
	ginkgo.Describe(v.title, ginkgo.AroundNode(v.around), dsl.Monitors(), func() { v.grow(v.journey.tree.growSuites) })
	ginkgo.ReportAfterSuite(v.title+" puts the target back", v.depart)
}

// visit is a run inside somebody's suite.
type visit struct {
	title   string // of its containers
	journey *journey
	refused bool // to run in several processes
	arrived bool
	stop    func()
	failure error
}

// grow puts specs into the tree; in one of several processes there is but one, which fails.
func (v *visit) grow(specs func()) {
	if !parallel() {
		ginkgo.BeforeEach(v.arrive)
		specs()
		return
	}
	if !v.refused {
		ginkgo.It("runs in one process", func() { ginkgo.Fail(ErrParallel.Error()) })
	}
	v.refused = true
}

// around gives the nodes of our containers their run.
func (v *visit) around(ctx context.Context) context.Context {
	if v.journey.run == nil {
		return ctx
	}
	return dsl.Around(v.journey.run)(ctx)
}

// arrive connects once. The nodes that follow find the run in their context.
func (v *visit) arrive(ctx ginkgo.SpecContext) {
	if !v.arrived {
		v.arrived = true
		if v.failure = v.connect(ctx); v.failure != nil {
			ginkgo.Fail(v.journey.hidden(fmt.Sprintf("the target cannot be judged: %v", v.failure)))
		}
	}
	if v.failure != nil {
		ginkgo.Skip("the target cannot be judged, see the first spec of ncspec")
	}
}

func (v *visit) connect(ctx context.Context) (err error) {
	j := v.journey
	j.began = time.Now()
	if v.stop, err = j.options.embed(ctx); err != nil {
		return err
	}
	if err := j.keepJournal(); err != nil {
		return err
	}
	if err := j.arrive(ctx); err != nil {
		j.closeJournal()
		return err
	}
	j.run.Waived = j.waived
	return nil
}

// waived gives the reason of the waiver for what a spec finds broken, "" for none.
func (j *journey) waived(spec, requirement, found string) string {
	for _, w := range j.options.Waivers {
		if w.Waives(spec, requirement, found, j.began) {
			return w.Reason
		}
	}
	return ""
}

// depart puts the target back, and fails for what no spec has failed for.
func (v *visit) depart(ctx ginkgo.SpecContext, report ginkgo.Report) {
	if v.stop != nil {
		defer v.stop()
	}
	faults := v.authoring(report)
	if v.arrived && v.failure == nil {
		v.journey.depart(context.WithoutCancel(ctx))
		faults = append(faults, v.journey.faults...)
		faults = append(faults, v.journey.state.LeftBehind...)
		faults = append(faults, v.stale(report)...)
	}
	if len(faults) > 0 {
		ginkgo.Fail("ncspec:\n" + strings.Join(faults, "\n"))
	}
}

// authoring checks what no suite can be asked before it has run: how specs are written, and whether filters name any.
func (v *visit) authoring(report ginkgo.Report) []string {
	if v.refused {
		return nil
	}
	t := v.journey.tree
	t.specs = dsl.Authors(types.Report{SpecReports: v.ours(report)})
	faults := dsl.Lint(t.specs, t.catalogue)
	if err := v.journey.options.check(t); err != nil {
		faults = append(faults, err.Error())
	}
	return faults
}

// stale names the waivers whose violations no longer occur.
func (v *visit) stale(report ginkgo.Report) []string {
	var stale []string
	for _, spec := range verdict.Judge(v.ours(report), v.journey.input()).Specs {
		if spec.Verdict == verdict.StaleWaiver {
			stale = append(stale, spec.Message)
		}
	}
	return stale
}

// ours are the reports of our own specs.
func (v *visit) ours(report ginkgo.Report) types.SpecReports {
	return slices.DeleteFunc(slices.Clone(report.SpecReports), func(spec types.SpecReport) bool {
		return !slices.Contains(spec.ContainerHierarchyTexts, v.title)
	})
}
