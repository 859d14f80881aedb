package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/words"
)

// Text makes one line of a text that may hold anything. What could mean something to Markdown or HTML becomes a numeric
// character reference, which is text to both (CommonMark §2.5): no markup, no link, no mention, no end of a table's cell.
func Text(s string) string {
	const plain = " ,;/('%+=?-"
	var b strings.Builder
	line := words.Line(s)
	number := true // nothing but digits yet: a dot behind them would make a list
	for i, r := range line {
		next := strings.TrimPrefix(line[i:], string(r))
		switch {
		case alphanumeric(r), i > 0 && strings.ContainsRune(plain, r),
			!number && (r == ')' || r == '.' && !begins(next, unicode.IsLetter) || r == ':' && begins(next, unicode.IsSpace)):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "&#%d;", r)
		}
		number = number && '0' <= r && r <= '9'
	}
	return b.String()
}

func alphanumeric(r rune) bool {
	return r >= utf8.RuneSelf || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

func begins(s string, is func(rune) bool) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return is(first)
}

// Code is a text in the type of code.
func Code(s string) string { return "<code>" + Text(bounded(s, longestLine)) + "</code>" }

// fence shows lines as they are, between marks that are longer than any of their own.
func fence(text string) string {
	text = strings.TrimRight(verdict.Printable(text), "\n")
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	return mark + "text\n" + text + "\n" + mark + "\n\n"
}

// bounded shortens a text to so many octets, and says so.
func bounded(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s … %d octets more", s[:end], len(s)-end)
}
