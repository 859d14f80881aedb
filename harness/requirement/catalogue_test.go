package requirement

import (
	"testing"

	. "github.com/onsi/gomega"
)

func entry(rfc, section, slug string) Requirement {
	return Requirement{ID: "rfc" + rfc + "-" + section + "-" + slug, RFC: rfc, Section: section, Suite: "rpc",
		Level: Must, Testable: Yes, Assert: "something"}
}

func TestCatalogueSortsSectionsAsAnRFCDoes(t *testing.T) {
	g := NewWithT(t)
	c, err := New(
		[]Requirement{entry("6242", "3", "a"), entry("6241", "B", "a"), entry("6241", "4.10", "a")},
		[]Requirement{entry("6241", "4.2", "b"), entry("6241", "4.2", "a"), entry("6241", "4", "a")},
	)
	g.Expect(err).NotTo(HaveOccurred())
	var ids []string
	for _, r := range c.All() {
		ids = append(ids, r.ID)
	}
	g.Expect(ids).To(Equal([]string{"rfc6241-4-a", "rfc6241-4.2-b", "rfc6241-4.2-a", "rfc6241-4.10-a",
		"rfc6241-B-a", "rfc6242-3-a"}))
}

func TestCatalogueRefusesAnIDInTwoSuites(t *testing.T) {
	other := entry("6241", "4", "a")
	other.Suite = "lock"
	_, err := New([]Requirement{entry("6241", "4", "a")}, []Requirement{other})
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("rfc6241-4-a stands in the suites rpc and lock")))
}

func TestCatalogueLooksUp(t *testing.T) {
	g := NewWithT(t)
	c, err := New([]Requirement{entry("6241", "7.5", "lock-granted"), entry("6241", "7.6", "unlock-own")})
	g.Expect(err).NotTo(HaveOccurred())

	found, ok := c.Get("rfc6241-7.6-unlock-own")
	g.Expect(ok).To(BeTrue())
	g.Expect(found.Section).To(Equal("7.6"))

	_, ok = c.Get("rfc6241-7.6-unlock-owm")
	g.Expect(ok).To(BeFalse())
	g.Expect(c.Nearest("rfc6241-7.6-unlock-owm")).To(HaveExactElements("rfc6241-7.6-unlock-own"))
	g.Expect(c.Nearest("lock-granted")).To(HaveExactElements("rfc6241-7.5-lock-granted"))
	g.Expect(c.Nearest("completely-different")).To(BeEmpty())
}

func TestCatalogueCounts(t *testing.T) {
	g := NewWithT(t)
	observed, untestable := entry("6241", "4", "b"), entry("6241", "4", "c")
	observed.Assert, observed.Observe = "", "something"
	untestable.Assert, untestable.Testable = "", No
	c, err := New([]Requirement{entry("6241", "4", "a"), observed, untestable})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Count()).To(Equal(Count{Judged: 1, Observed: 1, Untestable: 1}))
}

func TestLevelsFallIntoThreeKinds(t *testing.T) {
	g := NewWithT(t)
	for _, level := range Levels() {
		r := Requirement{Level: level}
		kinds := 0
		for _, is := range []bool{r.Mandatory(), r.Should(), r.May()} {
			if is {
				kinds++
			}
		}
		g.Expect(kinds).To(Equal(1), level)
	}
}

func TestReference(t *testing.T) {
	g := NewWithT(t)
	g.Expect(entry("6242", "4.2", "a").Reference()).To(Equal("RFC 6242 §4.2"))
	g.Expect(entry("6241", "B", "a").Reference()).To(Equal("RFC 6241 Appendix B"))
}
