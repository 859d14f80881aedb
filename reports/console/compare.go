package console

import (
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/words"
)

// Compare draws what changed between two reports. The exit code is told at the end, and the files that were written,
// as given.
func (c *Console) Compare(x *compare.Comparison, exit int, files ...string) {
	var page page
	if !c.options.Quiet {
		c.sides(&page, x)
	}
	c.breaks(&page, red, words.Glyph(verdict.Violation), "gained", "violation", x.Violations.Gained)
	c.turns(&page, x.Verdicts.Lost)
	c.breaks(&page, red, words.Glyph(verdict.Violation), "seen for the first time", "violation", x.Violations.FirstSeen)
	if !c.options.Quiet {
		c.breaks(&page, green, words.Glyph(verdict.Pass), "lost", "violation", x.Violations.Lost)
		c.breaks(&page, yellow, words.Glyph(verdict.Advisory), "gained", "advisory", x.Advisories.Gained)
		c.breaks(&page, green, words.Glyph(verdict.Pass), "lost", "advisory", x.Advisories.Lost)
		c.scopes(&page, x.Applicability)
		c.claims(&page, "capabilities", x.Capabilities)
		c.claims(&page, "modules", x.Modules)
		c.choices(&page, x.Choices)
		c.times(&page, x.ResponseTimes)
		c.otherTurns(&page, x.Verdicts.Changed)
		c.specs(&page, "new", "only in the new report", x.Specs.New)
		c.specs(&page, "gone", "only in the old report", x.Specs.Gone)
	}
	c.compared(&page, x, exit, files)
	c.print(&page)
}

// sides draws the two reports.
func (c *Console) sides(p *page, x *compare.Comparison) {
	p.line("")
	name := words.Line(compare.Name(verdict.Target{Name: x.New.Name, Address: x.New.Address}))
	p.line("%s %s", c.paint(bold, "ncspec compare"), cut(name, c.options.Width-len("ncspec compare ")))
	p.line("")
	for _, s := range []struct {
		label string
		side  compare.Side
	}{{"old", x.Old}, {"new", x.New}} {
		parts := []string{s.side.Started.UTC().Format("2006-01-02 15:04 UTC")}
		if s.side.Software != "" {
			parts = append(parts, s.side.Software)
		}
		c.fact(p, s.label, words.Line(strings.Join(append(parts, "ncspec "+s.side.Tool.Version, "safety "+s.side.Safety, s.side.File), ", ")))
	}
	for _, note := range x.Notes {
		c.fact(p, "note", words.Line(note))
	}
}

// changed gives "2 violations gained".
func changed(n int, noun, how string) string {
	if noun == "advisory" {
		return words.Number(n, verdict.Advisory) + " " + how
	}
	return words.Count(n, noun) + " " + how
}

func (c *Console) breaks(p *page, style, mark, how, noun string, list []compare.Break) {
	if len(list) == 0 {
		return
	}
	c.title(p, style, changed(len(list), noun, how))
	for _, b := range list {
		p.line("")
		p.line("%s %s", c.paint(style, mark), c.paint(bold, cut(words.Line(b.Spec), c.options.Width-2)))
		for _, line := range wrap(words.Line(b.Text), c.options.Width-2) {
			p.line("  %s", line)
		}
		c.broken(p, style, how == "lost", b)
	}
}

// broken draws what was demanded and found; of what holds now it is not told what was found once.
func (c *Console) broken(p *page, style string, holds bool, b compare.Break) {
	name, about := "a demand of the transcript", "no requirement of an RFC"
	if b.Requirement != "" {
		name, about = b.Requirement, b.Reference+", "+b.Level
	}
	if b.Verdict == verdict.Waived {
		about += ", waived"
	}
	c.requirement(p, style, words.Line(name), words.Line(about))
	if b.ServerMust != "" {
		c.entry(p, "", "demanded", b.ServerMust)
	}
	if holds {
		return
	}
	c.entry(p, "", "before", before(b.Other))
	c.entry(p, "", "found", b.Message)
	if b.Transcript != "" {
		c.entry(p, "", "transcript", b.Transcript)
	}
}

func before(v verdict.Verdict) string {
	if v == "" {
		return "the spec was not in the old report"
	}
	return plainVerdict(v)
}

func (c *Console) turns(p *page, list []compare.Turn) {
	if len(list) == 0 {
		return
	}
	c.title(p, magenta, changed(len(list), "verdict", "lost"))
	var entries []entry
	for _, t := range list {
		entries = append(entries, entry{fmt.Sprintf("%s → %s: %s", before(t.Old), plainVerdict(t.New), t.Reason), t.Spec})
	}
	c.grouped(p, magenta, words.Glyph(verdict.Error), entries)
}

// entry is something that is told under what it has in common with others.
type entry struct{ common, text string }

// grouped draws entries that have something in common under it, in the order in which they come.
func (c *Console) grouped(p *page, style, sign string, entries []entry) {
	var order []string
	texts := map[string][]string{}
	for _, e := range entries {
		if len(texts[e.common]) == 0 {
			order = append(order, e.common)
		}
		texts[e.common] = append(texts[e.common], e.text)
	}
	for _, common := range order {
		p.line("")
		for _, line := range wrap(words.Line(common), c.options.Width-2) {
			p.line("  %s", c.paint(dim, line))
		}
		for _, text := range texts[common] {
			c.item(p, style, sign, text)
		}
	}
}

func plainVerdict(v verdict.Verdict) string {
	return words.Line(strings.ReplaceAll(string(v), "-", " "))
}

// otherTurns draws each change of verdict once with its reason and its number: a filter makes hundreds of them.
func (c *Console) otherTurns(p *page, list []compare.Turn) {
	if len(list) == 0 {
		return
	}
	var like []verdict.Spec
	for _, t := range list {
		words := fmt.Sprintf("%s → %s: %s", plainVerdict(t.Old), plainVerdict(t.New), t.Reason)
		like = append(like, verdict.Spec{Verdict: verdict.NotRun, Reason: words})
	}
	c.title(p, dim, words.Count(len(list), "other verdict"))
	p.line("")
	c.groups(p, words.Reasons(like, verdict.NotRun))
}

func (c *Console) scopes(p *page, a compare.Applicability) {
	draw := func(list []compare.Scope, mark, style, what string) {
		if len(list) == 0 {
			return
		}
		c.title(p, style, words.Count(len(list), "requirement")+" "+what)
		var entries []entry
		for _, s := range list {
			entries = append(entries, entry{plainVerdict(s.Old) + " → " + plainVerdict(s.New) + ": " + s.Reason, s.Requirement + "  " + s.Reference + ", " + s.Level})
		}
		c.grouped(p, style, mark, entries)
	}
	draw(a.Gained, "+", cyan, "applicable now")
	draw(a.Lost, "-", cyan, "applicable no more")
}

func (c *Console) claims(p *page, what string, claims compare.Claims) {
	if len(claims.Added)+len(claims.Removed)+len(claims.Changed) == 0 {
		return
	}
	c.title(p, cyan, what)
	p.line("")
	for _, text := range claims.Added {
		c.item(p, green, "+", text)
	}
	for _, text := range claims.Removed {
		c.item(p, red, "-", text)
	}
	for _, change := range claims.Changed {
		c.item(p, yellow, "~", change.Old)
		c.item(p, yellow, "→", change.New)
	}
}

// item draws a sign and a text beside it, wrapped.
func (c *Console) item(p *page, style, sign, text string) {
	for i, line := range wrap(words.Line(text), c.options.Width-4) {
		if i > 0 {
			sign = " "
		}
		p.line("  %s %s", c.paint(style, sign), line)
	}
}

func (c *Console) choices(p *page, list []compare.Choice) {
	if len(list) == 0 {
		return
	}
	c.title(p, cyan, words.Count(len(list), "other choice")+" among legal outcomes")
	p.line("")
	for _, choice := range list {
		c.item(p, cyan, "~", fmt.Sprintf("%s: %s", choice.Spec, choice.Name))
		c.entry(p, "", "before", strings.Join(choice.Old, ", "))
		c.entry(p, "", "now", strings.Join(choice.New, ", "))
		c.entry(p, "", "legal", strings.Join(choice.Legal, ", "))
	}
}

func (c *Console) times(p *page, list []compare.Times) {
	if len(list) == 0 {
		return
	}
	c.title(p, cyan, "response times of "+words.Count(len(list), "operation"))
	p.line("")
	for _, t := range list {
		sign, colour := "↑", yellow
		if t.New < t.Old {
			sign, colour = "↓", green
		}
		c.item(p, colour, sign, fmt.Sprintf("%s  %.1f ms → %.1f ms (spread %.1f ms and %.1f ms, %s)",
			t.Operation, t.Old, t.New, t.OldSpread, t.NewSpread, words.Count(t.Specs, "spec")))
	}
}

func (c *Console) specs(p *page, sign, where string, list []compare.SpecInOne) {
	if len(list) == 0 {
		return
	}
	mark := map[string]string{"new": "+", "gone": "-"}[sign]
	c.title(p, dim, words.Count(len(list), "spec")+" "+where)
	p.line("")
	for _, s := range list {
		c.item(p, style(s.Verdict), mark, fmt.Sprintf("%s  %s", s.ID, plainVerdict(s.Verdict)))
	}
}

func (c *Console) compared(p *page, x *compare.Comparison, exit int, files []string) {
	word, colour := "SAME", green
	switch {
	case x.Regression:
		word, colour = "REGRESSION", red
	case len(x.Violations.FirstSeen) > 0:
		word, colour = "CHANGED", yellow
	case x.Changed():
		word, colour = "CHANGED", cyan
	}
	if !c.options.Quiet {
		for i, file := range files {
			if i == 0 {
				p.line("")
			}
			c.fact(p, "written", words.Line(file))
		}
	}
	c.conclude(p, word, colour, fmt.Sprintf("%s (exit %d)", compare.Conclusion(x), exit))
}
