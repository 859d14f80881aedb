package reference

import (
	"encoding/xml"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
)

// selected answers with the part of the data that an XPath expression selects (RFC 6241 §8.9).
func (s *session) selected(filter *input, data *element) reply {
	text, there := filter.attribute(name{"", "select"})
	switch {
	case !there && s.broken("xpath-without-select-returns-everything"):
		return dataReply(data.children)
	case !there:
		return failed(missingAttribute(name{"", "select"}, filter.name))
	case len(filter.children) > 0 && s.broken("content-of-xpath-filter-is-the-filter"):
		return dataReply((&subtreeFilter{}).apply(filter.children, data))
	case len(filter.children) > 0:
		return failed(unknownElement(filter.children[0]))
	}
	if r, wrong := s.misselected(text, data); wrong {
		return r
	}
	expression, err := netconf.CompileXPath(s.misreadXPath(text), s.scope(filter, text))
	if err != nil && s.broken("xpath-syntax-error-selects-nothing") {
		return dataReply(nil)
	}
	if err != nil {
		return failed(invalidValue(filter, "select is no XPath expression: "+err.Error()))
	}
	tree := newXPathTree(s.rootOfXPath(data))
	nodes, isSet, err := expression.NodeSet(tree.document)
	switch {
	case !isSet && s.broken("xpath-number-answered-with-data"):
		return dataReply(nil)
	case err != nil || !isSet:
		return failed(invalidValue(filter, "select does not give a node-set"))
	case len(nodes) == 0 && s.broken("empty-node-set-refused"):
		return failed(plain(applicationLayer, "data-missing", "nothing is selected"))
	}
	return s.xpathReply(tree, nodes, data, text)
}

// xpathReply gives the subtrees selected, in a wrong form where the server is broken.
func (s *session) xpathReply(tree *xpathTree, nodes []*xmlquery.Node, data *element, text string) reply {
	switch {
	case s.broken("xpath-union-repeats-instances") && strings.Contains(text, "|"):
		var all []*element
		for _, n := range nodes {
			all = append(all, tree.subtrees([]*xmlquery.Node{n}, data).children...)
		}
		return dataReply(all)
	case s.broken("xpath-leaf-without-ancestors") && len(nodes) > 0 && len(tree.element(nodes[0]).children) == 0:
		var bare []*element
		for _, n := range nodes {
			bare = append(bare, tree.element(n))
		}
		return dataReply(bare)
	}
	tree.keyless = s.broken("xpath-omits-keys")
	tree.shortens = s.broken("xpath-cuts-selected-entries")
	return dataReply(tree.subtrees(nodes, data).children)
}

// scope gives the prefixes in scope on the filter (RFC 6241 §8.9.1).
func (s *session) scope(filter *input, text string) netconf.Namespaces {
	all := netconf.Namespaces{}
	for e := filter; e != nil; e = e.parent {
		for prefix, uri := range e.declarations {
			if _, nearer := all[prefix]; !nearer && prefix != "" {
				all[prefix] = uri
			}
		}
		if s.broken("xpath-prefix-of-outer-element-unknown") {
			break
		}
	}
	if all["nc"] != "" && all["nc"] != netconf.BaseNamespace {
		delete(all, "nc") // CompileXPath keeps this prefix for itself
	}
	if s.broken("undeclared-xpath-prefix-selects-nothing") {
		bindUndeclared(all, text)
	}
	return all
}

// xpathTree is data as XPath sees it: a root node with any number of elements (RFC 6241 §8.9.1).
type xpathTree struct {
	document *netconf.Document
	elements map[*xmlquery.Node]*element
	keyless  bool // leaves out keys, which is wrong
	shortens bool // cuts selected list entries, which is wrong
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
		n = t.holder(n)
		whole[t.elements[n]] = true
		for ; n != nil; n = n.Parent {
			path[t.elements[n]] = true
		}
	}
	return t.cut(data, whole, path)
}

// holder gives the node of the element that a node belongs to: a text node stands for its element.
func (t *xpathTree) holder(n *xmlquery.Node) *xmlquery.Node {
	for t.elements[n] == nil && n.Parent != nil {
		n = n.Parent
	}
	return n
}

func (t *xpathTree) element(n *xmlquery.Node) *element { return t.elements[t.holder(n)] }

func (t *xpathTree) cut(e *element, whole, path map[*element]bool) *element {
	if whole[e] {
		if t.shortens && e.schema.kind == list {
			return &element{schema: e.schema, children: e.children[:len(e.children)-1]}
		}
		return e
	}
	out := e.shell()
	for _, c := range e.children {
		switch {
		case path[c]:
			out.children = append(out.children, t.cut(c, whole, path))
		case e.schema.isKey(c.schema.name) && !t.keyless:
			out.children = append(out.children, c)
		}
	}
	return out
}
