package console

import (
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
)

// The ANSI styles in use (ECMA-48, SGR parameters). Only the 16 colours that every terminal lets its user choose.
const (
	bold    = "1"
	dim     = "2"
	red     = "31"
	green   = "32"
	yellow  = "33"
	magenta = "35"
	cyan    = "36"
)

// paint colours a text, where colours are wanted.
func (c *Console) paint(style, text string) string {
	if !c.options.Color || style == "" || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

func style(v verdict.Verdict) string {
	switch v {
	case verdict.Pass:
		return green
	case verdict.Violation, verdict.StaleWaiver:
		return red
	case verdict.Error:
		return magenta
	case verdict.Advisory:
		return yellow
	case verdict.Waived:
		return cyan
	}
	return dim
}

// glyph tells verdicts apart without colours; all are one column wide.
func glyph(v verdict.Verdict) string {
	switch v {
	case verdict.Pass:
		return "✓"
	case verdict.Violation:
		return "✗"
	case verdict.StaleWaiver:
		return "⊘"
	case verdict.Error:
		return "!"
	case verdict.Advisory:
		return "▲"
	case verdict.Waived:
		return "~"
	case verdict.NotRun:
		return "○"
	}
	return "·"
}

// number counts specs with a verdict in words: "2 violations", "1 stale waiver", "3 not run".
func number(n int, v verdict.Verdict) string {
	switch v {
	case verdict.Pass:
		return fmt.Sprintf("%d passed", n)
	case verdict.Violation:
		return count(n, "violation")
	case verdict.StaleWaiver:
		return count(n, "stale waiver")
	case verdict.Error:
		return count(n, "error")
	case verdict.Advisory:
		if n != 1 {
			return fmt.Sprintf("%d advisories", n)
		}
		return "1 advisory"
	}
	return fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(v), "-", " "))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
