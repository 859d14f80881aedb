package console

import "github.com/ncspec/ncspec/harness/verdict"

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
