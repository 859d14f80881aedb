package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

const labelWidth = 12

// details draws what a reader has to act on, the worst first; when quiet only what fails the run.
func (c *Console) details(p *page, r *verdict.Report) {
	c.section(p, r, verdict.Violation, c.finding)
	c.section(p, r, verdict.StaleWaiver, c.staleWaiver)
	c.section(p, r, verdict.Error, c.failed)
	c.followers(p, r)
	if c.options.Quiet {
		return
	}
	c.section(p, r, verdict.Advisory, c.finding)
	c.section(p, r, verdict.Waived, c.waived)
}

// section draws the specs of one verdict under a title, if there are any.
func (c *Console) section(p *page, r *verdict.Report, v verdict.Verdict, draw func(*page, *verdict.Report, verdict.Spec)) {
	if r.Summary[v] == 0 {
		return
	}
	c.title(p, style(v), words.Number(r.Summary[v], v))
	for _, s := range r.Specs {
		if s.Verdict == v {
			draw(p, r, s)
		}
	}
}

func (c *Console) title(p *page, style, text string) {
	rule := strings.Repeat("─", max(0, c.options.Width-utf8.RuneCountInString(text)-4))
	p.line("")
	p.line("%s %s %s", c.paint(style, "──"), c.paint(bold+";"+style, text), c.paint(style, rule))
}

// finding draws a violation or an advisory: each requirement with its section and level, what it demands, what was
// expected and found; then where the transcript lies.
func (c *Console) finding(p *page, r *verdict.Report, s verdict.Spec) {
	c.head(p, s)
	for _, b := range s.Broken {
		p.line("")
		c.demand(p, r, s, b)
		c.entry(p, "", "found", b.Message)
	}
	for _, fault := range s.Faults {
		p.line("")
		c.entry(p, magenta, "and then", fault)
	}
	p.line("")
	c.where(p, s)
}

func (c *Console) head(p *page, s verdict.Spec) {
	c.name(p, s)
	if s.Text == "" {
		return
	}
	for _, line := range wrap(words.Line(s.Text), c.options.Width-2) {
		p.line("  %s", line)
	}
}

func (c *Console) name(p *page, s verdict.Spec) {
	p.line("")
	p.line("%s %s", c.paint(style(s.Verdict), words.Glyph(s.Verdict)), c.paint(bold, words.Line(s.ID)))
}

// demand names a broken requirement and says what it demands. Its verdict is told where the spec has another one.
func (c *Console) demand(p *page, r *verdict.Report, s verdict.Spec, b verdict.Broken) {
	name, about := "a demand of the transcript", "no requirement of an RFC"
	q, known := r.Requirement(b.Requirement)
	switch {
	case known:
		name, about = q.ID, q.Reference()+", "+q.Level
	case b.Requirement != "":
		name, about = b.Requirement, "not in the catalogue"
	}
	if b.Verdict != s.Verdict {
		about += ", " + string(b.Verdict)
	}
	c.requirement(p, style(b.Verdict), words.Line(name), words.Line(about))
	if known {
		c.entry(p, "", "demanded", q.ServerMust)
	}
}

// requirement draws a name and what is known of it, on two lines where one is too short.
func (c *Console) requirement(p *page, style, name, about string) {
	if 2+utf8.RuneCountInString(name)+2+utf8.RuneCountInString(about) <= c.options.Width {
		p.line("  %s  %s", c.paint(style, name), about)
		return
	}
	p.line("  %s", c.paint(style, name))
	p.line("    %s", about)
}

// entry draws a label and a text beside it, wrapped.
func (c *Console) entry(p *page, style, label, text string) {
	for i, line := range wrap(text, c.options.Width-4-labelWidth) {
		shown := ""
		if i == 0 {
			shown = label
		}
		p.line("    %s%s", c.paint(dim, pad(shown, labelWidth)), c.paint(style, line))
	}
}

// where says where to read on.
func (c *Console) where(p *page, s verdict.Spec) {
	if s.Transcript != "" {
		c.entry(p, "", "transcript", s.Transcript)
	}
	if s.Location != "" {
		c.entry(p, "", "location", s.Location)
	}
}

func (c *Console) failed(p *page, _ *verdict.Report, s verdict.Spec) {
	if s.Message == "" {
		return // one of the followers
	}
	c.head(p, s)
	p.line("")
	texts := s.Faults
	if len(texts) == 0 {
		texts = []string{s.Message}
	}
	for _, text := range texts {
		c.entry(p, "", "error", text)
	}
	p.line("")
	c.where(p, s)
}

// followers draws the specs in error that have no fault of their own, such as the steps after a failed one: there
// can be many, so each has one line.
func (c *Console) followers(p *page, r *verdict.Report) {
	title := true
	for _, s := range r.Specs {
		if s.Verdict != verdict.Error || s.Message != "" {
			continue
		}
		if title {
			p.line("")
			title = false
		}
		mark := c.paint(style(s.Verdict), words.Glyph(s.Verdict))
		id := cut(words.Line(s.ID), c.options.Width-4)
		reason := cut(words.Line(s.Reason), c.options.Width-4-utf8.RuneCountInString(id))
		p.line("%s %s  %s", mark, c.paint(bold, id), c.paint(dim, reason))
	}
}

func (c *Console) staleWaiver(p *page, _ *verdict.Report, s verdict.Spec) {
	c.name(p, s)
	c.entry(p, "", "stale", s.Reason)
	if s.Waiver != nil {
		c.entry(p, "", "its reason", s.Waiver.Reason)
	}
}

func (c *Console) waived(p *page, _ *verdict.Report, s verdict.Spec) {
	c.head(p, s)
	c.entry(p, "", "waived", fmt.Sprintf("%s (%s)", s.Reason, strings.Join(brokenIDs(s), ", ")))
}

func brokenIDs(s verdict.Spec) []string {
	var ids []string
	for _, b := range s.Broken {
		if b.Requirement != "" {
			ids = append(ids, b.Requirement)
		}
	}
	if len(ids) == 0 {
		ids = []string{"a demand of the transcript"}
	}
	return ids
}
