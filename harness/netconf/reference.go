package netconf

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// illegalReference finds the first reference to a character that XML 1.0 §4.1 does not allow (legal character), in
// text or a start tag. encoding/xml turns references to surrogates into U+FFFD, and reports the others without a place.
func illegalReference(raw []byte) (offset int, detail string, found bool) {
	for at := 0; ; {
		next := bytes.Index(raw[at:], []byte("&#"))
		if next < 0 {
			return 0, "", false
		}
		at += next
		end := bytes.IndexByte(raw[at:], ';')
		if end < 0 {
			return 0, "", false
		}
		if r, ok := referred(string(raw[at+2 : at+end])); ok && !isCharacter(r) {
			return at, fmt.Sprintf("%s refers to %U, which is no XML character", raw[at:at+end+1], r), true
		}
		at += 2
	}
}

// referred gives the character of a reference; digits stand between "&#" and ";".
func referred(digits string) (rune, bool) {
	base := 10
	if len(digits) > 0 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
