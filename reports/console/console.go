// Package console draws a run for people: a progress line while it goes on, then a line per suite, each violation
// with what was demanded and what was found, and the summary.
package console

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

// The widths of the drawing, in columns.
const (
	DefaultWidth = 100 // where Options has none
	minWidth     = 60  // narrower is drawn as this wide
)

// Options say how to draw.
type Options struct {
	Color    bool // ANSI colours
	Quiet    bool // only violations, stale waivers, errors and the result
	Terminal bool // a progress line is drawn again and again while the run goes on
	Width    int  // columns; 0: DefaultWidth
	Compared bool // a comparison follows, which tells the exit code
}

// Console draws one run. It is not safe for concurrent use.
type Console struct {
	out     io.Writer
	options Options
	seen    map[verdict.Verdict]int
	drawn   bool // a progress line stands
}

// New gives a console that draws on w. Errors of w are left alone: the run matters more than its picture.
func New(w io.Writer, o Options) *Console {
	if o.Width == 0 {
		o.Width = DefaultWidth
	}
	o.Width = max(o.Width, minWidth)
	return &Console{out: w, options: o, seen: map[verdict.Verdict]int{}}
}

// Plan is what a run is about to do.
type Plan struct {
	Specs        int
	Requirements int
	Safety       string
	Seed         int64
}

// Start draws the head: what is judged, and by how much.
func (c *Console) Start(t verdict.Target, p Plan) {
	if c.options.Quiet {
		return
	}
	var page page
	page.line("")
	page.line("%s %s", c.paint(bold, "ncspec"), words.Line(describe(t)))
	page.line("%s", c.paint(dim, words.Line(fmt.Sprintf("%s, %s, safety %s, seed %d",
		words.Count(p.Specs, "spec"), words.Count(p.Requirements, "requirement"), p.Safety, p.Seed))))
	page.line("")
	c.print(&page)
}

// Spec brings the progress line up to date: done of total specs have ended, the last with that id and verdict.
func (c *Console) Spec(done, total int, id string, v verdict.Verdict) {
	c.seen[v]++
	if !c.options.Terminal || c.options.Quiet {
		return
	}
	c.drawn = true
	fmt.Fprint(c.out, "\r\x1b[K", c.progress(done, total, id, v))
}

// Finish draws the outcome. The files are named at the end, as given.
func (c *Console) Finish(r *verdict.Report, files ...string) {
	if c.drawn {
		fmt.Fprint(c.out, "\r\x1b[K")
		c.drawn = false
	}
	var page page
	if !c.options.Quiet {
		c.suites(&page, r)
	}
	c.details(&page, r)
	if !c.options.Quiet {
		c.heldBack(&page, r)
	}
	c.summary(&page, r, files)
	c.print(&page)
}

func (c *Console) print(p *page) { _, _ = io.WriteString(c.out, p.String()) }

// progress is one line that never wraps: how far, what was found so far, and the spec that ended last.
func (c *Console) progress(done, total int, id string, v verdict.Verdict) string {
	const cells = 20
	full := 0
	if total > 0 {
		full = min(cells*done/total, cells)
	}
	digits := len(fmt.Sprint(total))
	left := fmt.Sprintf("%*d/%d ", digits, done, total)
	length := cells + 2 + len(left)
	var found strings.Builder
	for _, v := range []verdict.Verdict{verdict.Violation, verdict.Error, verdict.Advisory} {
		if n := c.seen[v]; n > 0 {
			text := fmt.Sprintf("%s%d ", words.Glyph(v), n)
			length += utf8.RuneCountInString(text)
			found.WriteString(c.paint(style(v), text))
		}
	}
	last := words.Glyph(v) + " " + cut(words.Line(id), c.options.Width-length-4)
	return c.paint(green, strings.Repeat("━", full)) + c.paint(dim, strings.Repeat("─", cells-full)) + "  " +
		left + found.String() + c.paint(style(v), last)
}

// describe names a target: "edge-1 (ssh 192.0.2.7:830, profile ietf-system)".
func describe(t verdict.Target) string {
	var about []string
	if place := strings.TrimSpace(t.Transport + " " + t.Address); place != "" {
		about = append(about, place)
	}
	if t.Profile != "" {
		about = append(about, "profile "+t.Profile)
	}
	if len(about) == 0 {
		return t.Name
	}
	return strings.TrimSpace(t.Name + " (" + strings.Join(about, ", ") + ")")
}
