package suites_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/suites"
)

// TestEveryRequirementHasACheck holds the count: a requirement that can be seen from the wire has a spec or a monitor.
func TestEveryRequirementHasACheck(t *testing.T) {
	g := NewWithT(t)
	specs, catalogue, err := suites.List(suites.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	covered := map[string]bool{}
	for _, spec := range specs {
		for _, id := range spec.Covers {
			covered[id] = true
		}
	}
	var bare []string
	for _, q := range catalogue.All() {
		if q.Testable != requirement.No && !covered[q.ID] {
			bare = append(bare, q.ID)
		}
	}
	g.Expect(bare).To(BeEmpty())
	g.Expect(len(catalogue.All())).To(BeNumerically(">=", 591))
}
