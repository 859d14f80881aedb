// Package redact masks secrets before they reach a recording, a report or a screen. A secret is the content of a leaf
// whose name looks like one, in XML and in the forms that XML takes inside other texts; a credential of the run; and,
// from then on, each value that was once seen in such a place.
package redact

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/wire"
)

// Mask stands for each octet of a secret: the length of messages, and so the chunk sizes, stay true.
const Mask = '*'

// Redactor masks the content of leaves whose names look secret, and values that it knows. It is safe for concurrent use.
type Redactor struct {
	name  *regexp.Regexp // a name that looks secret
	hints []string       // in lower case; a text without any of them has no such name
	rules []rule
	signs map[string]*regexp.Regexp
	end   rule // finds the end tags of secret leaves
	known known
}

// New gives a redactor for the built-in list and the leaf names given (local names, any case).
func New(leaves ...string) (*Redactor, error) {
	names, hints := []string{builtIn}, keywords()
	for _, leaf := range leaves {
		leaf = strings.TrimSpace(leaf)
		if leaf == "" {
			return nil, fmt.Errorf("a secret leaf has no name: give the local name of the leaf")
		}
		names, hints = append(names, regexp.QuoteMeta(leaf)), append(hints, string(lowered([]byte(leaf))))
	}
	name, err := regexp.Compile(`(?is)^(?:` + strings.Join(names, "|") + `)$`)
	if err != nil {
		return nil, fmt.Errorf("building the list of secret leaves: %w", err)
	}
	return &Redactor{name: name, hints: hints, rules: rules(), signs: signs(), end: rule{"", before(`</` + prefix), after(`(\s*>)`)}}, nil
}

// Hides tells whether the content of a leaf with that local name is masked.
func (r *Redactor) Hides(leaf string) bool { return r.name.MatchString(leaf) }

// Know adds a credential: it is masked wherever it occurs, also in base64, with escapes and percent-encoded. One of less
// than 6 octets could be part of any word, and is left alone.
func (r *Redactor) Know(credential string) {
	if len(credential) >= leastCredential {
		r.known.add(credential)
	}
}

// Text returns s with secrets masked, also those that were cut when s was made of a longer text.
func (r *Redactor) Text(s string) string {
	masked := []byte(s)
	secrets := append(r.find(masked), r.known.parts(s)...)
	if len(secrets) == 0 {
		return s
	}
	for _, secret := range secrets {
		blot(masked[secret.from:secret.to])
	}
	return string(masked)
}

// Frame returns octets as they were on the wire with secrets masked; octets stay as they are. It looks through the
// framing (RFC 6242 §4): a secret cut by a chunk header is masked too, and the header is kept.
func (r *Redactor) Frame(f wire.Framing, octets []byte) []byte {
	frame := deframe(f, octets)
	secrets := r.find(frame.message)
	if len(secrets) == 0 && !frame.broken {
		return octets
	}
	masked := bytes.Clone(octets)
	for _, secret := range secrets {
		frame.each(secret, func(from, to int) { blot(masked[from:to]) })
	}
	if frame.broken {
		// Once more as it stands, so that no secret hides behind framing that is broken on purpose.
		for _, secret := range r.find(masked) {
			blot(masked[secret.from:secret.to])
		}
	}
	return masked
}

// span is part of a text, from its first octet to the one behind its last.
type span struct{ from, to int }

// find gives the secrets in a text, and remembers their values.
func (r *Redactor) find(text []byte) []span {
	lower := lowered(text)
	var found, beheaded []span
	for _, name := range r.names(text, lower) {
		if bytes.HasSuffix(text[:name.from], []byte("xmlns:")) {
			continue // the name of a prefix, and its namespace
		}
		for _, rule := range r.rules {
			found = append(found, rule.find(text, name)...)
		}
		if len(r.end.find(text, name)) > 0 {
			beheaded = append(beheaded, tail(text, name.from))
		}
	}
	for hint, pattern := range r.signs {
		for at := range places(lower, hint) {
			found = append(found, groups(pattern, text, at+len(hint))...)
		}
	}
	for _, secret := range found {
		if secret.to < len(text) { // else it may be cut off
			r.known.learn(text[secret.from:secret.to])
		}
	}
	return slices.Concat(found, beheaded, r.known.find(text))
}

// tail gives the secret in front of an end tag: its beginning may be cut off.
func tail(text []byte, name int) span {
	to := bytes.LastIndex(text[:name], []byte("</"))
	from := to
	for from > 0 && !endsTag(text[:from]) {
		from--
	}
	return span{from, to}
}

// endsTag tells whether text ends with the end of a tag or, cut off there, its beginning; "]]>" is the end of a CDATA
// section, which is text.
func endsTag(text []byte) bool {
	return text[len(text)-1] == '<' || text[len(text)-1] == '>' && !bytes.HasSuffix(text, []byte("]]>"))
}

// blot keeps white space: indentation is no secret, and it keeps the octets around a secret readable.
func blot(secret []byte) {
	for i, octet := range secret {
		switch octet {
		case ' ', '\t', '\r', '\n':
		default:
			secret[i] = Mask
		}
	}
}
