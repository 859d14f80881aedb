package dsl

import (
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Assertion is what Given and Demand make of a value.
type Assertion struct {
	actual any
	judge  func(held bool, message string, where *verdict.Where)
	fault  func(message string)
}

// To judges the value.
func (a Assertion) To(matcher types.GomegaMatcher) { a.settle(matcher, true) }

// NotTo judges the value the other way round.
func (a Assertion) NotTo(matcher types.GomegaMatcher) { a.settle(matcher, false) }

func (a Assertion) settle(matcher types.GomegaMatcher, want bool) {
	if own, ok := a.actual.(interface{ HarnessError() error }); ok {
		if err := own.HarnessError(); err != nil {
			a.fault(err.Error())
			return
		}
	}
	got, err := matcher.Match(a.actual)
	switch {
	case err != nil:
		a.fault(err.Error())
	case got == want:
		a.judge(true, "", nil)
	case want:
		a.judge(false, matcher.FailureMessage(a.actual), where(matcher, a.actual))
	default:
		a.judge(false, matcher.NegatedFailureMessage(a.actual), where(matcher, a.actual))
	}
}

// Given judges setup and surroundings. What fails here is an error: no verdict on the server.
func Given(actual any) Assertion {
	fault := func(message string) { fail("given: "+message, 3) }
	return Assertion{actual: actual, fault: fault, judge: func(held bool, message string, _ *verdict.Where) {
		if !held {
			fault(message)
		}
	}}
}

// Demand judges what the requirement with that id asks. A SHOULD that does not hold is noted, and fails with --strict
// only; anything else that does not hold fails the spec.
func Demand(id string, actual any) Assertion {
	s := current()
	q, covered := s.covered[id]
	fault := func(message string) { fail(fmt.Sprintf("judging %s: %s", id, message), 3) }
	return Assertion{actual: actual, fault: fault, judge: func(held bool, message string, where *verdict.Where) {
		if !covered {
			fault("the spec does not cover it")
			return
		}
		s.demanded(q, held, message, where)
	}}
}

func (s *state) demanded(q requirement.Requirement, held bool, message string, where *verdict.Where) {
	if !held {
		message = s.withTroubles(message)
	}
	message = s.run.Redactor.Text(message)
	ginkgo.AddReportEntry(verdict.DemandEntry, verdict.Demand{Requirement: q.ID, Held: held, Message: message, Where: where},
		ginkgo.Offset(3), ginkgo.ReportEntryVisibilityNever)
	if held || q.Should() && !s.run.Strict {
		return
	}
	s.waived(q.ID, message)
	ginkgo.Fail(fmt.Sprintf("%s (%s, %s): a server must %s\n%s", q.ID, q.Reference(), q.Level, lower(q.ServerMust), message), 3)
}

// DemandOwn judges what a transcript of the user's own asks: no RFC, so no requirement.
func DemandOwn(actual any) Assertion {
	fault := func(message string) { fail(message, 3) }
	return Assertion{actual: actual, fault: fault, judge: func(held bool, message string, where *verdict.Where) {
		if !held {
			message = current().withTroubles(message)
		}
		message = current().run.Redactor.Text(message)
		ginkgo.AddReportEntry(verdict.DemandEntry, verdict.Demand{Held: held, Message: message, Where: where},
			ginkgo.Offset(3), ginkgo.ReportEntryVisibilityNever)
		if !held {
			current().waived("", message)
			ginkgo.Fail(message, 3)
		}
	}}
}

// waived skips the spec where a waiver expects what has just been found.
func (s *state) waived(requirement, found string) {
	if s.run.Waived == nil {
		return
	}
	if why := s.run.Waived(s.id, requirement, found); why != "" {
		ginkgo.Skip("waived: "+why, 4)
	}
}

func lower(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// Observe records which legal outcome the server chose, or a measure. It never fails.
func Observe(name string, value any, legal ...string) {
	switch value.(type) {
	case int, int64, float64:
	default:
		value = current().run.Redactor.Text(fmt.Sprint(value))
	}
	ginkgo.AddReportEntry(verdict.ObservationEntry, verdict.Observation{Name: name, Value: value, Legal: legal},
		ginkgo.Offset(1), ginkgo.ReportEntryVisibilityNever)
}

// NoVerdict ends the spec without judging what it has not judged yet: the target does not give what it takes. The
// reason is the requirement's own `why`, said of this target.
func NoVerdict(reason string) {
	reason = current().run.Redactor.Text(reason)
	ginkgo.AddReportEntry(verdict.HoldEntry, verdict.Hold{Verdict: verdict.NotRun, Reason: reason}, ginkgo.ReportEntryVisibilityNever)
	ginkgo.Skip("not-run: "+reason, 1)
}

// NotJudged leaves one requirement without a verdict; the spec goes on.
func NotJudged(id, reason string) {
	reason = current().run.Redactor.Text(reason)
	ginkgo.AddReportEntry(verdict.HoldEntry, verdict.Hold{Verdict: verdict.NotRun, Reason: reason, Requirement: id},
		ginkgo.ReportEntryVisibilityNever)
}

// fail ends the spec with an error that is not the server's.
func fail(message string, skip int) {
	if s := find(); s != nil {
		message = s.run.Redactor.Text(s.withTroubles(message))
	}
	ginkgo.AddReportEntry(verdict.FaultEntry, verdict.Fault{Message: message}, ginkgo.ReportEntryVisibilityNever)
	ginkgo.Fail(message, skip+1)
}

// current is the state of the spec that is running.
func current() *state {
	s := find()
	if s == nil {
		ginkgo.Fail("this word of the DSL stands outside a spec of ncspec: register the suites with suites.Register", 2)
	}
	return s
}

func find() *state {
	for _, entry := range ginkgo.CurrentSpecReport().ReportEntries {
		if s, ok := entry.GetRawValue().(*state); ok {
			return s
		}
	}
	return nil
}
