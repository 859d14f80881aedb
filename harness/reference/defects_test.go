package reference

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// TestDefectsAndHooksAgree holds the tables against the code: names built at run time are listed by hand.
func TestDefectsAndHooksAgree(t *testing.T) {
	g := NewWithT(t)
	built := []string{"lock-without-target-granted", "unlock-without-target-granted", "close-session-confirms-commit", "kill-session-confirms-commit"}
	hook := regexp.MustCompile(`"([a-z0-9]+(?:-[a-z0-9.]+)+)"`)
	files, err := filepath.Glob("*.go")
	g.Expect(err).NotTo(HaveOccurred())
	hooks := map[string]bool{}
	asked := regexp.MustCompile(`(?:broken|later|withData)\((?:r, )?"([^"]+)"`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "defects") {
			continue
		}
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		for _, m := range hook.FindAllStringSubmatch(string(text), -1) {
			hooks[m[1]] = true
		}
		for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
			g.Expect(defectNames()).To(ContainElement(m[1]), "a hook in "+file)
		}
	}
	for _, name := range defectNames() {
		g.Expect(hooks[name] || slices.Contains(built, name)).To(BeTrue(), "no hook for "+name)
	}
}

func TestDefectsAreWellNamed(t *testing.T) {
	g := NewWithT(t)
	names := defectNames()
	g.Expect(slices.Compact(slices.Sorted(slices.Values(names)))).To(HaveLen(len(names)))
	for _, d := range Defects() {
		g.Expect(d.Breaks).NotTo(BeEmpty(), d.Name)
		g.Expect(d.Summary).To(HaveSuffix("."), d.Name)
		for _, id := range append(d.Breaks, d.Follows...) {
			g.Expect(id).To(MatchRegexp(`^rfc[0-9]{4}-`), d.Name)
		}
		for _, id := range d.Follows {
			g.Expect(d.Breaks).NotTo(ContainElement(id), d.Name)
		}
		_, known := profileNamed(d.Profile)
		g.Expect(known).To(BeTrue(), d.Name)
	}
}
