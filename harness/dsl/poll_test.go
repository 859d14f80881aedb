package dsl_test

import (
	"context"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
)

func polling(t *testing.T) context.Context {
	return dsl.Around(&dsl.Run{Target: &target.Target{Grace: time.Millisecond}})(t.Context())
}

func TestPollLooksUntilItIsSettled(t *testing.T) {
	looked := 0
	look := func() int { looked++; return looked }
	seen := dsl.PollEvery(polling(t), time.Nanosecond, time.Now().Add(time.Hour), look, func(n int) bool { return n == 3 })
	NewWithT(t).Expect([]int{seen, looked}).To(Equal([]int{3, 3}))
}

func TestPollLooksALastTimeWhenTheTimeIsOver(t *testing.T) {
	look := func() bool { return true }
	NewWithT(t).Expect(dsl.Poll(polling(t), time.Now().Add(-time.Second), look, func(bool) bool { return false })).To(BeTrue())
}

func TestBecomesGivesWhatCameInstead(t *testing.T) {
	g := NewWithT(t)
	values := []string{"a", "b"}
	look := func() string { value := values[0]; values = values[1:]; return value }
	g.Expect(dsl.Becomes(polling(t), "b", time.Hour, look)).To(Equal("b"))
	g.Expect(dsl.Becomes(polling(t), "b", 0, func() string { return "a" })).To(Equal("a"))
}

func TestAnInterruptedPollIsAnError(t *testing.T) {
	l := newLab(t, reference.Options{})
	spec := l.one(func(ctx ginkgo.SpecContext) {
		within, cancel := context.WithCancel(ctx)
		cancel()
		dsl.Becomes(within, "b", time.Hour, func() string { return "a" })
	}, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Error))
}

func TestHowAHelloNamesACapability(t *testing.T) {
	const uri = "urn:ietf:params:netconf:capability:candidate:1.0"
	for name, c := range map[string]struct {
		hello []string
		want  verdict.Verdict
	}{
		"exact":               {[]string{uri}, verdict.Pass},
		"exact with a misfit": {[]string{"candidate:1.0", uri}, verdict.Pass},
		"a misfit alone":      {[]string{"urn:ietf:params:netconf:capability:candidate"}, verdict.Violation},
		"neither":             {[]string{"urn:ietf:params:netconf:capability:startup:1.0"}, verdict.NotRun},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			var announced netconf.Capabilities
			for _, text := range c.hello {
				announced = append(announced, netconf.ParseCapability(text))
			}
			spec := l.one(func(ginkgo.SpecContext) { dsl.DemandExactURI(must, announced, uri) }, dsl.Covers(must))
			l.Expect(spec.Verdict).To(Equal(c.want), spec.Message)
		})
	}
}

func TestATargetThatRebootedIsReopened(t *testing.T) {
	l := newLab(t, reference.Options{})
	spec := l.one(func(ctx ginkgo.SpecContext) {
		s := dsl.Open(ctx)
		l.server.Reboot()
		dsl.Given(s.AwaitEnd(ctx)).To(match.BeOver())
		dsl.Demand(must, dsl.Reopen(ctx, time.Minute, dsl.Named("afterwards")).Ping(ctx)).To(match.CarryData())
	}, dsl.Covers(must))
	l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
}
