package dsl_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
)

func ping(ctx ginkgo.SpecContext) {
	dsl.Demand(must, dsl.Open(ctx).Ping(ctx)).To(match.HaveXPath("/nc:rpc-reply/nc:data[not(*)]"))
}

func TestWhatTheServerDidIsNamed(t *testing.T) {
	// Requests of the guard come first.
	for hostile, c := range map[string]struct {
		verdict verdict.Verdict
		said    string
	}{
		"closes":        {verdict.Violation, `the server, on session S1, ended it without an answer to message-id "1"`},
		"answers-other": {verdict.Error, `it may be meant for somebody else, so that it says nothing here`},
		"answers-twice": {verdict.Error, `the server, on session S1, answered twice: a second reply with message-id "1" came`},
	} {
		t.Run(hostile, func(t *testing.T) {
			l := newLab(t, reference.Options{Hostile: fmt.Sprintf("%s@%d", hostile, asked(t)+1)})
			spec := l.one(ping, dsl.Covers(must))
			l.Expect(spec.Verdict).To(Equal(c.verdict), spec.Message)
			l.Expect(spec.Message).To(ContainSubstring(c.said))
		})
	}
}

// asked counts the requests of a run ahead of its first spec.
func asked(t *testing.T) int {
	t.Helper()
	l, count := newLab(t, reference.Options{}), 0
	l.one(func(ginkgo.SpecContext) { count = len(l.requests()) })
	return count
}

func TestARunEndsWhereNothingIsAnsweredAnyMore(t *testing.T) {
	const most, all = 20, 25
	l := newLab(t, reference.Options{Hostile: fmt.Sprintf("hangs@%d-", asked(t)+1)})
	l.lost = true
	l.run.Target.Grace = 10 * time.Millisecond
	report := l.perform(func() {
		for i := range all {
			dsl.It("asks", dsl.Spec(fmt.Sprintf("lab/spec-%d", i)), dsl.Covers(must), ping)
		}
	})
	l.Expect(report.Summary[verdict.Violation]).To(Equal(most))
	l.Expect(report.Summary[verdict.NotRun]).To(Equal(all - most))
	l.Expect(report.Specs[all-1].Reason).To(Equal("the run broke off: the server gave no reply in 20 specs in a row that waited for one"))
	l.Expect(l.run.BrokenOff()).To(Equal(report.Specs[all-1].Reason))
}
