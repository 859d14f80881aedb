// Package redact masks secrets before they reach a recording or a report.
package redact

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/ncspec/ncspec/harness/wire"
)

// Mask stands for each octet of a secret: the length of messages, and so the chunk sizes, stay true.
const Mask = '*'

// builtIn are leaf names that hold secrets in common models, as parts of a regular expression.
const builtIn = `[\pL\pN._-]*(?:password|passwd|passphrase|secret|community|private-key|pre-shared-key|auth-key|priv-key|md5-key|psk|token)[\pL\pN._-]*`

// Redactor masks the content of leaves whose names look secret. It is safe for concurrent use.
type Redactor struct {
	secret *regexp.Regexp // an element with its content
	end    *regexp.Regexp // its end tag
	name   *regexp.Regexp // the name alone
}

// New gives a redactor for the built-in list and the leaf names given (local names, any case).
func New(leaves ...string) (*Redactor, error) {
	names := []string{builtIn}
	for _, leaf := range leaves {
		if strings.TrimSpace(leaf) == "" {
			return nil, fmt.Errorf("a secret leaf has no name: give the local name of the leaf")
		}
		names = append(names, regexp.QuoteMeta(strings.TrimSpace(leaf)))
	}
	any := `(?:` + strings.Join(names, "|") + `)`
	secret, err := regexp.Compile(`(?is)<(?:[\pL_][\pL\pN._-]*:)?` + any + `(?:\s[^<>]*)?>(` + content + `+)`)
	if err != nil {
		return nil, fmt.Errorf("building the list of secret leaves: %w", err)
	}
	return &Redactor{secret: secret, name: regexp.MustCompile(`(?is)^` + any + `$`),
		end: regexp.MustCompile(`(?is)</(?:[\pL_][\pL\pN._-]*:)?` + any + `\s*>`)}, nil
}

// content is part of an element's text, up to the next tag, or to the end where the message was cut off. CDATA sections
// are text, and comments and processing instructions may stand within.
const content = `(?:[^<]|<!\[CDATA\[.*?(?:\]\]>|$)|<!--.*?(?:-->|$)|<\?.*?(?:\?>|$))`

// Hides tells whether the content of a leaf with that local name is masked.
func (r *Redactor) Hides(leaf string) bool { return r.name.MatchString(leaf) }

// Text returns s with the content of secret leaves masked.
func (r *Redactor) Text(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	return string(r.mask([]byte(s)))
}

// Frame returns octets as they were on the wire with the content of secret leaves masked. It looks through the
// framing (RFC 6242 §4): a secret cut by a chunk header is masked too, and the header is kept.
func (r *Redactor) Frame(f wire.Framing, octets []byte) []byte {
	if !bytes.ContainsRune(octets, '<') {
		return octets
	}
	masked := bytes.Clone(octets)
	message, places, broken := deframe(f, octets)
	r.find(message, func(at int) { blot(masked, places[at]) })
	if broken {
		// Once more as it stands, so that no secret hides behind framing that is broken on purpose.
		return r.mask(masked)
	}
	return masked
}

func (r *Redactor) mask(text []byte) []byte {
	r.find(text, func(at int) { blot(text, at) })
	return text
}

// find tells of each octet of a secret. One whose beginning was cut off shows by its end tag.
func (r *Redactor) find(text []byte, found func(at int)) {
	for _, m := range r.secret.FindAllSubmatchIndex(text, -1) {
		for i := m[2]; i < m[3]; i++ {
			found(i)
		}
	}
	for _, m := range r.end.FindAllIndex(text, -1) {
		for i := m[0] - 1; i >= 0 && !endsTag(text[:i+1]); i-- {
			found(i)
		}
	}
}

// endsTag tells whether text ends with the end of a tag or, cut off there, its beginning; "]]>" is the end of a CDATA
// section, which is text.
func endsTag(text []byte) bool {
	return text[len(text)-1] == '<' || text[len(text)-1] == '>' && !bytes.HasSuffix(text, []byte("]]>"))
}

// blot keeps white space: indentation is no secret, and it keeps the octets around a secret readable.
func blot(text []byte, at int) {
	switch text[at] {
	case ' ', '\t', '\r', '\n':
	default:
		text[at] = Mask
	}
}

// deframe gives the message octets and, for each, its place in octets; broken tells that the framing is.
func deframe(f wire.Framing, octets []byte) (message []byte, places []int, broken bool) {
	decoder := wire.NewDecoder(f, wire.Limits{})
	for at := 0; at < len(octets) && !decoder.Stopped(); {
		n, event := decoder.Decode(octets[at:])
		if n == 0 && event.Kind == wire.None {
			break
		}
		if event.Kind == wire.Data {
			for i, octet := range event.Data {
				message, places = append(message, octet), append(places, int(event.Offset)+i)
			}
		}
		broken = broken || event.Kind == wire.Violated
		at += n
	}
	return message, places, broken || decoder.Stopped()
}
