package console

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

// heldBack draws why specs were not judged, each reason once with its number.
func (c *Console) heldBack(p *page, r *verdict.Report) {
	for _, v := range []verdict.Verdict{verdict.NotRun, verdict.NotApplicable} {
		if r.Summary[v] == 0 {
			continue
		}
		c.title(p, dim, words.Number(r.Summary[v], v))
		p.line("")
		c.groups(p, words.Reasons(r.Specs, v))
	}
}

// groups draws each reason with the number of its specs.
func (c *Console) groups(p *page, groups []words.Group) {
	for _, g := range groups {
		for i, line := range wrap(g.Reason, c.options.Width-8) {
			number := ""
			if i == 0 {
				number = fmt.Sprintf("%d ×", g.Specs)
			}
			p.line("%6s  %s", number, line)
		}
	}
}

func (c *Console) summary(p *page, r *verdict.Report, files []string) {
	word, colour := result(r)
	if !c.options.Quiet {
		c.title(p, colour, "summary")
		p.line("")
		c.facts(p, r)
		for _, file := range files {
			c.fact(p, "written", words.Line(file))
		}
	}
	text := words.Conclusion(r)
	if !c.options.Compared {
		text += fmt.Sprintf(" (exit %d)", r.Exit())
	}
	c.conclude(p, word, colour, text)
}

// conclude draws the outcome: a word, and what it means.
func (c *Console) conclude(p *page, word, colour, text string) {
	p.line("")
	for i, line := range wrap(words.Line(text), c.options.Width-len(word)-3) {
		mark := strings.Repeat(" ", len(word)+2)
		if i == 0 {
			mark = c.paint(bold+";7;"+colour, " "+word+" ")
		}
		p.line("%s %s", mark, line)
	}
	p.line("")
}

// facts draws the figures of the run.
func (c *Console) facts(p *page, r *verdict.Report) {
	c.fact(p, "target", words.Line(describe(r.Target)))
	for _, note := range r.Run.Notes {
		c.fact(p, "note", note)
	}
	c.tally(p, "specs", len(r.Specs), r.Summary)
	counts := map[verdict.Verdict]int{}
	for _, q := range r.Requirements {
		counts[q.Verdict]++
	}
	c.tally(p, "requirements", len(r.Requirements), counts)
	if d := r.Run.Finished.Sub(r.Run.Started); d > 0 {
		c.fact(p, "cost", fmt.Sprintf("%.1f s, %s, %s, %s", d.Seconds(), words.Count(r.Run.Counters.Handshakes, "connection"),
			words.Count(r.Run.Counters.Sessions, "session"), words.Count(r.Run.Counters.RPCs, "rpc")))
	}
	if state := words.Configuration(r.State); state != "" {
		c.fact(p, "state", state)
	}
}

const factWidth = 14

func (c *Console) fact(p *page, label, text string) {
	for i, line := range wrap(text, c.options.Width-2-factWidth) {
		if i > 0 {
			label = ""
		}
		p.line("  %s%s", c.paint(dim, pad(label, factWidth)), line)
	}
}

// tally draws a number and its parts, over as many lines as it takes.
func (c *Console) tally(p *page, label string, total int, counts map[verdict.Verdict]int) {
	text, length := fmt.Sprintf("%d: ", total), len(fmt.Sprint(total))+2
	for _, v := range words.Tallied(counts) {
		words := words.Number(counts[v], v)
		if 2+factWidth+length+len(words)+2 > c.options.Width {
			p.line("  %s%s", c.paint(dim, pad(label, factWidth)), text)
			label, text, length = "", "", 0
		}
		text += c.paint(style(v), words) + "  "
		length += len(words) + 2
	}
	p.line("  %s%s", c.paint(dim, pad(label, factWidth)), strings.TrimRight(text, ": "))
}

// result is the outcome in a word, and its colour.
func result(r *verdict.Report) (word, colour string) {
	colours := map[int]string{verdict.ExitPass: green, verdict.ExitViolation: red, verdict.ExitInterrupted: yellow}
	return words.Word(r), cmp.Or(colours[r.Exit()], magenta)
}
