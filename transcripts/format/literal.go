package format

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

// xpathLiteral writes text as an XPath 1.0 literal. XPath 1.0 has no escapes, so text with both kinds of quotes becomes
// a concat() of pieces that have one kind each.
func xpathLiteral(text string) string {
	switch {
	case !strings.Contains(text, "'"):
		return "'" + text + "'"
	case !strings.Contains(text, `"`):
		return `"` + text + `"`
	}
	return `concat('` + strings.ReplaceAll(text, `'`, `', "'", '`) + `')`
}

// escapeXML writes text as XML character data that may stand in an attribute as well. Characters that XML 1.0 cannot
// carry at all are an error: a server must get the value or nothing.
func escapeXML(text string) (string, error) {
	for i, r := range text {
		if !xmlCharacter(r) || (r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError))) {
			return "", fmt.Errorf("the value %q holds a character that XML 1.0 cannot carry (octet %d): use another value",
				text, i)
		}
	}
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "", fmt.Errorf("escaping %q for XML: %w", text, err)
	}
	return b.String(), nil
}

// xmlCharacter is the production Char of XML 1.0.
func xmlCharacter(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || (r >= 0x20 && r <= 0xD7FF) || (r >= 0xE000 && r <= 0xFFFD) ||
		(r >= 0x10000 && r <= 0x10FFFF)
}
