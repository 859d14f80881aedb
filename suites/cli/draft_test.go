package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

func TestDraftOfWaivers(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	run := func(more ...string) outcome {
		return ncspec(t, append(fewLocks(), append([]string{"--defect", "own-lock-granted-again"}, more...)...)...)
	}
	file := filepath.Join(t.TempDir(), "known.yaml")
	first := run("--write-waivers", file)
	g.Expect(first.code).To(Equal(exitViolation), "a draft excuses nothing")
	g.Expect(flat(first.out)).To(ContainSubstring(file + ": drafted waivers, 1 in all; say in it why each is accepted"))
	data, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(data)).To(And(ContainSubstring("- id: lock/own-twice"), ContainSubstring("# breaks rfc6241-7.5-lock-own-twice (RFC 6241 §7.5")))
	fails(t, run("--waivers", file), exitUsage, file+":", "the reason is yet to be written")

	fails(t, run("--write-waivers", file), exitUsage, "--write-waivers: "+file+" is there already, and is not overwritten")
	g.Expect(os.ReadFile(file)).To(Equal(data))

	writeAt(t, file, strings.ReplaceAll(string(data), "reason: TODO", "reason: bug 4711"))
	g.Expect(run("--waivers", file).code).To(Equal(exitOK))

	none := filepath.Join(t.TempDir(), "none.yaml")
	waived := run("--waivers", file, "--write-waivers", none)
	g.Expect(waived.code).To(Equal(exitOK))
	g.Expect(flat(waived.out)).To(ContainSubstring("no violation to waive: " + none + " was not written"))
	g.Expect(none).NotTo(BeAnExistingFile())
	fails(t, run("--write-waivers", filepath.Join(none, "x.yaml")), exitUsage, "--write-waivers", "none.yaml")
}

func TestErrorsAreNotDrafted(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "known.yaml")
	o := ncspec(t, "run", "--profile", "generic-error", "--spec", "rpc/get-without-parameters", "--write-waivers", file)
	g.Expect(o.code).To(Equal(exitError))
	g.Expect(file).NotTo(BeAnExistingFile())
}

// The waivers that come with ncspec name what there is.
func TestKnownWaiversAreGood(t *testing.T) {
	g := NewWithT(t)
	files, err := filepath.Glob("../known/*.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(files).NotTo(BeEmpty())
	specs, catalogue, err := suites.List(suites.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	known := map[string]bool{}
	for _, spec := range specs {
		known[spec.ID] = true
	}
	for _, file := range files {
		waivers, err := verdict.LoadWaivers(file)
		g.Expect(err).NotTo(HaveOccurred())
		for _, w := range waivers {
			_, required := catalogue.Get(w.ID)
			g.Expect(required || known[w.ID]).To(BeTrue(), w.At)
		}
	}
}
