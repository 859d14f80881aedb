package console

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/verdict"
)

// page gathers lines, so that they reach the terminal in one piece.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	p.WriteString(strings.TrimRight(text, " ") + "\n")
}

// cut shortens a line to so many columns.
func cut(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:max(width-1, 0)]) + "…"
}

// pad fills a line up with blanks to so many columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// wrap breaks a text into lines of at most width columns. Its own lines stay; what is broken off goes on under the
// indentation of its line. Octets are shown behind a bar ("  | "); where such a line was broken the bar is a
// broken one, so that it is not taken for a line of the message.
func wrap(text string, width int) []string {
	var lines []string
	text = strings.ReplaceAll(strings.TrimRight(verdict.Printable(text), "\n"), "\t", "    ")
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapLine(line, width)...)
	}
	return lines
}

func wrapLine(line string, width int) []string {
	indent := indentation(line)
	if len(indent) > width/2 {
		indent = ""
	}
	rest := []rune(line)
	var lines []string
	for len(rest) > width {
		at := breakAt(rest, width)
		lines = append(lines, strings.TrimRight(string(rest[:at]), " "))
		rest = []rune(indent + strings.TrimLeft(string(rest[at:]), " "))
	}
	return append(lines, strings.TrimRight(string(rest), " "))
}

// indentation is the blanks in front, with a broken bar for a bar that follows them.
func indentation(line string) string {
	blanks := line[:len(line)-len(strings.TrimLeft(line, " "))]
	if strings.HasPrefix(line[len(blanks):], "| ") {
		return blanks + "¦ "
	}
	return blanks
}

// breakAt gives the place to break a line that is longer than width: at a blank, else between two tags or two steps
// of a path, else anywhere.
func breakAt(line []rune, width int) int {
	for at := width; at > width/2; at-- {
		if line[at] == ' ' {
			return at
		}
	}
	for at := width; at > width/2; at-- {
		if line[at-1] == '>' && line[at] == '<' || line[at-1] != '<' && line[at] == '/' {
			return at
		}
	}
	return width
}
