package reference

import (
	"encoding/xml"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
)

// selected answers with the part of the data that an XPath expression selects (RFC 6241 §8.9).
func (s *session) selected(filter *input, data *element) reply {
	text, there := filter.attribute(name{"", "select"})
	if !there {
		return failed(missingAttribute(name{"", "select"}, filter.name))
	}
	if len(filter.children) > 0 {
		return failed(unknownElement(filter.children[0]))
	}
	expression, err := netconf.CompileXPath(text, filter.scope())
	if err != nil {
		return failed(invalidValue(filter, "select is no XPath expression: "+err.Error()))
	}
	tree := newXPathTree(data)
	nodes, isSet, err := expression.NodeSet(tree.document)
	if err != nil || !isSet {
		return failed(invalidValue(filter, "select does not give a node-set"))
	}
	return dataReply(tree.subtrees(nodes, data).children)
}

// scope gives all prefixes in scope on an element.
func (in *input) scope() netconf.Namespaces {
	all := netconf.Namespaces{}
	for e := in; e != nil; e = e.parent {
		for prefix, uri := range e.declarations {
			if _, nearer := all[prefix]; !nearer && prefix != "" {
				all[prefix] = uri
			}
		}
	}
	if all["nc"] != "" && all["nc"] != netconf.BaseNamespace {
		delete(all, "nc") // CompileXPath keeps this prefix for itself
	}
	return all
}

// xpathTree is data as XPath sees it: a root node with any number of elements (RFC 6241 §8.9.1).
type xpathTree struct {
	document *netconf.Document
	elements map[*xmlquery.Node]*element
}

func newXPathTree(data *element) *xpathTree {
	root := &xmlquery.Node{Type: xmlquery.DocumentNode}
	t := &xpathTree{elements: map[*xmlquery.Node]*element{root: data}}
	t.grow(root, data)
	t.document = &netconf.Document{Root: root}
	return t
}

func (t *xpathTree) grow(below *xmlquery.Node, e *element) {
	for _, c := range e.children {
		n := &xmlquery.Node{Type: xmlquery.ElementNode, Data: c.schema.name, NamespaceURI: c.schema.ns}
		for _, a := range c.attributes {
			n.Attr = append(n.Attr, xmlquery.Attr{Name: xml.Name{Local: a.local}, Value: a.value, NamespaceURI: a.ns})
		}
		xmlquery.AddChild(below, n)
		t.elements[n] = c
		if c.value != "" {
			xmlquery.AddChild(n, &xmlquery.Node{Type: xmlquery.TextNode, Data: c.value})
		}
		t.grow(n, c)
	}
}

// subtrees gives the selected elements whole, with the path down to each and the keys that tell entries apart
// (RFC 6241 §8.9.5.1).
func (t *xpathTree) subtrees(nodes []*xmlquery.Node, data *element) *element {
	whole, path := map[*element]bool{}, map[*element]bool{}
	for _, n := range nodes {
		for t.elements[n] == nil && n.Parent != nil {
			n = n.Parent // a text node stands for its element
		}
		whole[t.elements[n]] = true
		for ; n != nil; n = n.Parent {
			path[t.elements[n]] = true
		}
	}
	return cut(data, whole, path)
}

func cut(e *element, whole, path map[*element]bool) *element {
	if whole[e] {
		return e
	}
	out := e.shell()
	for _, c := range e.children {
		switch {
		case path[c]:
			out.children = append(out.children, cut(c, whole, path))
		case e.schema.isKey(c.schema.name):
			out.children = append(out.children, c)
		}
	}
	return out
}
