package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

// reserve is kept for what says that something was left out.
const reserve = 1 << 10

// page grows up to a bound.
type page struct {
	bytes.Buffer
	left      int
	names     int // octets that the names of the entries to come take
	evidence  int // entries whose evidence was left out
	forgotten int // entries that were left out
}

// add writes a piece whole, or tells that there is no room for it.
func (p *page) add(piece string) bool {
	if len(piece) > p.left {
		return false
	}
	p.left -= len(piece)
	p.WriteString(piece)
	return true
}

// entry writes an entry of the report, without its evidence where that would leave no room for the names of those to come.
func (p *page) entry(full, short string) {
	p.names -= len(short)
	switch {
	case len(full)+p.names <= p.left && p.add(full):
	case p.add(short):
		p.evidence++
	default:
		p.forgotten++
	}
}

// line writes an entry that has no evidence.
func (p *page) line(text string) {
	if !p.add(text) {
		p.forgotten++
	}
}

// gap ends a list or a paragraph: what follows would go on with it.
func (p *page) gap() {
	if !bytes.HasSuffix(p.Bytes(), []byte("\n\n")) {
		p.add("\n")
	}
}

// title begins a section.
func (p *page) title(text string) {
	p.gap()
	p.add("### " + text + "\n\n")
}

// foot says what was left out.
func (p *page) foot() {
	var out []string
	if p.evidence > 0 {
		out = append(out, "the evidence of "+words.Count(p.evidence, "finding"))
	}
	if p.forgotten > 0 {
		out = append(out, "all of "+words.Count(p.forgotten, "more finding"))
	}
	if len(out) > 0 {
		p.left += reserve
		p.add("\n> This page is bounded. Left out: " + strings.Join(out, ", ") + ". They are in report.json and in the transcripts.\n")
	}
}

// head is the outcome, and of what.
func (p *page) head(r *verdict.Report, since *Since) {
	exit, word := r.Exit(), words.Word(r)
	if since != nil {
		exit = since.Exit
		if exit == verdict.ExitPass && r.Exit() != exit {
			word = "no worse than the baseline"
		}
	}
	mark := "❌"
	if exit == verdict.ExitPass {
		mark = "✅"
	}
	p.add(fmt.Sprintf("## %s ncspec: %s, %s\n\n%s (exit %d)\n\n", mark, Text(bounded(r.Target.Name, 200)), word,
		Text(bounded(words.Conclusion(r), 2000)), exit))
	for _, note := range r.Run.Notes {
		p.add("> " + Text(bounded(note, 1000)) + "\n\n")
	}
	p.add("| | |\n|---|---|\n")
	for _, fact := range facts(r) {
		if fact.value != "" {
			p.add(fmt.Sprintf("| %s | %s |\n", fact.name, Text(bounded(fact.value, 1000))))
		}
	}
	p.add("\n")
}

type fact struct{ name, value string }

func facts(r *verdict.Report) []fact {
	t := r.Target
	reached := strings.TrimSpace(t.Transport + " " + t.Address)
	if t.Profile != "" {
		reached += ", profile " + t.Profile
	}
	started := ""
	if !r.Run.Started.IsZero() {
		started = fmt.Sprintf("%s UTC, %.1f s", r.Run.Started.UTC().Format("2006-01-02 15:04:05"), r.Run.Finished.Sub(r.Run.Started).Seconds())
	}
	return []fact{
		{"target", reached},
		{"software", t.Software},
		{"started", started},
		{"safety", r.Run.Safety},
		{"judged by", strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)},
		{"configuration", words.Configuration(r.State)},
	}
}

// tables count specs by verdict, and requirements by RFC and verdict.
func (p *page) tables(r *verdict.Report) {
	var rfcs []string
	counts := map[string]map[verdict.Verdict]int{}
	all := map[verdict.Verdict]int{}
	for _, q := range r.Requirements {
		if counts[q.RFC] == nil {
			rfcs, counts[q.RFC] = append(rfcs, q.RFC), map[verdict.Verdict]int{}
		}
		counts[q.RFC][q.Verdict]++
		all[q.Verdict]++
	}
	for v, n := range r.Summary {
		all[v] += n
	}
	columns := words.Tallied(all)
	header, rule := "| |", "|---|"
	for _, v := range columns {
		header += fmt.Sprintf(" %s %s |", words.Glyph(v), strings.ReplaceAll(string(v), "-", " "))
		rule += "--:|"
	}
	row := func(name string, counts map[verdict.Verdict]int) {
		line := "| " + name + " |"
		for _, v := range columns {
			line += fmt.Sprintf(" %d |", counts[v])
		}
		p.add(line + "\n")
	}
	p.add(header + "\n" + rule + "\n")
	row("specs", r.Summary)
	for _, rfc := range rfcs {
		row("requirements of RFC "+Text(bounded(rfc, 20)), counts[rfc])
	}
}
