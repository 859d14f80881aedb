package suites_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// A server that loses hellos is found fault with once, not by every spec.
func TestAServerThatLosesEarlyHellosIsWaitedFor(t *testing.T) {
	g := NewWithT(t)
	report, err := suites.Run(t.Context(), suites.Options{Defects: []string{"early-client-hello-lost"},
		Specs: []string{"hello/client-hello-first", "lock/granted", "xml/prefix-irrelevant"}})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(report.Run.Notes).To(ContainElement(ContainSubstring("does not hear a hello that comes before its own")))
	verdicts := map[string]verdict.Verdict{}
	for _, spec := range report.Specs {
		if spec.Verdict != verdict.NotRun {
			verdicts[spec.ID] = spec.Verdict
		}
	}
	g.Expect(verdicts).To(Equal(map[string]verdict.Verdict{"hello/client-hello-first": verdict.Violation,
		"lock/granted": verdict.Pass, "xml/prefix-irrelevant": verdict.Pass}))
}
