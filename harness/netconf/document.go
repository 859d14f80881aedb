package netconf

import (
	"encoding/xml"

	"github.com/antchfx/xmlquery"
)

// Document is a message that passed the strict check, with no fault or only with such as leave no doubt about its
// content.
type Document struct {
	Octets []byte         // as on the wire
	Root   *xmlquery.Node // the root element
	Faults []Fault

	startTag [2]int
}

// Parse checks a document and gives its tree. The Document is nil when a fault makes every tree a guess; a byte order
// mark, a foreign encoding declared, white space before the declaration and a document type declaration that defines
// nothing are reported, and the tree is there. The octets are UTF-8 whatever is declared.
//
// In the tree adjacent text and CDATA sections are one text node, processing instructions are left out, namespace
// declarations stand among the attributes (Name.Space "xmlns", or Name.Local "xmlns" without one) and Name.Space of an
// attribute is its prefix.
func Parse(doc []byte) (*Document, []Fault) {
	t := newTree()
	c := check(doc, t)
	if c.unsafe || len(c.faults) >= maxFaults {
		return nil, c.faults
	}
	return &Document{Octets: doc, Root: t.root, Faults: c.faults, startTag: c.rootTag}, c.faults
}

// StartTag gives the root's start tag as on the wire.
func (d *Document) StartTag() []byte { return d.Octets[d.startTag[0]:d.startTag[1]] }

// Is tells whether the root is that element of the base namespace (RFC 6241 §3.1).
func (d *Document) Is(local string) bool {
	return d != nil && d.Root.Data == local && d.Root.NamespaceURI == BaseNamespace
}

// tree puts together xmlquery's tree from checked tokens. xmlquery's own parser would read the octets a second time,
// loses prefixes that are declared anew further down, and takes quadratic time for comments in a row.
type tree struct {
	at, root *xmlquery.Node
	pending  []byte // text that may go on
}

func newTree() *tree {
	return &tree{at: &xmlquery.Node{Type: xmlquery.DocumentNode}}
}

func (t *tree) start(name xml.Name, uri string, attributes []xmlquery.Attr) {
	t.flush()
	n := &xmlquery.Node{Type: xmlquery.ElementNode, Data: name.Local, Prefix: name.Space, NamespaceURI: uri, Attr: attributes}
	xmlquery.AddChild(t.at, n)
	if t.root == nil {
		t.root = n
	}
	t.at = n
}

func (t *tree) end() {
	t.flush()
	t.at = t.at.Parent
}

func (t *tree) characters(text []byte) { t.pending = append(t.pending, text...) }

func (t *tree) comment(text string) {
	t.flush()
	xmlquery.AddChild(t.at, &xmlquery.Node{Type: xmlquery.CommentNode, Data: text})
}

func (t *tree) flush() {
	if len(t.pending) > 0 {
		xmlquery.AddChild(t.at, &xmlquery.Node{Type: xmlquery.TextNode, Data: string(t.pending)})
		t.pending = t.pending[:0]
	}
}

// childElements gives the child elements of that name in the base namespace.
func childElements(n *xmlquery.Node, local string) []*xmlquery.Node {
	var all []*xmlquery.Node
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode && child.Data == local && child.NamespaceURI == BaseNamespace {
			all = append(all, child)
		}
	}
	return all
}

// childElement gives the first of them, nil without one.
func childElement(n *xmlquery.Node, local string) *xmlquery.Node {
	if all := childElements(n, local); len(all) > 0 {
		return all[0]
	}
	return nil
}
