package forms

import (
	"context"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

func TestARunEndsWithItsContext(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := suites.Options{Suites: []string{"lock"}, Seed: 1}
	ended := 0
	o.Progress = func(_, _ int, _ string, v verdict.Verdict) {
		if v == verdict.Pass {
			ended++
			cancel()
		}
	}
	report, err := suites.Run(ctx, o)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ended).To(Equal(1))
	g.Expect(report.Exit()).To(Equal(verdict.ExitInterrupted))
	g.Expect(report.State.Restored).To(BeTrue())
}

func TestARunWithAContextThatHasEnded(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report, err := suites.Run(ctx, few())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(report.Run.Unusable).To(ContainSubstring("context canceled"))
	g.Expect(report.Executed()).To(BeZero())
}
