package netconf

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"
)

const byteOrderMark = "\xef\xbb\xbf"

// otherEncoding recognises UTF-16 and UTF-32 by their first octets (XML 1.0 Appendix F): going through them octet by
// octet would only bury that under other faults.
func otherEncoding(doc []byte) string {
	for _, known := range []struct{ octets, name string }{
		{"\x00\x00\xfe\xff", "UTF-32"}, {"\xff\xfe\x00\x00", "UTF-32"}, {"\x00\x00\x00<", "UTF-32"}, {"<\x00\x00\x00", "UTF-32"},
		{"\xfe\xff", "UTF-16"}, {"\xff\xfe", "UTF-16"}, {"\x00<", "UTF-16"}, {"<\x00", "UTF-16"},
	} {
		if bytes.HasPrefix(doc, []byte(known.octets)) {
			return known.name
		}
	}
	return ""
}

// badOctets finds every octet sequence that is no UTF-8 and every character that XML 1.0 §2.2 leaves out. It gives the
// document with those replaced, octet by octet, by a character that is legal everywhere: the check can then go on, and
// its offsets hold.
func badOctets(doc []byte) ([]byte, []Fault) {
	var faults []Fault
	clean := doc
	for i := 0; i < len(doc) && len(faults) < maxFaults; {
		if doc[i] >= ' ' && doc[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(doc[i:])
		var fault Fault
		switch {
		case r == utf8.RuneError && size == 1:
			fault = Fault{NotUTF8, int64(i), notUTF8(doc[i:])}
		case !isCharacter(r):
			fault = Fault{IllegalCharacter, int64(i), fmt.Sprintf("%U is no XML character", r)}
		default:
			i += size
			continue
		}
		if len(faults) == 0 {
			clean = slices.Clone(doc)
		}
		faults = append(faults, fault)
		for range size {
			clean[i] = '_'
			i++
		}
	}
	return clean, faults
}

// isCharacter is the production Char of XML 1.0 §2.2.
func isCharacter(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r <= 0xD7FF:
		return true
	case r < 0xE000:
		return false
	}
	return r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}

// notUTF8 says what is wrong with the sequence at the beginning of rest (RFC 3629 §3, §4).
func notUTF8(rest []byte) string {
	first, second := rest[0], byte(0)
	if len(rest) > 1 {
		second = rest[1]
	}
	continued := second&0xC0 == 0x80
	switch {
	case first < 0xC0:
		return fmt.Sprintf("octet %#x continues no character", first)
	case first < 0xC2, continued && first == 0xE0 && second < 0xA0, continued && first == 0xF0 && second < 0x90:
		return fmt.Sprintf("octets %#x %#x begin an overlong form", first, second)
	case continued && first == 0xED && second >= 0xA0:
		return fmt.Sprintf("octets %#x %#x begin a surrogate", first, second)
	case first > 0xF4, continued && first == 0xF4 && second >= 0x90:
		return fmt.Sprintf("octet %#x begins a character beyond U+10FFFF", first)
	}
	return fmt.Sprintf("octet %#x begins a character that does not go on", first)
}
