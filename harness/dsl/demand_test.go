package dsl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

var errBroken = errors.New("Canary-7Hq")

func TestWords(t *testing.T) {
	broken := func(id string) func(ginkgo.SpecContext) {
		return func(ginkgo.SpecContext) { dsl.Demand(id, errBroken).To(match.Succeed()) }
	}
	for name, c := range map[string]struct {
		covers  []string
		strict  bool
		body    func(ginkgo.SpecContext)
		verdict verdict.Verdict
		reason  string
	}{
		"a demand that holds":       {covers: []string{must}, body: holds(must), verdict: verdict.Pass},
		"one that does not":         {covers: []string{must}, body: broken(must), verdict: verdict.Violation, reason: "breaks " + must},
		"a SHOULD that does not":    {covers: []string{should}, body: broken(should), verdict: verdict.Advisory, reason: "does not follow " + should},
		"and with --strict":         {covers: []string{should}, strict: true, body: broken(should), verdict: verdict.Violation, reason: "breaks " + should},
		"the other way round":       {covers: []string{must}, body: func(ginkgo.SpecContext) { dsl.Demand(must, nil).NotTo(match.Succeed()) }, verdict: verdict.Violation},
		"a demand nobody announced": {covers: []string{must}, body: broken(more), verdict: verdict.Error, reason: "the spec does not cover it"},
		"a matcher of something else": {covers: []string{must}, body: func(ginkgo.SpecContext) { dsl.Demand(must, 1).To(match.BeOK()) },
			verdict: verdict.Error, reason: "judging " + must},
		"what is given and is not": {covers: []string{must}, body: func(ctx ginkgo.SpecContext) {
			dsl.Given(errBroken).To(match.Succeed())
			holds(must)(ctx)
		}, verdict: verdict.Error, reason: "given: "},
		"given after a violation": {covers: []string{must}, body: func(ctx ginkgo.SpecContext) {
			broken(must)(ctx)
			dsl.Given(errBroken).To(match.Succeed())
		}, verdict: verdict.Violation},
		"no demand reached": {covers: []string{must}, body: func(ginkgo.SpecContext) {}, verdict: verdict.NotRun, reason: "no demand of this spec was reached"},
		"no verdict":        {covers: []string{must}, body: func(ginkgo.SpecContext) { dsl.NoVerdict("nothing to see") }, verdict: verdict.NotRun, reason: "nothing to see"},
		"a panic":           {covers: []string{must}, body: func(ginkgo.SpecContext) { panic("oh") }, verdict: verdict.Error, reason: "the spec panicked: oh"},
		"not asked": {covers: []string{must}, body: func(ctx ginkgo.SpecContext) {
			dsl.Demand(must, dsl.Open(ctx).Lock(ctx, datastore.Running)).To(match.BeOK())
		}, verdict: verdict.Error, reason: "not sent"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{}, func(r *dsl.Run) { r.Strict = c.strict })
			spec := l.one(c.body, dsl.Covers(c.covers...))
			l.Expect(spec.Verdict).To(Equal(c.verdict), spec.Message)
			l.Expect(spec.Reason).To(ContainSubstring(c.reason))
		})
	}
}

func TestARequirementIsNotJudgedByAnothersDemand(t *testing.T) {
	l := newLab(t, reference.Options{})
	report := l.perform(func() {
		dsl.It("judges one of two", dsl.Spec("lab/spec"), dsl.Covers(must, more), func(ginkgo.SpecContext) {
			dsl.Demand(must, errBroken).To(match.Succeed())
			dsl.Demand(more, errBroken).To(match.Succeed())
		})
		dsl.It("leaves one out", dsl.Spec("lab/other"), dsl.Covers(candidate, either), func(ctx ginkgo.SpecContext) {
			holds(candidate)(ctx)
			dsl.NotJudged(either, "nothing to see")
		})
	})
	of := func(id string) verdict.Requirement {
		q, known := report.Requirement(id)
		l.Expect(known).To(BeTrue())
		return q
	}
	l.Expect(of(must).Verdict).To(Equal(verdict.Violation))
	l.Expect(of(more).Verdict).To(Equal(verdict.NotRun))
	l.Expect(of(more).Reason).To(HavePrefix("not reached: lab/spec ended earlier"))
	l.Expect(of(candidate).Verdict).To(Equal(verdict.Pass))
	l.Expect(of(either).Reason).To(Equal("nothing to see"))
}

func TestAFailureSaysWhatWasDemandedAndFound(t *testing.T) {
	l := newLab(t, reference.Options{})
	spec := l.one(func(ctx ginkgo.SpecContext) {
		reply := dsl.Open(ctx).GetConfig(ctx, datastore.Running, dsl.FixtureLeaf(ctx).Filter())
		dsl.Demand(must, reply).To(match.HaveXPath("//nc:ok"))
	}, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Violation))
	for _, part := range []string{must, "MUST", "RFC 6241 §1", "Behave.", "XPath //nc:ok", "no such node", "admin@ncspec.example"} {
		l.Expect(spec.Message).To(ContainSubstring(part))
	}
}

func TestObservationsNeverFail(t *testing.T) {
	l := newLab(t, reference.Options{})
	spec := l.one(func(ctx ginkgo.SpecContext) {
		holds(must)(ctx)
		dsl.Observe("the way", "this", "this", "that")
		dsl.Observe("the time (ms)", 1.5)
		dsl.Observe("the answer", errBroken)
	}, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Pass))
	l.Expect(spec.Observations).To(HaveExactElements(
		verdict.Observation{Name: "the way", Value: "this", Legal: []string{"this", "that"}},
		verdict.Observation{Name: "the time (ms)", Value: 1.5, Legal: []string{}},
		verdict.Observation{Name: "the answer", Value: "Canary-7Hq", Legal: []string{}}))
}

func TestAWaiverSkipsWhereTheRunSaysSo(t *testing.T) {
	l := newLab(t, reference.Options{}, func(r *dsl.Run) {
		r.Waived = func(spec, requirement, found string) string {
			if spec == "lab/spec" && requirement == must && strings.Contains(found, "Canary-7Hq") {
				return "bug 4711"
			}
			return ""
		}
	})
	l.perform(func() {
		dsl.It("breaks", dsl.Spec("lab/spec"), dsl.Covers(must), func(ginkgo.SpecContext) { dsl.Demand(must, errBroken).To(match.Succeed()) })
		dsl.It("breaks too", dsl.Spec("lab/other"), dsl.Covers(more), func(ginkgo.SpecContext) { dsl.Demand(more, errBroken).To(match.Succeed()) })
	})
	outcomes := map[string]string{}
	for _, spec := range l.ginkgo.SpecReports {
		outcomes[spec.State.String()] = spec.Failure.Message
	}
	l.Expect(outcomes).To(HaveKeyWithValue("skipped", "waived: bug 4711"))
	l.Expect(outcomes).To(HaveKeyWithValue("failed", HavePrefix(more)))
}

func TestWordsOutsideASpecOfOurs(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.perform(func() {
		ginkgo.It("is somebody's own", func() { dsl.Demand(must, nil).To(match.Succeed()) })
	})
	l.Expect(l.ginkgo.SpecReports[0].Failure.Message).To(HavePrefix("this word of the DSL stands outside a spec of ncspec"))
}
