package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/json"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sample is a run with every verdict.
func sample(t *testing.T) *verdict.Report {
	t.Helper()
	r, err := json.Read("../json/testdata/report.json")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return r
}

func TestPageIsAsTheGoldenFile(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "report.md")
	g.Expect(Write(file, sample(t), nil)).To(Succeed())
	got, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.ReadDir(filepath.Dir(file))).To(HaveLen(1), "nothing but the file is left")
	if *update {
		g.Expect(os.WriteFile("testdata/report.md", got, 0o644)).To(Succeed())
	}
	want, err := os.ReadFile("testdata/report.md")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal(string(want)), "run go test -update when this is meant")
}

func TestWhereNothingCanBeWritten(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "gone", "report.md")
	g.Expect(Write(file, sample(t), nil)).To(MatchError(ContainSubstring("writing " + file)))
}

func TestAFailureSaysWhy(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "report.md")
	g.Expect(Failure(file, "no spec matches\n```\n# done")).To(Succeed())
	got, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal("## ❌ ncspec: no verdict\n\n````text\nno spec matches\n```\n# done\n````\n\n"))
}

func TestABaselineDecides(t *testing.T) {
	g := NewWithT(t)
	old, fresh := sample(t), sample(t)
	same := compare.Compare(compare.Source{File: "old", Report: old}, compare.Source{File: "new", Report: fresh})
	page := string(Page(fresh, &Since{Comparison: same, Exit: 0}, Limit))
	g.Expect(page).To(And(HavePrefix("## ✅ ncspec: edge-1, no worse than the baseline\n"), ContainSubstring("(exit 0)"), ContainSubstring("Since the baseline of 2024-05-06 07:08 UTC: ")))

	for i, s := range old.Specs {
		if s.ID == "lock/denied-names-holder" {
			old.Specs[i].Verdict, old.Specs[i].Broken = verdict.Pass, nil
		}
	}
	worse := compare.Compare(compare.Source{File: "old", Report: old}, compare.Source{File: "new", Report: fresh})
	page = string(Page(fresh, &Since{Comparison: worse, Exit: 1}, Limit))
	g.Expect(page).To(ContainSubstring("- violation gained: <code>lock/denied-names-holder</code> <code>rfc6241-7.5-lock-denied-session-id</code>"))
	g.Expect(page).To(ContainSubstring("\n\n| | ✓ pass"), "a table in its own right, not the end of the list")
}

// full is a report of which not all fits.
func full(violations, advisories int) *verdict.Report {
	r := &verdict.Report{Run: verdict.Run{Complete: true}}
	add := func(id string, v verdict.Verdict) {
		r.Add(verdict.Spec{ID: id, Suite: "a", Verdict: v, Reason: "breaks it",
			Broken: []verdict.Broken{{Requirement: "rfc1-1-a", Verdict: v, Message: strings.Repeat("evidence ", 300)}}})
	}
	for i := range violations {
		add(fmt.Sprintf("a/violation-%d", i), verdict.Violation)
	}
	for i := range advisories {
		add(fmt.Sprintf("a/advisory-%d", i), verdict.Advisory)
	}
	return r
}

func TestWhatHasNoRoomIsSaid(t *testing.T) {
	g := NewWithT(t)
	page := string(Page(full(100, 100), nil, 100<<10))
	g.Expect(len(page)).To(BeNumerically("<=", 100<<10))
	g.Expect(strings.Count(page, "```text")).To(BeNumerically("~", 32, 5))
	for i := range 100 {
		g.Expect(page).To(ContainSubstring(fmt.Sprintf("<code>a/violation-%d<", i)))
		g.Expect(page).To(ContainSubstring(fmt.Sprintf("<code>a/advisory-%d<", i)), "names come before evidence")
	}
	g.Expect(page).To(ContainSubstring("violation-0</code> breaks it</summary>"), "evidence of violations comes first")
	left := 200 - strings.Count(page, "```text")
	g.Expect(page).To(ContainSubstring(fmt.Sprintf("Left out: the evidence of %d findings", left)))

	page = string(Page(full(1000, 0), nil, 20<<10))
	g.Expect(len(page)).To(BeNumerically("<=", 20<<10))
	g.Expect(page).To(MatchRegexp(`all of [0-9]{3} more findings`))
	g.Expect(string(Page(full(3, 0), nil, Limit))).NotTo(ContainSubstring("Left out"))
}

func TestALongEntryIsBounded(t *testing.T) {
	r := full(1, 0)
	for range 100 {
		r.Specs[0].Broken = append(r.Specs[0].Broken, verdict.Broken{Message: strings.Repeat("octets ", 10_000)})
	}
	page := string(Page(r, nil, Limit))
	NewWithT(t).Expect(len(page)).To(BeNumerically("<", 30<<10))
	NewWithT(t).Expect(page).To(And(ContainSubstring("octets more"), MatchRegexp(`And 9[0-9] more demands`)))
}

// hostile texts would change the page if they were not text.
func hostile() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"```", "````\n", "\n```\n", "~~~", "</details>", "<script>", "<!--", "]]>", "|", "\n\n", "# x", "- x", "1) x", "1. x", "[x](http://y)",
			"![x](http://y)", "@user", ":x:", "http://x.example", "$x$", "\x00", "\x1b[2J", "\u202e", "\r", "&lt;", "\\", "    x", "===", "---", "**", "`x`",
		})), 0, 8).Draw(t, "parts"), "")
	})
}

// TestAnyTextIsOnlyText takes the page apart as CommonMark does: outside fences nothing but our own markup may be left.
func TestAnyTextIsOnlyText(t *testing.T) {
	tag := regexp.MustCompile(`</?(?:details|summary|code)>`)
	reference := regexp.MustCompile(`&#[0-9]+;`)
	rapid.Check(t, func(t *rapid.T) {
		text := hostile()
		r := &verdict.Report{Target: verdict.Target{Name: text.Draw(t, "name"), Profile: text.Draw(t, "profile")},
			Run:          verdict.Run{Complete: true, Notes: []string{text.Draw(t, "note")}},
			Requirements: []verdict.Requirement{{ID: "a", RFC: text.Draw(t, "rfc"), Verdict: verdict.Pass, ServerMust: text.Draw(t, "must")}}}
		for _, v := range verdict.All() {
			r.Add(verdict.Spec{ID: text.Draw(t, "id"), Text: text.Draw(t, "text"), Verdict: v, Reason: text.Draw(t, "reason"),
				Broken: []verdict.Broken{{Requirement: "a", Message: text.Draw(t, "message")}, {Message: text.Draw(t, "own")}},
				Faults: []string{text.Draw(t, "fault")}, Transcript: text.Draw(t, "transcript"), Waiver: &verdict.Waiver{Reason: text.Draw(t, "waiver")}})
		}
		page := string(Page(r, nil, Limit))
		if !utf8.ValidString(page) || strings.ContainsAny(page, "\x00\x1b\u202e\r") {
			t.Fatalf("%q", page)
		}
		fence := ""
		for line := range strings.SplitSeq(page, "\n") {
			switch {
			case fence != "":
				if strings.TrimLeft(line, "`") == "" && len(line) >= len(fence) {
					fence = ""
				}
				continue
			case strings.HasPrefix(line, "```"):
				fence = strings.TrimSuffix(line, "text")
				continue
			}
			rest := reference.ReplaceAllString(tag.ReplaceAllString(line, ""), "x")
			rest = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rest, "### "), "## "), "> ")
			if strings.ContainsAny(rest, "<>&`*_[]!\\#@$~") && rest != "|---|---|" && !strings.HasPrefix(rest, "| | ") && rest != ">" {
				t.Fatalf("%q in\n%s", line, page)
			}
			if strings.Contains(rest, "|") && !strings.HasPrefix(rest, "|") {
				t.Fatalf("%q in\n%s", line, page)
			}
		}
		if fence != "" {
			t.Fatalf("a fence is left open in\n%s", page)
		}
	})
}
