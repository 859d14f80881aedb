package console

import (
	"bytes"
	"os"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/matrix"
)

// sideBySide draws the shared sample beside one in which everything passed.
func sideBySide(t *testing.T, o Options, all bool) string {
	t.Helper()
	var reports []compare.Source
	for _, software := range []string{"NOS 2.13", "NOS 2.14"} {
		r, err := json.Read("../json/testdata/report.json")
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		r.Target.Software = software
		reports = append(reports, compare.Source{File: "report.json", Report: r})
	}
	for i := range reports[1].Report.Requirements {
		reports[1].Report.Requirements[i].Verdict = verdict.Pass
	}
	var out bytes.Buffer
	New(&out, o).Matrix(matrix.New(reports), all, "matrix.html")
	return out.String()
}

func TestMatrix(t *testing.T) {
	g := NewWithT(t)
	got := sideBySide(t, Options{}, false)
	if *update {
		g.Expect(os.WriteFile("testdata/matrix.txt", []byte(got), 0o644)).To(Succeed())
	}
	want, err := os.ReadFile("testdata/matrix.txt")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got).To(Equal(string(want)), "run go test -update when this is meant")
	g.Expect(sideBySide(t, Options{Width: 100}, true)).To(And(ContainSubstring("rfc6241-8.1-hello-order"), Not(ContainSubstring("--all"))))
	g.Expect(sideBySide(t, Options{Color: true}, false)).To(ContainSubstring("\x1b[31m✗\x1b[0m  \x1b[32m✓\x1b[0m"))
}
