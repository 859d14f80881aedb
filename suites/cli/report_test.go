package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/junit"
)

// sampleReport is a copy of the shared sample in a folder of its own, changed.
func sampleReport(t *testing.T, change func(text string) string) string {
	t.Helper()
	data, err := os.ReadFile("../../reports/json/testdata/report.json")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return write(t, "report.json", change(string(data)))
}

func same(text string) string { return text }

func TestAReportIsRendered(t *testing.T) {
	g := NewWithT(t)
	file, dir := sampleReport(t, same), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	o := ncspec(t, "report", file, "--markdown", at("a.md"), "--junit", at("a.xml"), "--json", at("a.json"), "--html", at("a.html"), "--out", at("all"), "--no-color")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(And(ContainSubstring("lock/denied-names-holder"), ContainSubstring("FAIL"), ContainSubstring("written       "+at("a.md"))))
	for _, name := range []string{"a.md", "all/report.md"} {
		g.Expect(os.ReadFile(at(name))).To(HavePrefix("## ❌ ncspec: edge-1, FAIL"))
	}
	g.Expect(os.ReadFile(at("a.html"))).To(And(HavePrefix("<!doctype html>"), ContainSubstring("edge-1")))
	xml, err := os.ReadFile(at("a.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(junit.Check(xml)).To(Succeed())
	g.Expect(os.ReadFile(at("all/junit.xml"))).To(Equal(xml))
	before, err := json.Read(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(json.Read(at("a.json"))).To(Equal(before))
}

func TestWhatARunWroteIsRenderedAlike(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	run := ncspec(t, "run", "--suite", "lock", "--defect", "lock-granted-twice")
	g.Expect(run.code).To(Equal(exitViolation))
	again := filepath.Join(t.TempDir(), "again")
	o := ncspec(t, "report", run.dir, "--out", again, "--quiet")
	g.Expect(o.code).To(BeZero(), o.errs)
	for _, name := range []string{"report.json", "report.md", "report.html", "junit.xml"} {
		want, err := os.ReadFile(filepath.Join(run.dir, name))
		g.Expect(err).NotTo(HaveOccurred())
		got, err := os.ReadFile(filepath.Join(again, name))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(got)).To(Equal(string(want)), name)
	}

	o = ncspec(t, "report", filepath.Join(run.dir, "report.json"), "--out", run.dir, "--quiet")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(filepath.Join(run.dir, "transcripts", "lock")).To(BeADirectory(), "what it was rendered of stays")
	o = ncspec(t, "report", run.dir, again, "--out", again, "--quiet")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(filepath.Join(again, "report.json")).To(BeAnExistingFile())
	g.Expect(filepath.Join(again, "matrix.html")).To(BeAnExistingFile())
	o = ncspec(t, "report", run.dir, run.dir, "--out", again, "--quiet")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(filepath.Join(again, "report.json")).NotTo(BeAnExistingFile(), "the folder is made anew")
}

func TestReportsSideBySide(t *testing.T) {
	g := NewWithT(t)
	dir := filepath.Join(t.TempDir(), "matrix")
	other := sampleReport(t, func(text string) string {
		return strings.NewReplacer("edge-1", "edge-2", "192.0.2.7", "192.0.2.8").Replace(text)
	})
	o := ncspec(t, "report", sampleReport(t, same), other, "--out", dir, "--html", filepath.Join(dir, "..", "more.html"), "--no-color")
	g.Expect(o.code).To(BeZero(), o.errs)
	g.Expect(o.out).To(And(ContainSubstring("1  edge-1"), ContainSubstring("2  edge-2"), ContainSubstring("✗  ✗")))
	g.Expect(o.out).NotTo(ContainSubstring("rfc6241-8.1-hello-order"))
	for _, name := range []string{"matrix.json", "matrix.md", "matrix.html", "../more.html"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).To(And(ContainSubstring("edge-1"), ContainSubstring("edge-2")))
	}
	o = ncspec(t, "report", sampleReport(t, same), other, "--all", "--no-color")
	g.Expect(o.out).To(ContainSubstring("rfc6241-8.1-hello-order"))
}

func TestReportsThatCannotBeRendered(t *testing.T) {
	sound := sampleReport(t, same)
	strange := write(t, "notes.txt", "mine")
	for name, c := range map[string]struct {
		args  []string
		tells []string
	}{
		"none":            {nil, []string{"requires at least 1 arg"}},
		"not there":       {[]string{"/nowhere/report.json"}, []string{"/nowhere/report.json", "no such file", "name the report.json of a run"}},
		"two not there":   {[]string{"/nowhere/a.json", sound, "/nowhere/b.json"}, []string{"/nowhere/a.json", "/nowhere/b.json"}},
		"another format":  {[]string{sampleReport(t, func(s string) string { return strings.Replace(s, "ncspec-report/v1", "ncspec-report/v9", 1) })}, []string{"report.json", `its format is "ncspec-report/v9"`, "run ncspec again"}},
		"cut off":         {[]string{sampleReport(t, func(s string) string { return s[:400] })}, []string{"report.json:", "ends too early", "copy it again"}},
		"no JSON":         {[]string{strange}, []string{"notes.txt:1:1", "no JSON", "is it the report.json of a run?"}},
		"JUnit of two":    {[]string{sound, sound, "--junit", filepath.Join(t.TempDir(), "x.xml")}, []string{"--junit renders one report"}},
		"a folder of all": {[]string{sound, "--out", filepath.Dir(strange)}, []string{"--out", "notes.txt", "choose another folder"}},
		"nowhere to go":   {[]string{sound, "--markdown", "/nowhere/report.md"}, []string{"/nowhere/report.md"}},
		"a flag":          {[]string{sound, "--pdf", "x"}, []string{"unknown flag: --pdf"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			o := ncspec(t, append([]string{"report"}, c.args...)...)
			g.Expect(o.code).To(Equal(exitUsage), o.out)
			for _, text := range c.tells {
				g.Expect(o.errs).To(ContainSubstring(text))
			}
			g.Expect(os.ReadFile(strange)).To(BeEquivalentTo("mine"))
		})
	}
}
