package suites

import (
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Test judges a target inside somebody's Go test: each spec becomes a line of the test's log, each violation an error.
// It refuses to run in a package that has Ginkgo nodes of its own, which it would take away: use Register there. A
// process runs one at a time: Test waits for its turn. A run that would outlast the time limit of go test ends before
// it, so that the target is put back. The flags -parallel and -count of go test are refused, as Ginkgo refuses them.
func Test(t *testing.T, o Options) {
	t.Helper()
	turn.Lock()
	defer turn.Unlock()
	switch unfit := unfitFlag(); {
	case parallel():
		t.Fatal(ErrParallel)
	case unfit != "":
		t.Fatalf("ncspec stands on Ginkgo, which ends a process with the flag -%s: run go test without it", unfit)
	case inSuite():
		t.Fatal(ErrInside)
	}
	if own := foreign(); own > 0 {
		t.Fatalf("this package has %d Ginkgo specs of its own: call suites.Register in its suite instead of suites.Test", own)
	}
	if deadline, set := t.Deadline(); set {
		o.limit = max(time.Until(deadline)-limitDeparture, time.Nanosecond)
	}
	var report *verdict.Report
	err := inTurn(func() (err error) {
		report, err = run(t.Context(), o)
		return err
	})
	if err != nil {
		t.Fatalf("running ncspec: %v", err)
	}
	tell(t, report)
}

// unfitFlag names a flag of go test that Ginkgo refuses, by ending the process; "" for none.
func unfitFlag() string {
	name := ""
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "test.parallel" || f.Name == "test.count" && f.Value.String() != "1" {
			name = strings.TrimPrefix(f.Name, "test.")
		}
	})
	return name
}

// tell makes lines of the test's log of a report.
func tell(t *testing.T, report *verdict.Report) {
	t.Helper()
	for _, spec := range report.Specs {
		switch spec.Verdict {
		case verdict.Violation, verdict.Error, verdict.StaleWaiver:
			t.Errorf("%s: %s: %s\n%s", spec.Verdict, spec.ID, spec.Reason, spec.Message)
		case verdict.Pass:
			t.Logf("%s: %s", spec.Verdict, spec.ID)
		default:
			t.Logf("%s: %s: %s", spec.Verdict, spec.ID, spec.Reason)
		}
	}
	if code := report.Exit(); code != verdict.ExitPass && !t.Failed() {
		t.Errorf("no verdict on %s (exit code %d): %s", report.Target.Name, code, why(report))
	}
}

func why(report *verdict.Report) string {
	if report.Run.Unusable != "" {
		return report.Run.Unusable
	}
	return "no spec was executed, see the reasons above"
}

// foreign counts the specs in Ginkgo's tree: whoever has had the turn before has cleared it, so they are not ours.
func foreign() int {
	count := 0
	quiet(func() { count = len(ginkgo.PreviewSpecs("ncspec").SpecReports) })
	return count
}
