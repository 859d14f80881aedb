package redact

import (
	"bytes"
	"iter"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// builtIn are leaf names that hold secrets in common models, as parts of a regular expression; keywords are in them.
const builtIn = `[\pL\pN._-]*(?:password|passwd|passphrase|secret|community|private-key|pre-shared-key|shared-key|` +
	`symmetric-key|auth-key|authentication-key|encryption-key|priv-key|md5-key|key-string|keystring|hexadecimal-string|` +
	`api-key|psk|token|credential)[\pL\pN._-]*|text-name|binary-name`

// keywords occur in each text that the names above occur in, in lower case.
func keywords() []string {
	return []string{"passw", "passphrase", "secret", "community", "-key", "key-string", "keystring", "hexadecimal-string", "psk",
		"token", "credential", "text-name", "binary-name"}
}

// names gives the places of names that look secret. lower is the text in lower case.
func (r *Redactor) names(text, lower []byte) []span {
	var all []span
	for _, hint := range r.hints {
		for at := range places(lower, hint) {
			if name := word(text, at); r.Hides(string(text[name.from:name.to])) {
				all = append(all, name)
			}
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from - b.from })
	return slices.Compact(all)
}

// places gives where a hint occurs.
func places(text []byte, hint string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; ; at += len(hint) {
			next := bytes.Index(text[at:], []byte(hint))
			if next < 0 || !yield(at+next) {
				return
			}
			at += next
		}
	}
}

// escaped is < in front of a name in a JSON text and in a URL; its letters are none of the name.
var escaped = regexp.MustCompile(`(?i)(?:\\(?:u003c|x3c)|%3c)`)

// word gives the name that a place is in.
func word(text []byte, at int) span {
	name := span{at, at}
	for name.from > 0 {
		c, size := utf8.DecodeLastRune(text[:name.from])
		if !inName(c) {
			break
		}
		name.from -= size
	}
	for name.to < len(text) {
		c, size := utf8.DecodeRune(text[name.to:])
		if !inName(c) {
			break
		}
		name.to += size
	}
	if m := escaped.FindIndex(text[max(0, name.from-1):at]); name.from > 0 && m != nil && m[0] == 0 {
		name.from += m[1] - 1
	}
	return name
}

// inName tells whether a character may stand in the local name of a leaf.
func inName(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || c == '.' || c == '_' || c == '-'
}

// lowered gives a text in lower case as far as it is ASCII, so that all places stay the same.
func lowered(text []byte) []byte {
	lower := make([]byte, len(text))
	for i, octet := range text {
		if 'A' <= octet && octet <= 'Z' {
			octet += 'a' - 'A'
		}
		lower[i] = octet
	}
	return lower
}
