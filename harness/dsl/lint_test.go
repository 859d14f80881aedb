package dsl_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/dsl"
)

// authored reads specs back from Ginkgo's tree.
func authored(specs func()) []dsl.Authored {
	globals.Reset()
	defer globals.Reset()
	ginkgo.Describe("", specs)
	var all []dsl.Authored
	quiet(func() { all = dsl.Authors(ginkgo.PreviewSpecs("lab")) })
	return all
}

func TestLintNamesEveryFaultWithItsPlace(t *testing.T) {
	_, here, _, _ := runtime.Caller(0)
	file := filepath.Join(filepath.Dir(here), "authors_test.go")
	NewWithT(t).Expect(dsl.Lint(authored(badly), catalogue(t))).To(HaveExactElements(
		file+`:11: the spec "has no id" covers no requirement: add Covers("rfc…")`,
		file+`:11: the spec "has no id" has no id: add Spec("suite/slug")`,
		file+`:12: the id "Lab/Odd_ID" is not of the form suite/slug in small letters`,
		file+`:14: the id lab/twice is that of the spec at `+file+`:13 too`,
		file+`:15: lab/nothing covers no requirement: add Covers("rfc…")`,
		file+`:16: lab/unknown covers rfc6241-1-musst, which no suite has; the nearest are rfc6241-1-must`,
		And(HavePrefix(file+`:17: lab/mixed mixes levels`), ContainSubstring("split it")),
	))
}

func TestDecorationsAreReadBack(t *testing.T) {
	g := NewWithT(t)
	all := authored(badly)
	g.Expect(all).To(HaveLen(10))
	well := all[8]
	g.Expect(well.ID).To(Equal("lab/well"))
	g.Expect(well.Text).To(Equal("is as it should be"))
	g.Expect(well.Covers).To(HaveExactElements(must, more))
	g.Expect(well.Monitor).To(BeTrue())
	g.Expect(all[9].ID).To(Equal("lab/well-too"))
}

func TestContainersOfProbesAndOfMonitors(t *testing.T) {
	g := NewWithT(t)
	ids := func(part ginkgo.Labels) []string {
		var ids []string
		for _, spec := range authored(func() { ginkgo.Describe("", part, badly) }) {
			ids = append(ids, spec.ID)
		}
		return ids
	}
	g.Expect(ids(dsl.Monitors())).To(ContainElement("lab/well"))
	g.Expect(ids(dsl.Monitors())).NotTo(ContainElement("lab/nothing"))
	g.Expect(ids(dsl.Probes())).To(ContainElement("lab/nothing"))
	g.Expect(ids(dsl.Probes())).NotTo(ContainElement("lab/well"))
}

// at is a spec without a fault that is written at some place.
func at(file string) []dsl.Authored {
	all := authored(func() { dsl.It("is well", dsl.Spec("lab/well"), dsl.Covers(must), func() {}) })
	all[0].Location = types.CodeLocation{FileName: file, LineNumber: 1}
	return all
}

func TestPlainExpectations(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		g.Expect(os.WriteFile(file, []byte(text), 0o644)).To(Succeed())
		return file
	}
	specs := write("1_specs.go", "package suite\n\nfunc f() {\n\tExpect(1).To(Equal(1))\n\tg.Eventually(1)\n\tΩ(1)\n\tDemand(1)\n\t// Expect(2)\n}\n")
	helper := write("helper.go", "package suite\n\nfunc g() {\n\tgomega.Consistently(1)\n}\n")
	write("specs_test.go", "package suite\n\nfunc h() { Expect(1) }\n")
	const advice = " judges nobody in particular: use Given or Demand"
	g.Expect(dsl.Lint(at(specs), catalogue(t))).To(HaveExactElements(
		specs+":4:2: Expect"+advice, specs+":5:2: Eventually"+advice, specs+":6:2: Ω"+advice, helper+":4:2: Consistently"+advice))

	far := write("3_far.go", "package suite\n\nfunc i() {\n"+strings.Repeat("\n", 5)+"\tExpect(1)\n\tg()\n\tExpect(2)\n}\n")
	g.Expect(dsl.Lint(at(far), catalogue(t))[3:]).To(HaveExactElements(far+":9:2: Expect"+advice, far+":11:2: Expect"+advice, helper+":4:2: Consistently"+advice))

	broken := write("2_broken.go", "package suite\n\nfunc {\n")
	g.Expect(dsl.Lint(at(broken), catalogue(t))).To(ContainElement(HavePrefix(broken + ": " + broken + ":3:6:")))
	g.Expect(dsl.Lint(at("/built/elsewhere.go"), catalogue(t))).To(BeEmpty())
	g.Expect(dsl.Lint(at(write("own.yaml", "steps: []\n")), catalogue(t))).To(BeEmpty())
}
