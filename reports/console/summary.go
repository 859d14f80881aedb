package console

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// heldBack draws why specs were not judged, each reason once with its number.
func (c *Console) heldBack(p *page, r *verdict.Report) {
	for _, v := range []verdict.Verdict{verdict.NotRun, verdict.NotApplicable} {
		if r.Summary[v] == 0 {
			continue
		}
		c.title(p, dim, number(r.Summary[v], v))
		p.line("")
		c.groups(p, reasons(r.Specs, v))
	}
}

// groups draws each reason with the number of its specs.
func (c *Console) groups(p *page, groups []group) {
	for _, g := range groups {
		for i, line := range wrap(g.reason, c.options.Width-8) {
			number := ""
			if i == 0 {
				number = fmt.Sprintf("%d ×", g.specs)
			}
			p.line("%6s  %s", number, line)
		}
	}
}

type group struct {
	reason string
	specs  int
}

// reasons groups by reason, the most frequent first.
func reasons(specs []verdict.Spec, v verdict.Verdict) []group {
	var groups []group
	for _, s := range specs {
		if s.Verdict != v {
			continue
		}
		reason := plain(s.Reason)
		at := slices.IndexFunc(groups, func(g group) bool { return g.reason == reason })
		if at < 0 {
			groups = append(groups, group{reason, 0})
			at = len(groups) - 1
		}
		groups[at].specs++
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(b.specs, a.specs) })
	return groups
}

func (c *Console) summary(p *page, r *verdict.Report, files []string) {
	word, colour := result(r)
	if !c.options.Quiet {
		c.title(p, colour, "summary")
		p.line("")
		c.facts(p, r)
		for _, file := range files {
			c.fact(p, "written", plain(file))
		}
	}
	text := conclusion(r)
	if !c.options.Compared {
		text += fmt.Sprintf(" (exit %d)", r.Exit())
	}
	c.conclude(p, word, colour, text)
}

// conclude draws the outcome: a word, and what it means.
func (c *Console) conclude(p *page, word, colour, text string) {
	p.line("")
	for i, line := range wrap(plain(text), c.options.Width-len(word)-3) {
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
	c.fact(p, "target", plain(describe(r.Target)))
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
		c.fact(p, "cost", fmt.Sprintf("%.1f s, %s, %s, %s", d.Seconds(), count(r.Run.Counters.Handshakes, "connection"),
			count(r.Run.Counters.Sessions, "session"), count(r.Run.Counters.RPCs, "rpc")))
	}
	if state := configuration(r.State); state != "" {
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
	for _, v := range tallied(counts) {
		words := number(counts[v], v)
		if 2+factWidth+length+len(words)+2 > c.options.Width {
			p.line("  %s%s", c.paint(dim, pad(label, factWidth)), text)
			label, text, length = "", "", 0
		}
		text += c.paint(style(v), words) + "  "
		length += len(words) + 2
	}
	p.line("  %s%s", c.paint(dim, pad(label, factWidth)), strings.TrimRight(text, ": "))
}

// tallied gives the verdicts that occur, passes first.
func tallied(counts map[verdict.Verdict]int) []verdict.Verdict {
	order := slices.DeleteFunc(verdict.All(), func(v verdict.Verdict) bool { return v == verdict.Pass || counts[v] == 0 })
	if counts[verdict.Pass] > 0 {
		return slices.Insert(order, 0, verdict.Pass)
	}
	return order
}

// configuration says what became of the target's configuration; "" when nobody looked.
func configuration(s verdict.State) string {
	switch {
	case len(s.LeftBehind) > 0:
		return "left behind on the target: " + strings.Join(s.LeftBehind, ", ")
	case s.RunningBefore == "":
		return ""
	case s.Restored || s.RunningBefore == s.RunningAfter:
		return "the configuration is what it was before the run"
	}
	return "the configuration differs from before the run"
}

// result is the outcome in a word, and its colour.
func result(r *verdict.Report) (word, colour string) {
	switch r.Exit() {
	case verdict.ExitPass:
		return "PASS", green
	case verdict.ExitViolation:
		return "FAIL", red
	case verdict.ExitInterrupted:
		return "INTERRUPTED", yellow
	case verdict.ExitUnusable:
		return "UNUSABLE", magenta
	}
	return "ERROR", magenta
}

// conclusion is the outcome in a sentence.
func conclusion(r *verdict.Report) string {
	exit := r.Exit()
	text := ""
	switch {
	case exit == verdict.ExitPass:
		text = fmt.Sprintf("%s executed, no requirement violated", count(r.Executed(), "spec"))
	case exit == verdict.ExitUnusable:
		text = "the target could not be judged: " + r.Run.Unusable
	case exit == verdict.ExitInterrupted:
		text = "interrupted: what was not reached has no verdict"
	case exit == verdict.ExitViolation:
		text = failures(r, verdict.Violation, verdict.StaleWaiver, verdict.Error)
	case r.Summary[verdict.Error] > 0:
		text = failures(r, verdict.Error) + ": no verdict there"
	case !r.Run.Complete:
		text = "the run broke off: what was not reached has no verdict"
	default:
		text = "nothing was executed: every spec was held back or does not apply"
	}
	return text
}

func failures(r *verdict.Report, verdicts ...verdict.Verdict) string {
	var parts []string
	for _, v := range verdicts {
		if n := r.Summary[v]; n > 0 {
			parts = append(parts, number(n, v))
		}
	}
	return strings.Join(parts, ", ")
}
