package junit

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2/reporters"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/verdict"
)

// configuration leaves the spec's id alone in the name.
func configuration() reporters.JunitReportConfig {
	all := types.SpecStatePassed | types.SpecStateSkipped | types.SpecStateFailureStates
	return reporters.JunitReportConfig{OmitTimelinesForSpecState: all, OmitSpecLabels: true, OmitLeafNodeType: true}
}

// rewrite gives the Ginkgo report of one suite with our ids and states.
func rewrite(r *verdict.Report, suite verdict.Suite) types.Report {
	report := types.Report{
		SuiteDescription: oneLine(suite.Name), SuitePath: "ncspec/" + oneLine(suite.Name), StartTime: r.Run.Started.UTC(),
		SuiteSucceeded: true,
	}
	for _, s := range suite.Specs {
		spec := types.SpecReport{
			LeafNodeType: types.NodeTypeIt, LeafNodeText: oneLine(s.ID), State: state(s.Verdict), RunTime: duration(s.DurationMS),
			Failure:       types.Failure{Message: verdict.Printable(s.Message)},
			ReportEntries: entries(properties(r, s)),
		}
		if !spec.State.Is(types.SpecStateFailureStates) {
			spec.CapturedStdOutErr = verdict.Printable(s.Message)
		}
		report.SpecReports = append(report.SpecReports, spec)
		report.RunTime += spec.RunTime
		report.SuiteSucceeded = report.SuiteSucceeded && !spec.State.Is(types.SpecStateFailureStates)
	}
	return report
}

// state maps a verdict to the state that Ginkgo renders as failure, error or skipped. Interrupted is the one that
// becomes an error and adds no stack trace.
func state(v verdict.Verdict) types.SpecState {
	switch v {
	case verdict.Pass, verdict.Advisory:
		return types.SpecStatePassed
	case verdict.Violation, verdict.StaleWaiver:
		return types.SpecStateFailed
	case verdict.NotRun, verdict.NotApplicable, verdict.Waived:
		return types.SpecStateSkipped
	}
	return types.SpecStateInterrupted
}

// property is a name and a text; names may occur again.
type property struct{ name, value string }

func properties(r *verdict.Report, s verdict.Spec) []property {
	list := []property{{"verdict", string(s.Verdict)}, {"text", s.Text}}
	if s.Level != "" {
		list = append(list, property{"level", s.Level})
	}
	sections := map[string]bool{}
	for _, id := range s.Requirements {
		list = append(list, property{"requirement", id})
		if q, ok := r.Requirement(id); ok && !sections[q.Reference()] {
			sections[q.Reference()] = true
			list = append(list, property{"section", q.Reference()})
		}
	}
	for _, more := range []property{{"reason", s.Reason}, {"location", s.Location}, {"transcript", s.Transcript}} {
		if more.value != "" {
			list = append(list, more)
		}
	}
	for _, o := range s.Observations {
		list = append(list, property{"observed: " + o.Name, o.Text()})
	}
	return list
}

func entries(list []property) types.ReportEntries {
	var all types.ReportEntries
	for _, p := range list {
		all = append(all, types.ReportEntry{Name: oneLine(p.name), Value: types.WrapEntryValue(verdict.Printable(p.value))})
	}
	return all
}

// distinct numbers the names that the file already has: those who read JUnit files take equal names for one testcase, or
// one testsuite.
func distinct(suite verdict.Suite, suites, names map[string]bool) verdict.Suite {
	specs := make([]verdict.Spec, len(suite.Specs))
	for i, s := range suite.Specs {
		s.ID = free(s.ID, names)
		specs[i] = s
	}
	return verdict.Suite{Name: free(suite.Name, suites), Specs: specs}
}

// free gives the name, numbered where it is taken, and takes it.
func free(name string, taken map[string]bool) string {
	name = cmp.Or(oneLine(name), "unnamed")
	unused := name
	for n := 2; taken[unused]; n++ {
		unused = fmt.Sprintf("%s-%d", name, n)
	}
	taken[unused] = true
	return unused
}

// withOutcome adds a testcase in error where the exit code is not 0 and no spec is red, so that whoever reads only
// this file comes to the same end.
func withOutcome(r *verdict.Report) *verdict.Report {
	for _, s := range r.Specs {
		if state(s.Verdict).Is(types.SpecStateFailureStates) {
			return r
		}
	}
	if r.Exit() == verdict.ExitPass {
		return r
	}
	copied := *r
	why := outcome(r)
	copied.Specs = append(append([]verdict.Spec{}, r.Specs...), verdict.Spec{
		ID: "run/outcome", Suite: "run", Text: "come to a verdict", Verdict: verdict.Error, Reason: why, Message: why,
	})
	return &copied
}

func outcome(r *verdict.Report) string {
	switch {
	case r.Run.Interrupted:
		return "the run was interrupted before it came to a verdict"
	case r.Run.Unusable != "":
		return "the target is unusable: " + r.Run.Unusable
	case !r.Run.Complete:
		return "the run broke off before it came to a verdict"
	}
	return "nothing was executed: every spec was held back or does not apply"
}

// duration is whole milliseconds: shorter times would be written as 1e-05, which is no decimal of XML Schema.
func duration(milliseconds float64) time.Duration {
	return time.Duration(math.Round(milliseconds)) * time.Millisecond
}

func seconds(s float64) float64 { return math.Round(s*1e3) / 1e3 }

func oneLine(s string) string {
	return strings.Join(strings.Fields(verdict.Printable(s)), " ")
}
