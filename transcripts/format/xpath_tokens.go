package format

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type xpathKind int

const (
	xpathSymbol xpathKind = iota
	xpathLiteralToken
	xpathNumber
	xpathName     // a QName, prefix:*, or an axis with its ::
	xpathVariable // ${name}
)

type xpathToken struct {
	kind   xpathKind
	text   string
	offset int
}

// xpathTokens cuts an expression into tokens, or returns the offset and the reason why it cannot.
func xpathTokens(text string) (tokens []xpathToken, offset int, message string) {
	for at := 0; at < len(text); {
		if strings.IndexByte(" \t\r\n", text[at]) >= 0 {
			at++
			continue
		}
		kind, size, message := xpathTokenAt(text[at:])
		if message != "" {
			return nil, at, message
		}
		tokens = append(tokens, xpathToken{kind, text[at : at+size], at})
		at += size
	}
	return tokens, 0, ""
}

func xpathTokenAt(text string) (xpathKind, int, string) {
	switch c := text[0]; {
	case c == '\'' || c == '"':
		end := strings.IndexByte(text[1:], c)
		if end < 0 {
			return 0, 0, "the quote is not closed"
		}
		return xpathLiteralToken, end + 2, ""
	case strings.HasPrefix(text, "${"):
		return xpathVariable, strings.IndexByte(text, '}') + 1, ""
	case c == '$':
		return 0, 0, "XPath variables have no values here; ncspec's are written ${name}"
	case digit(c) || c == '.' && len(text) > 1 && digit(text[1]):
		return xpathNumber, numberSize(text), ""
	case nameSize(text) > 0:
		return xpathName, qualifiedSize(text), ""
	}
	for _, symbol := range []string{"//", "..", "!=", "<=", ">=", "(", ")", "[", "]", ".", "@", ",", "/", "|", "+", "-",
		"=", "<", ">", "*"} {
		if strings.HasPrefix(text, symbol) {
			return xpathSymbol, len(symbol), ""
		}
	}
	r, _ := utf8.DecodeRuneInString(text)
	return 0, 0, fmt.Sprintf("%q is no part of XPath 1.0", r)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func numberSize(text string) int {
	size, dots := 0, 0
	for size < len(text) && (digit(text[size]) || text[size] == '.' && dots == 0) {
		if text[size] == '.' {
			dots++
		}
		size++
	}
	return size
}

// nameSize is the length of the NCName that text begins with, 0 if it begins with none.
func nameSize(text string) int {
	for i, r := range text {
		first := r == '_' || unicode.IsLetter(r)
		if !first && (i == 0 || !(r == '-' || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '·')) {
			return i
		}
	}
	return len(text)
}

// qualifiedSize is the length of the QName, prefix:* or axis that text begins with.
func qualifiedSize(text string) int {
	size := nameSize(text)
	rest := text[size:]
	switch {
	case strings.HasPrefix(rest, "::"):
		return size + 2
	case strings.HasPrefix(rest, ":*"):
		return size + 2
	case strings.HasPrefix(rest, ":"):
		if local := nameSize(rest[1:]); local > 0 {
			return size + 1 + local
		}
	}
	return size
}
