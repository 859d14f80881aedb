package suites_test

import (
	"context"
	_ "embed"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

//go:embed testdata/stub-passes.yaml
var stubPasses []byte

// accusations are the specs that may find a violation in such a server: what is wrong with it as a whole says nothing of a
// single requirement, but that a session carries nothing.
func accusations() map[string][]string {
	return map[string][]string{"stub": {"transport/one-session"}}
}

// TestNextToNothing: a server that does next to nothing passes what testdata/stub-passes.yaml lists, and no more. A spec
// that passes beside those takes silence, a refusal or the end of the session for good behaviour.
func TestNextToNothing(t *testing.T) {
	var passes map[string][]string
	NewWithT(t).Expect(yaml.Unmarshal(stubPasses, &passes)).To(Succeed())
	NewWithT(t).Expect(passes).To(And(HaveLen(2), HaveKey("stub"), HaveKey("generic-error")))
	for profile, wanted := range passes {
		t.Run(profile, func(t *testing.T) {
			g := NewWithT(t)
			report, err := suites.Run(context.Background(),
				suites.Options{Profile: profile, Safety: effect.Disruptive, Slow: true, Seed: 1})
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(report.Run.Unusable).To(BeEmpty())
			var passed, accused []string
			for _, spec := range report.Specs {
				switch spec.Verdict {
				case verdict.Pass:
					passed = append(passed, spec.ID)
				case verdict.Violation, verdict.Advisory:
					accused = append(accused, spec.ID)
				}
			}
			g.Expect(passed).To(ConsistOf(wanted))
			g.Expect(accused).To(Equal(accusations()[profile]))
		})
	}
}
