package suites

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Test judges a target inside somebody's Go test: each spec becomes a line of the test's log, each violation an error.
// It refuses to run in a package that has Ginkgo nodes of its own, which it would take away: use Register there.
// One Test at a time in a process.
func Test(t *testing.T, o Options) {
	t.Helper()
	if own := foreign(); own > 0 {
		t.Fatalf("this package has %d Ginkgo specs of its own: call suites.Register in its suite instead of suites.Test", own)
	}
	report, err := Run(context.Background(), o)
	if err != nil {
		t.Fatalf("running ncspec: %v", err)
	}
	for _, spec := range report.Specs {
		switch spec.Verdict {
		case verdict.Violation, verdict.Error, verdict.StaleWaiver:
			t.Errorf("%s: %s: %s\n%s", spec.Verdict, spec.ID, spec.Reason, spec.Message)
		case verdict.Pass:
		default:
			t.Logf("%s: %s: %s", spec.Verdict, spec.ID, spec.Reason)
		}
	}
	if code := report.Exit(); code != 0 && !t.Failed() {
		t.Errorf("ncspec ends with exit code %d: %s", code, report.Run.Unusable)
	}
}

// foreign counts the specs in Ginkgo's tree that are not ours.
func foreign() int {
	var specs []dsl.Authored
	quiet(func() { specs = dsl.Authors(ginkgo.PreviewSpecs("ncspec")) })
	own := 0
	for _, spec := range specs {
		if !strings.Contains(spec.ID, "/") {
			own++
		}
	}
	return own
}

// Register puts the suites into somebody's Ginkgo suite, in a container named ncspec. The target is connected to
// before the first of them runs, and compared with what it was when the suite is over. It never resets Ginkgo.
func Register(o Options) {
	catalogue, err := Catalogue()
	if err != nil {
		panic(fmt.Sprintf("ncspec: %v", err)) // our own embedded files
	}
	files, err := plans(o.Transcripts)
	if err != nil {
		panic(fmt.Sprintf("ncspec: %v", err)) // the caller's transcripts: there is no run yet to report it in
	}
	j := &journey{tree: &tree{options: o, catalogue: catalogue, files: files}, options: o}
	guest := &visit{journey: j}
	ginkgo.Describe("ncspec", ginkgo.AroundNode(guest.around), func() {
		ginkgo.BeforeEach(func(ctx ginkgo.SpecContext) { guest.arrive(ctx) })
		j.tree.grow()
	})
	ginkgo.ReportAfterSuite("ncspec puts the target back", func(ctx ginkgo.SpecContext, _ ginkgo.Report) { guest.depart(ctx) })
}

// visit is a run inside somebody's suite.
type visit struct {
	journey *journey
	arrived bool
	stop    func()
	failure error
}

// around gives the nodes of our container their run.
func (v *visit) around(ctx context.Context) context.Context {
	if v.journey.run == nil {
		return ctx
	}
	return dsl.Around(v.journey.run)(ctx)
}

// arrive connects once. The nodes that follow find the run in their context.
func (v *visit) arrive(ctx context.Context) {
	if !v.arrived {
		v.arrived = true
		if v.stop, v.failure = v.journey.options.embed(context.WithoutCancel(ctx)); v.failure == nil {
			v.failure = v.journey.arrive(ctx)
		}
	}
	if v.failure != nil {
		ginkgo.Fail(fmt.Sprintf("the target cannot be judged: %v", v.failure))
	}
}

func (v *visit) depart(ctx context.Context) {
	if v.stop != nil {
		defer v.stop()
	}
	if v.failure != nil || v.journey.run == nil {
		return
	}
	v.journey.depart(ctx)
	if faults := append(v.journey.faults, v.journey.state.LeftBehind...); len(faults) > 0 {
		ginkgo.Fail("the target is not what it was:\n" + strings.Join(faults, "\n"))
	}
}
