package verdict

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns s with everything that a terminal would act on, that would reorder the text, or that XML 1.0
// cannot hold (§2.2) in a form that can be seen: \x00, \x1b, \u202e, \r. Line feeds and tabs stay. What servers
// send ends up in reports, so each report passes its texts through here. The result may be passed again.
func Printable(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 && utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, s[i])
		case r == '\r':
			out.WriteString(`\r`)
		case unprintable(r) && r < 0x80:
			fmt.Fprintf(&out, `\x%02x`, r)
		case unprintable(r) && r < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, r)
		case unprintable(r):
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			out.WriteString(s[i : i+size])
		}
		i += size
	}
	return out.String()
}

func unprintable(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
		return true
	case r == '\u2028', r == '\u2029', r == '\ufeff':
		return true
	}
	return r&0xfffe == 0xfffe // not characters, in any plane
}

// clip bounds one message: evidence beyond that lies in the transcript.
func clip(s string) string {
	const limit = 16 << 10 // octets
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return fmt.Sprintf("%s\n… %d more octets, see the transcript", s[:cut], len(s)-cut)
}
