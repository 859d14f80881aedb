package console

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
)

// comparison has every kind of change.
func comparison(t *testing.T) *compare.Comparison {
	t.Helper()
	g := NewWithT(t)
	data, err := os.ReadFile("../compare/testdata/compare.json")
	g.Expect(err).NotTo(HaveOccurred())
	var c compare.Comparison
	g.Expect(json.Unmarshal(data, &c)).To(Succeed())
	return &c
}

func drawnComparison(x *compare.Comparison, o Options) string {
	var out bytes.Buffer
	New(&out, o).Compare(x, x.Exit(), "compare.json", "compare.html")
	return out.String()
}

func TestPictureOfAComparison(t *testing.T) {
	same := compare.Compare(compare.Source{File: "a", Report: sample(t)}, compare.Source{File: "b", Report: sample(t)})
	for name, c := range map[string]struct {
		comparison *compare.Comparison
		options    Options
	}{
		"compared": {comparison(t), Options{}}, "compared-quiet": {comparison(t), Options{Quiet: true}}, "compared-same": {same, Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			golden := "testdata/" + name + ".txt"
			got := drawnComparison(c.comparison, c.options)
			if *update {
				g.Expect(os.WriteFile(golden, []byte(got), 0o644)).To(Succeed())
			}
			want, err := os.ReadFile(golden)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(got).To(Equal(string(want)), "run go test -update when this is meant")
			g.Expect(ansi.ReplaceAllString(drawnComparison(c.comparison, Options{Color: true, Quiet: c.options.Quiet}), "")).To(Equal(got))
		})
	}
}

func TestAnyTextOfAComparisonStaysInside(t *testing.T) {
	g := NewWithT(t)
	x := comparison(t)
	const hostile = "\x1b[2J\r\n\u202e<a><b> and more words than fit on any line of this terminal, again and again and again and again"
	for _, list := range [][]compare.Break{x.Violations.Gained, x.Violations.Lost, x.Advisories.Gained} {
		list[0].Spec, list[0].Text, list[0].Message, list[0].Transcript = hostile, hostile, hostile, hostile
	}
	x.Verdicts.Lost[0].Reason, x.Verdicts.Changed[0].Reason = hostile, hostile
	x.Capabilities.Added, x.Modules.Changed = []string{hostile}, []compare.Claim{{Old: hostile, New: hostile}}
	x.Choices[0].New, x.ResponseTimes[0].Operation, x.Specs.New[0].ID = []string{hostile}, hostile, hostile
	x.Notes, x.New.Software, x.New.Name, x.New.File = []string{hostile}, hostile, hostile, hostile
	for line := range strings.SplitSeq(drawnComparison(x, Options{Width: 60}), "\n") {
		g.Expect(verdict.Printable(line)).To(Equal(line))
		g.Expect(utf8.RuneCountInString(line)).To(BeNumerically("<=", 60), line)
	}
}
