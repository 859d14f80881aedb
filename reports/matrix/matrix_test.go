package matrix

import (
	"bytes"
	stdjson "encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/json"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	g := NewWithT(t)
	file := filepath.Join("testdata", name)
	if *update {
		g.Expect(os.WriteFile(file, got, 0o644)).To(Succeed())
	}
	want, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal(string(want)), "run go test -update when this is meant")
}

// report is the shared sample under another name.
func report(t *testing.T, change func(*verdict.Report)) compare.Source {
	t.Helper()
	r, err := json.Read("../json/testdata/report.json")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	change(r)
	return compare.Source{File: "a/report.json", Report: r}
}

// sample is two versions of one target and another one, which knows a requirement of its own.
func sample(t *testing.T) *Matrix {
	old := report(t, func(r *verdict.Report) { r.Target.Software = "NOS 2.13" })
	mended := report(t, func(r *verdict.Report) {
		r.Target.Software = "NOS 2.14"
		for i := range r.Requirements {
			r.Requirements[i].Verdict = verdict.Pass
		}
	})
	other := report(t, func(r *verdict.Report) {
		r.Target.Name, r.Target.Address, r.Target.Software = "<edge|2>", "192.0.2.8:830", "O`S</script>\x1b"
		own := r.Requirements[1]
		own.ID, own.Verdict, own.Reason = "rfc6241-own", verdict.NotRun, "held back"
		r.Requirements = append(r.Requirements[:2:2], append([]verdict.Requirement{own}, r.Requirements[3:]...)...)
	})
	return New([]compare.Source{old, mended, other})
}

func TestRowsAreThoseOfAllReports(t *testing.T) {
	g := NewWithT(t)
	m := sample(t)
	whole := report(t, func(*verdict.Report) {}).Report.Requirements
	var ids []string
	for _, row := range m.Rows {
		ids = append(ids, row.Requirement)
		g.Expect(row.Cells).To(HaveLen(3))
	}
	want := []string{whole[0].ID, whole[1].ID, "rfc6241-own"}
	for _, q := range whole[2:] {
		want = append(want, q.ID)
	}
	g.Expect(ids).To(Equal(want), "each behind the one that it follows in its report")
	g.Expect(m.Rows[2].Cells).To(Equal([]Cell{{}, {}, {verdict.NotRun, "held back"}}))
	g.Expect(m.Rows[3].Cells[2]).To(Equal(Cell{}), "the third report does not know it")
	total := 0
	for _, n := range m.Columns[0].Requirements {
		total += n
	}
	g.Expect(total).To(Equal(len(whole)))
}

func TestTellingRows(t *testing.T) {
	row := func(verdicts ...verdict.Verdict) Row {
		r := Row{}
		for _, v := range verdicts {
			r.Cells = append(r.Cells, Cell{Verdict: v})
		}
		return r
	}
	for name, c := range map[string]struct {
		row  Row
		tell bool
	}{
		"passes":            {row(verdict.Pass, verdict.Pass), false},
		"not judged":        {row(verdict.NotRun, verdict.NotRun), false},
		"unknown in one":    {row(verdict.Pass, ""), false},
		"held back in one":  {row(verdict.Pass, verdict.NotRun), true},
		"violated in all":   {row(verdict.Violation, verdict.Violation), true},
		"violated in one":   {row("", verdict.Violation), true},
		"advised in all":    {row(verdict.Advisory, verdict.Advisory), true},
		"waived everywhere": {row(verdict.Waived, verdict.Waived), true},
	} {
		telling := (&Matrix{Rows: []Row{c.row}}).Telling()
		NewWithT(t).Expect(len(telling) > 0).To(Equal(c.tell), name)
	}
}

func TestLabels(t *testing.T) {
	day := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	at := func(name, address, software string, started time.Time) compare.Source {
		return compare.Source{File: "r.json", Report: &verdict.Report{Target: verdict.Target{Name: name, Address: address, Software: software},
			Run: verdict.Run{Started: started}}}
	}
	for name, c := range map[string]struct {
		reports []compare.Source
		want    []string
	}{
		"targets":               {[]compare.Source{at("a", "1", "x", day), at("b", "2", "x", day)}, []string{"a", "b"}},
		"versions":              {[]compare.Source{at("a", "1", "x", day), at("a", "1", "y", day)}, []string{"x", "y"}},
		"versions of no name":   {[]compare.Source{at("a", "1", "", day), at("a", "1", "", day.AddDate(0, 0, 1))}, []string{"2026-03-04 05:06", "2026-03-05 05:06"}},
		"one version twice":     {[]compare.Source{at("a", "1", "x", day), at("a", "1", "x", day.Add(time.Hour))}, []string{"x, 2026-03-04 05:06", "x, 2026-03-04 06:06"}},
		"one run twice":         {[]compare.Source{at("a", "1", "x", day), at("a", "1", "x", day)}, []string{"x, 2026-03-04 05:06", "x, 2026-03-04 05:06 (2)"}},
		"a new name":            {[]compare.Source{at("a", "1", "x", day), at("b", "1", "y", day)}, []string{"x", "y"}},
		"versions and a target": {[]compare.Source{at("a", "1", "x", day), at("b", "2", "", day), at("a", "1", "y", day)}, []string{"a, x", "b", "a, y"}},
		"a hostile version":     {[]compare.Source{at("a", "1", "x\n\x1b", day), at("a", "1", "y", day)}, []string{`x \x1b`, "y"}},
		"nothing known":         {[]compare.Source{at("", "", "", day)}, []string{"r.json"}},
	} {
		var labels []string
		for _, column := range New(c.reports).Columns {
			labels = append(labels, column.Label)
		}
		NewWithT(t).Expect(labels).To(Equal(c.want), name)
	}
}

func TestFilesAreAsTheGoldenFiles(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	for name, write := range map[string]func(string, *Matrix) error{"matrix.json": WriteJSON, "matrix.md": WriteMarkdown, "matrix.html": WriteHTML} {
		file := filepath.Join(dir, name)
		g.Expect(write(file, sample(t))).To(Succeed())
		got, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		golden(t, name, got)
		g.Expect(write(filepath.Join(dir, "gone", name), sample(t))).To(MatchError(ContainSubstring(filepath.Join("gone", name))))
	}
}

func TestJSONIsAsItsSchemaSays(t *testing.T) {
	g := NewWithT(t)
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	g.Expect(compiler.AddResource("matrix.json", schema)).To(Succeed())
	compiled, err := compiler.Compile("matrix.json")
	g.Expect(err).NotTo(HaveOccurred())
	for _, m := range []*Matrix{sample(t), New(nil), New([]compare.Source{{File: "x", Report: &verdict.Report{}}})} {
		text, err := stdjson.Marshal(m)
		g.Expect(err).NotTo(HaveOccurred())
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(compiled.Validate(value)).To(Succeed())
	}
}

func TestPageIsNothingButItself(t *testing.T) {
	g := NewWithT(t)
	var page bytes.Buffer
	g.Expect(HTML(&page, sample(t))).To(Succeed())
	text := page.String()
	g.Expect(text).To(ContainSubstring("default-src &#39;none&#39;"))
	g.Expect(text).NotTo(Or(ContainSubstring("src="), ContainSubstring("url("), ContainSubstring("<script"), ContainSubstring("href=\"http"), ContainSubstring("<edge|2>"), ContainSubstring("\x1b")))
}

func TestMarkdownIsBounded(t *testing.T) {
	g := NewWithT(t)
	r := &verdict.Report{Target: verdict.Target{Name: "a"}}
	for i := range 500 {
		r.Requirements = append(r.Requirements, verdict.Requirement{ID: fmt.Sprint("r", i), RFC: "1", Level: "MUST", Verdict: verdict.Violation})
	}
	text := New([]compare.Source{{File: "x", Report: r}}).markdown(10 << 10)
	g.Expect(len(text)).To(BeNumerically("<", 10<<10))
	g.Expect(text).To(ContainSubstring(fmt.Sprintf("%d more rows left out", 500-strings.Count(text, "<code>r"))))
}
