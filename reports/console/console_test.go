package console

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"github.com/ncspec/ncspec/harness/verdict"
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

func clean(specs ...verdict.Spec) *verdict.Report {
	r := &verdict.Report{Run: verdict.Run{Complete: true}, Target: verdict.Target{Name: "reference"}, Summary: map[verdict.Verdict]int{}}
	for _, s := range specs {
		r.Add(s)
	}
	return r
}

func drawn(r *verdict.Report, o Options) string {
	var out bytes.Buffer
	c := New(&out, o)
	c.Start(r.Target, Plan{Specs: len(r.Specs), Requirements: len(r.Requirements), Safety: "running", Seed: 42})
	for i, s := range r.Specs {
		c.Spec(i+1, len(r.Specs), s.ID, s.Verdict)
	}
	c.Finish(r, "ncspec-report/report.json", "ncspec-report/junit.xml")
	return out.String()
}

var ansi = regexp.MustCompile(`\x1b\[[0-9;]*[mK]`)

func TestPictureIsAsTheGoldenFile(t *testing.T) {
	pass := clean(verdict.Spec{ID: "hello/first", Suite: "hello", Verdict: verdict.Pass, DurationMS: 12})
	pass.State = verdict.State{RunningBefore: "a", RunningAfter: "a", Restored: true}
	for name, c := range map[string]struct {
		report  *verdict.Report
		options Options
	}{
		"plain":    {sample(t), Options{}},
		"colour":   {sample(t), Options{Color: true}},
		"narrow":   {sample(t), Options{Width: 60}},
		"quiet":    {sample(t), Options{Quiet: true, Terminal: true}},
		"progress": {clean(sample(t).Specs...), Options{Terminal: true, Width: 72}},
		"pass":     {pass, Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			golden := "testdata/" + name + ".txt"
			got := drawn(c.report, c.options)
			if *update {
				g.Expect(os.WriteFile(golden, []byte(got), 0o644)).To(Succeed())
			}
			want, err := os.ReadFile(golden)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(got).To(Equal(string(want)), "run go test -update when this is meant")
		})
	}
}

func TestColoursAddNothingButColours(t *testing.T) {
	g := NewWithT(t)
	coloured := drawn(sample(t), Options{Color: true})
	g.Expect(ansi.ReplaceAllString(coloured, "")).To(Equal(drawn(sample(t), Options{})))
	g.Expect(drawn(sample(t), Options{})).NotTo(ContainSubstring("\x1b"))
}

func TestProgressOnlyWhereAsked(t *testing.T) {
	g := NewWithT(t)
	g.Expect(drawn(sample(t), Options{})).NotTo(ContainSubstring("\r"))
	g.Expect(drawn(sample(t), Options{Quiet: true, Terminal: true})).NotTo(ContainSubstring("\r"))
	g.Expect(drawn(sample(t), Options{Terminal: true})).To(ContainSubstring("\r"))
}

func TestProgressStaysOnItsLine(t *testing.T) {
	g := NewWithT(t)
	var out bytes.Buffer
	c := New(&out, Options{Terminal: true, Color: true, Width: 60})
	for i, v := range []verdict.Verdict{verdict.Violation, verdict.Error, verdict.Advisory, verdict.Pass} {
		c.Spec(i+1, 100000, "lock/"+strings.Repeat("very-long-", 20), v)
	}
	g.Expect(out.String()).NotTo(ContainSubstring("\n"))
	for line := range strings.SplitSeq(ansi.ReplaceAllString(out.String(), ""), "\r") {
		g.Expect(utf8.RuneCountInString(line)).To(BeNumerically("<", 60))
	}
	c.Spec(1, 0, "a/b", verdict.Pass) // no total: no division by it
}

func TestResultOfEachExitCode(t *testing.T) {
	one := verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Pass}
	with := func(v verdict.Verdict) verdict.Spec { return verdict.Spec{ID: "a/c", Suite: "a", Verdict: v} }
	unusable, interrupted, broken := clean(), clean(one), clean(one)
	unusable.Run.Unusable = "connection refused"
	interrupted.Run.Interrupted = true
	broken.Run.Complete = false
	for want, r := range map[string]*verdict.Report{
		"PASS  1 spec executed, no requirement violated (exit 0)":                          clean(one),
		"FAIL  1 violation, 1 error (exit 1)":                                              clean(one, with(verdict.Violation), with(verdict.Error)),
		"FAIL  1 stale waiver (exit 1)":                                                    clean(one, with(verdict.StaleWaiver)),
		"UNUSABLE  the target could not be judged: connection refused (exit 3)":            unusable,
		"ERROR  1 error: no verdict there (exit 4)":                                        clean(one, with(verdict.Error)),
		"ERROR  the run broke off: what was not reached has no verdict (exit 4)":           broken,
		"ERROR  nothing was executed: every spec was held back or does not apply (exit 4)": clean(with(verdict.NotRun)),
		"INTERRUPTED  interrupted: what was not reached has no verdict (exit 130)":         interrupted,
		"PASS  2 specs executed, no requirement violated (exit 0)":                         clean(one, with(verdict.Advisory)),
	} {
		for _, quiet := range []bool{false, true} {
			NewWithT(t).Expect(drawn(r, Options{Quiet: quiet})).To(ContainSubstring(want))
		}
	}
}

func TestBarHasACellForAllThatOccurs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := map[verdict.Verdict]int{}
		total, kinds := 0, 0
		for _, v := range verdict.All() {
			counts[v] = rapid.IntRange(0, 500).Draw(t, string(v))
			total += counts[v]
			if counts[v] > 0 {
				kinds++
			}
		}
		cells := 0
		list := shares(counts, total)
		for _, s := range list {
			if s.cells < 1 {
				t.Fatalf("%v", list)
			}
			cells += s.cells
		}
		if total > 0 && (cells != barCells || len(list) != kinds) {
			t.Fatalf("%d cells in %v", cells, list)
		}
	})
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"short":       {"as it is", []string{"as it is"}},
		"empty":       {"", []string{""}},
		"own lines":   {"one\n\ntwo\n", []string{"one", "", "two"}},
		"at a blank":  {"one two three four five", []string{"one two three four", "five"}},
		"indentation": {"  one two three four five", []string{"  one two three four", "  five"}},
		"bar":         {"  | one two three four", []string{"  | one two three", "  ¦ four"}},
		"after a tag": {"<abc><def><ghi><jkl><mno>", []string{"<abc><def><ghi><jkl>", "<mno>"}},
		"anywhere":    {"aaaaaaaaaaaaaaaaaaaaaaaaa", []string{"aaaaaaaaaaaaaaaaaaaa", "aaaaa"}},
		"tab":         {"a\tb", []string{"a    b"}},
		"control":     {"a\x1b[2Jb\x00", []string{`a\x1b[2Jb\x00`}},
		"deep":        {strings.Repeat(" ", 15) + "one two three", []string{strings.Repeat(" ", 15) + "one", "two three"}},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(wrap(c.text, 20)).To(Equal(c.want))
		})
	}
}

// What a server sends must neither reach the terminal as it is nor break the drawing.
func TestAnyTextStaysInside(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.String(), rapid.StringMatching(`[a-z<> |]{0,80}`), rapid.SampledFrom([]string{"\x1b[2J", "\r", "\x9b", "\xff", "\u202e", "\n", "\t", "%s", "  | "}),
		)).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(0, 150).Draw(t, "width")
		r := clean()
		for i, v := range verdict.All() {
			r.Add(verdict.Spec{
				ID: fmt.Sprint("a/", i), Suite: text.Draw(t, "suite"), Text: text.Draw(t, "text"), Verdict: v, Reason: text.Draw(t, "reason"),
				Message: text.Draw(t, "message"), Faults: []string{text.Draw(t, "fault")},
				Broken: []verdict.Broken{{Verdict: v, Message: text.Draw(t, "found")}}, Transcript: text.Draw(t, "path"),
			})
		}
		r.Run.Notes = []string{text.Draw(t, "note")}
		for line := range strings.SplitSeq(drawn(r, Options{Width: width}), "\n") {
			if verdict.Printable(line) != line || utf8.RuneCountInString(line) > New(nil, Options{Width: width}).options.Width {
				t.Fatalf("%q", line)
			}
		}
	})
}
