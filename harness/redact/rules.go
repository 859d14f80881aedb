package redact

import (
	"regexp"
	"strings"
)

// rule finds a secret by what stands around the name of its leaf.
type rule struct {
	name   string         // the only one that the rule is for; "" any
	before *regexp.Regexp // matches the end of what stands before the name; nil anything
	after  *regexp.Regexp // matches the start of what follows; its groups are the secret
}

const (
	// prefix is a namespace prefix.
	prefix = `(?:[\pL_][\pL\pN._-]*:)?`
	// attributes is the rest of a start tag, without its end.
	attributes = `(?:\s[^<>]*?)?`
	// content is part of an element's text, up to the next tag, or to the end where the message was cut off. CDATA sections
	// are text, and comments and processing instructions may stand within.
	content = `(?:[^<]|<!\[CDATA\[.*?(?:\]\]>|$)|<!--.*?(?:-->|$)|<\?.*?(?:\?>|$))`
	// opens and closes are < and > as XML inside XML, JSON and URLs has them.
	opens  = `(?:&lt;|&#60;|&#x3c;|\\u003c|\\x3c|%3C)`
	closes = `(?:&gt;|&#62;|&#x3e;|\\u003e|\\x3e|%3E|>)`
	// entity is a quotation mark inside XML.
	entity = `&(?:quot|apos|#34|#39|#x22|#x27);`
	// quoted is the rest of a text behind an entity.
	quoted = entity + `(.*?)(?:` + entity + `|<|$)`
)

// rules are those for the names of leaves.
func rules() []rule {
	return []rule{
		// an element with its content
		{"", before(`<` + prefix), after(attributes + `>(` + content + `+)`)},
		// the same inside another text
		{"", before(opens + prefix), after(attributes + closes + `(.*?)(?:` + opens + `|<|$)`)},
		// an attribute, a predicate, a parameter
		{"", nil, after(`\s*!?(?:=|%3D)\s*(?:"([^"<]*)|'([^'<]*)|\\+["']([^"'\\<]*)|` + quoted + `|([^\s"'<>&;,()\[\]\\]+))`)},
		// a member of a JSON object, as it is, in a JSON text, in XML
		{"", nil, after(`"\s*:\s*(?:"((?:[^"\\]|\\.)*)|\[([^\]]*)|([^\s"{}\[\],]+))`)},
		{"", nil, after(`\\+"\s*:\s*(?:\\+"([^"\\]*)|\[([^\]]*)|([^\s"{}\[\],\\]+))`)},
		{"", nil, after(entity + `\s*:\s*(?:` + quoted + `|\[([^\]<]*)|([^\s"{}\[\],&<]+))`)},
		// the list of SNMP communities of some vendors: its key is the secret
		{"community", before(`<` + prefix), after(attributes + `>\s*<` + prefix + `name` + attributes + `>(` + content + `+)`)},
	}
}

func before(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?is)` + pattern + `$`) }

func after(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?is)^` + pattern) }

// signs are secrets that no leaf's name tells of, by what stands in front of them.
func signs() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"private key-----": regexp.MustCompile(`(?s)^(.*?)(?:-----|<|$)`),
		"://":              regexp.MustCompile(`^[^\s/:@<>"']*:([^\s/@<>"']+)@`),
	}
}

// longestPrefix bounds what a rule sees of the text before a name, in octets.
const longestPrefix = 64

// find gives the secrets that the rule sees around a name.
func (r rule) find(text []byte, name span) []span {
	if r.name != "" && !strings.EqualFold(r.name, string(text[name.from:name.to])) || r.before != nil && !r.before.Match(ahead(text, name.from)) {
		return nil
	}
	return groups(r.after, text, name.to)
}

// ahead gives what stands before a name, as far as rules look.
func ahead(text []byte, name int) []byte { return text[max(0, name-longestPrefix):name] }

// groups gives the groups of a pattern that matches at a place in the text.
func groups(pattern *regexp.Regexp, text []byte, at int) []span {
	m := pattern.FindSubmatchIndex(text[at:])
	var found []span
	for group := 1; group < len(m)/2; group++ {
		if from, to := m[2*group], m[2*group+1]; to > from {
			found = append(found, span{at + from, at + to})
		}
	}
	return found
}
