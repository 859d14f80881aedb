// Package sample finds, in the data that a server returns, nodes that filters can be made of.
//
// Specs speak of them in the words of RFC 6241 §6.4.3, whatever a server calls its own:
//
//	t:top          a top-level node
//	t:users        its child on the way to t:user; t:user itself where that is a child of t:top
//	t:user         a list: elements of one name with a child, t:name, that tells them apart
//	t:type         a leaf of t:user: {admin} in fred and barney, {superuser} in root
//	t:full-name    a leaf of t:user: {full} in fred alone; {blank} is the same where it has a blank inside
//	t:company-info an element of t:user that holds the leaves t:dept, {dept} in fred and {elsewhere} in another, and t:id
//	t:interface    another child of t:top, with something in it
//	t:second       another top-level node of the same namespace, with something in it
//
// {root}, {fred} and {barney} are the values of t:name in three entries. {in} and {/in} stand for the elements around
// t:user. In XPath {data} leads to data, {entries} to the entries, and {key} is true of a node that is a key of the
// list or may be one.
package sample

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Cast is what plays the parts of RFC 6241's example on one server.
type Cast struct {
	// Namespace is that of all nodes.
	Namespace string
	// State says that the nodes are state data: get returns them, and get-config does not (RFC 6241 §1.4).
	State bool

	path   []string          // local names from the top-level node to the parent of the list
	names  map[string]string // word → local name
	values map[string]string // word → value
	keys   []string          // local names of the entries' children that are keys, or may be
	shared bool              // fred and barney share a type
}

// Missing says that a server's data has nothing for a part.
type Missing struct{ Part string }

// Error names the part.
func (m *Missing) Error() string { return "the server's data has nothing for this probe: " + m.Part }

// parts says for each word what it takes to play it.
func parts() map[string]string {
	return map[string]string{
		"top": "a top-level node", "users": "a top-level node that leads to a list",
		"user": "an element that begins with a leaf", "name": "an element that begins with a leaf",
		"fred": "an element that begins with a leaf", "root": "a list of several entries", "barney": "a list of three entries",
		"type":         "a list with a leaf that has one value in some entries and another in others",
		"admin":        "a list with a leaf that has one value in some entries and another in others",
		"superuser":    "a list with a leaf that has one value in some entries and another in others",
		"full-name":    "a list with a leaf beside its key whose value is in one entry only",
		"full":         "a list with a leaf beside its key whose value is in one entry only",
		"blank":        "a list with a leaf whose value has a blank in it",
		"company-info": "a list with an element inside that holds two leaves",
		"dept":         "a list with an element inside that holds two leaves",
		"elsewhere":    "a list with an element inside that holds two leaves",
		"id":           "a list with an element inside that holds two leaves",
		"interface":    "a top-level node with several children",
		"second":       "two top-level nodes of one namespace",
	}
}

// Several tells whether the list has several entries.
func (c *Cast) Several() bool { return c.values["root"] != "" }

// Path gives the local names from the top-level node to the parent of the list.
func (c *Cast) Path() []string { return slices.Clone(c.path) }

// Namespaces binds the prefix t.
func (c *Cast) Namespaces() map[string]string { return map[string]string{"t": c.Namespace} }

// Value gives the value of a word. The error is a *Missing.
func (c *Cast) Value(word string) (string, error) { return find(c.values, word) }

// Name gives the local name of a word. The error is a *Missing.
func (c *Cast) Name(word string) (string, error) { return find(c.names, word) }

func find(all map[string]string, word string) (string, error) {
	if found, ok := all[word]; ok {
		return found, nil
	}
	part, known := parts()[word]
	if !known {
		part = fmt.Sprintf("no part is called %q", word)
	}
	return "", &Missing{part}
}

var (
	tagPattern   = regexp.MustCompile(`<(/?)([\w.-]+:)?([\w.-]+)([^<>]*?)(/?)>`)
	valuePattern = regexp.MustCompile(`\{([a-z]+)\}`)
	wordPattern  = regexp.MustCompile(`\bt:([\w.-]+)`)
)

// Filter gives the XML that a text in the words of the package stands for, with the namespace declared where it begins.
// Names that are no words stay as they are. The error is a *Missing.
func (c *Cast) Filter(text string) (string, error) {
	text = strings.NewReplacer("{in}", c.around("<t:"), "{/in}", c.around("</t:")).Replace(text)
	var missing error
	text = valuePattern.ReplaceAllStringFunc(text, func(m string) string {
		value, err := c.Value(m[1 : len(m)-1])
		missing = first(missing, err)
		return escape(value)
	})
	var open []string // prefixes of the elements around
	text = tagPattern.ReplaceAllStringFunc(text, func(tag string) string {
		m := tagPattern.FindStringSubmatch(tag)
		closing, prefix, local, attributes, empty := m[1] != "", m[2], m[3], m[4], m[5]
		if closing {
			open = open[:max(0, len(open)-1)]
		}
		inherited := len(open) > 0 && open[len(open)-1] == "t:"
		if !closing && empty == "" {
			open = append(open, prefix)
		}
		if prefix != "t:" {
			return tag
		}
		local, err := c.local(local)
		missing = first(missing, err)
		if !closing && !inherited {
			attributes = ` xmlns="` + escape(c.Namespace) + `"` + attributes
		}
		if strings.Contains(attributes, " t:") {
			attributes = ` xmlns:t="` + escape(c.Namespace) + `"` + attributes
		}
		return "<" + m[1] + local + attributes + empty + ">"
	})
	return text, missing
}

// around writes the tags around the list, outermost first; closing ones the other way round.
func (c *Cast) around(open string) string {
	var tags []string
	for i := range c.path {
		tags = append(tags, fmt.Sprintf("%slevel-%d>", open, i))
	}
	if strings.HasPrefix(open, "</") {
		slices.Reverse(tags)
	}
	return strings.Join(tags, "")
}

// Expr gives the XPath that a text in the words of the package stands for. The error is a *Missing.
func (c *Cast) Expr(text string) (string, error) {
	const data = "/nc:rpc-reply/nc:data"
	entries, keys := data, []string{}
	for i := range c.path {
		entries += fmt.Sprintf("/t:level-%d", i)
	}
	for i := range c.keys {
		keys = append(keys, fmt.Sprintf("self::t:key-%d", i))
	}
	text = strings.NewReplacer("{data}", data, "{entries}", entries+"/t:user", "{key}", "("+strings.Join(keys, " or ")+")").Replace(text)
	var missing error
	text = wordPattern.ReplaceAllStringFunc(text, func(m string) string {
		local, err := c.local(m[len("t:"):])
		missing = first(missing, err)
		return "t:" + local
	})
	text = valuePattern.ReplaceAllStringFunc(text, func(m string) string {
		value, err := c.Value(m[1 : len(m)-1])
		missing = first(missing, err)
		return netconf.Literal(value)
	})
	return text, missing
}

// local gives the name for a word; what is none stands for itself.
func (c *Cast) local(word string) (string, error) {
	if name, there := c.names[word]; there {
		return name, nil
	}
	if _, known := parts()[word]; known {
		return c.Name(word)
	}
	var n int
	if _, err := fmt.Sscanf(word, "level-%d", &n); err == nil && n < len(c.path) {
		return c.path[n], nil
	}
	if _, err := fmt.Sscanf(word, "key-%d", &n); err == nil && n < len(c.keys) {
		return c.keys[n], nil
	}
	return word, nil
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// escape writes text for content and for attribute values.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}
