package requirement

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	. "github.com/onsi/gomega"
)

// suiteFiles reads the requirements.yaml of every suite. They are read as files: harness does not import suites.
func suiteFiles(t *testing.T) map[string][]Requirement {
	g := NewWithT(t)
	names, err := filepath.Glob("../../suites/*/requirements.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(names).NotTo(BeEmpty())
	lists := map[string][]Requirement{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		g.Expect(err).NotTo(HaveOccurred())
		lists[name], err = Parse(name, data)
		g.Expect(err).NotTo(HaveOccurred())
	}
	return lists
}

func TestSuitesMakeOneCatalogue(t *testing.T) {
	g := NewWithT(t)
	var lists [][]Requirement
	for name, list := range suiteFiles(t) {
		g.Expect(list).NotTo(BeEmpty(), name)
		g.Expect(list[0].Suite).To(Equal(filepath.Base(filepath.Dir(name))))
		lists = append(lists, list)
	}
	_, err := New(lists...)
	g.Expect(err).NotTo(HaveOccurred())
}

func TestSuitesFollowTheOrderOfTheRFCs(t *testing.T) {
	for name, list := range suiteFiles(t) {
		NewWithT(t).Expect(slices.IsSortedFunc(list, func(a, b Requirement) int {
			if a.RFC != b.RFC {
				return 0 // the older RFC may stand behind the newer one
			}
			return bySection(a, b)
		})).To(BeTrue(), name)
	}
}

func TestSuitesSayHowEachEntryIsJudged(t *testing.T) {
	g := NewWithT(t)
	for _, list := range suiteFiles(t) {
		for _, r := range list {
			g.Expect(r.Probe).NotTo(BeEmpty(), r.ID)
			if r.Testable != No {
				g.Expect(r.Assert+r.Observe).NotTo(BeEmpty(), r.ID)
			}
		}
	}
}
