package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

const barCells = 20

// suites draws a line a suite: its worst verdict, a bar of all of them, how many passed, the rest in words, seconds.
func (c *Console) suites(p *page, r *verdict.Report) {
	suites := r.Suites()
	wide, digits := 0, 1
	for _, s := range suites {
		wide = max(wide, utf8.RuneCountInString(words.Line(s.Name)))
		digits = max(digits, len(fmt.Sprint(len(s.Specs))))
	}
	for _, s := range suites {
		c.suite(p, s, min(wide, c.options.Width/3), digits)
	}
}

func (c *Console) suite(p *page, s verdict.Suite, wide, digits int) {
	counts := map[verdict.Verdict]int{}
	var worst verdict.Verdict
	var milliseconds float64
	for _, spec := range s.Specs {
		counts[spec.Verdict]++
		milliseconds += spec.DurationMS
		if spec.Verdict.Worse(worst) {
			worst = spec.Verdict
		}
	}
	name := pad(cut(words.Line(s.Name), wide), wide)
	passed := fmt.Sprintf("%*d/%-*d", digits, counts[verdict.Pass], digits, len(s.Specs))
	seconds := fmt.Sprintf("%.2f s", milliseconds/1000)
	room := c.options.Width - (2 + wide + 2 + barCells + 2 + len(passed) + 2) - 2 - len(seconds)
	rest, length := c.others(counts, room)
	p.line("%s %s  %s  %s  %s%s  %s", c.paint(style(worst), words.Glyph(worst)), c.paint(bold, name), c.bar(counts, len(s.Specs)),
		passed, rest, strings.Repeat(" ", max(0, room-length)), c.paint(dim, seconds))
}

// others gives the verdicts beside pass in words, in at most room columns, and how many columns they take.
func (c *Console) others(counts map[verdict.Verdict]int, room int) (text string, length int) {
	var painted []string
	for _, v := range verdict.All() {
		if v == verdict.Pass || counts[v] == 0 {
			continue
		}
		words := words.Number(counts[v], v)
		if length+len(words)+2 > room-1 {
			return strings.Join(painted, ", ") + "…", length + 1
		}
		if length > 0 {
			length += 2
		}
		length += len(words)
		painted = append(painted, c.paint(style(v), words))
	}
	return strings.Join(painted, ", "), length
}

// bar draws the shares of the verdicts; what occurs at all has a cell.
func (c *Console) bar(counts map[verdict.Verdict]int, total int) string {
	var bar strings.Builder
	for _, share := range shares(counts, total) {
		mark := words.Glyph(share.verdict)
		if share.verdict == verdict.Pass {
			mark = "■"
		}
		bar.WriteString(c.paint(style(share.verdict), strings.Repeat(mark, share.cells)))
	}
	return bar.String()
}

type share struct {
	verdict verdict.Verdict
	cells   int
}

// shares deals the cells of a bar out, passes first; what is over or short goes to the largest share.
func shares(counts map[verdict.Verdict]int, total int) []share {
	order := []verdict.Verdict{verdict.Pass, verdict.Advisory, verdict.Waived, verdict.Violation, verdict.StaleWaiver,
		verdict.Error, verdict.NotRun, verdict.NotApplicable}
	var list []share
	largest, left := 0, barCells
	for _, v := range order {
		if counts[v] == 0 {
			continue
		}
		cells := max(1, counts[v]*barCells/total)
		left -= cells
		list = append(list, share{v, cells})
		if cells > list[largest].cells {
			largest = len(list) - 1
		}
	}
	if len(list) > 0 {
		list[largest].cells += left
	}
	return list
}
