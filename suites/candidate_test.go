package suites_test

import (
	"context"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// TestACandidateForEachSession: RFC 6241 §8.3.1 lets a server have a candidate for each session. The documented sequences
// do not run there, and say why.
func TestACandidateForEachSession(t *testing.T) {
	const notShared = "the candidate is not shared: other sessions do not see its changes"
	for profile, reason := range map[string]string{"private-candidate": notShared, "candidate-only": ""} {
		t.Run(profile, func(t *testing.T) {
			g := NewWithT(t)
			report, err := suites.Run(context.Background(), suites.Options{Profile: profile, Suites: []string{"session", "lock"}})
			g.Expect(err).NotTo(HaveOccurred())
			reasons := map[string]string{}
			for _, spec := range report.Specs {
				g.Expect(spec.Verdict).NotTo(BeElementOf(verdict.Violation, verdict.Advisory, verdict.Error), "%s: %s", spec.ID, spec.Message)
				reasons[spec.ID] = spec.Reason
			}
			for _, id := range []string{"session/lock-contention.denied", "session/lock-contention.end-holder",
				"session/documented-session.contention", "session/chunked-session.contention"} {
				g.Expect(reasons).To(HaveKeyWithValue(id, reason))
			}
			g.Expect(report.State.LeftBehind).To(BeEmpty())
		})
	}
}
