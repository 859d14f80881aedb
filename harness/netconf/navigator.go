package netconf

import (
	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// navigator moves through a tree as XPath 1.0 §5 sees it. xmlquery's own one takes namespace declarations for
// attributes, passes over white space, and matches a name without a prefix against elements of any namespace.
type navigator struct {
	at   *xmlquery.Node
	attr int // the attribute of at that is meant, -1 for at itself
}

func newNavigator(d *Document) *navigator {
	return &navigator{at: xmlquery.GetRoot(d.Root), attr: -1}
}

// node gives what the navigator stands at; an attribute becomes a node of its own, as in xmlquery.
func (n *navigator) node() *xmlquery.Node {
	if n.attr < 0 {
		return n.at
	}
	a := n.at.Attr[n.attr]
	text := &xmlquery.Node{Type: xmlquery.TextNode, Data: a.Value}
	attribute := &xmlquery.Node{Type: xmlquery.AttributeNode, Data: a.Name.Local, Prefix: a.Name.Space, NamespaceURI: a.NamespaceURI}
	xmlquery.AddChild(attribute, text)
	attribute.Parent = n.at
	return attribute
}

// NodeType is part of xpath.NodeNavigator.
func (n *navigator) NodeType() xpath.NodeType {
	if n.attr >= 0 {
		return xpath.AttributeNode
	}
	switch n.at.Type {
	case xmlquery.DocumentNode:
		return xpath.RootNode
	case xmlquery.CommentNode:
		return xpath.CommentNode
	case xmlquery.TextNode:
		return xpath.TextNode
	}
	return xpath.ElementNode
}

// LocalName is part of xpath.NodeNavigator.
func (n *navigator) LocalName() string {
	if n.attr >= 0 {
		return n.at.Attr[n.attr].Name.Local
	}
	if n.at.Type == xmlquery.ElementNode {
		return n.at.Data
	}
	return ""
}

// Prefix is the namespace: the library compares a name without a prefix with it, and XPath 1.0 §2.3 has such a name in
// no namespace.
func (n *navigator) Prefix() string { return n.NamespaceURL() }

// NamespaceURL is what the library compares with the URI of a bound prefix.
func (n *navigator) NamespaceURL() string {
	if n.attr >= 0 {
		return n.at.Attr[n.attr].NamespaceURI
	}
	return n.at.NamespaceURI
}

// Value is the string-value of XPath 1.0 §5.
func (n *navigator) Value() string {
	switch {
	case n.attr >= 0:
		return n.at.Attr[n.attr].Value
	case n.at.Type == xmlquery.CommentNode:
		return n.at.Data
	}
	return n.at.InnerText()
}

// Copy is part of xpath.NodeNavigator.
func (n *navigator) Copy() xpath.NodeNavigator {
	other := *n
	return &other
}

// MoveToRoot is part of xpath.NodeNavigator.
func (n *navigator) MoveToRoot() { n.at, n.attr = xmlquery.GetRoot(n.at), -1 }

// MoveToParent is part of xpath.NodeNavigator.
func (n *navigator) MoveToParent() bool {
	if n.attr >= 0 {
		n.attr = -1
		return true
	}
	return n.move(n.at.Parent)
}

// MoveToNextAttribute is part of xpath.NodeNavigator; namespace declarations are no attributes (XPath 1.0 §5.3).
func (n *navigator) MoveToNextAttribute() bool {
	for next := n.attr + 1; next < len(n.at.Attr); next++ {
		if _, declaration := declared(n.at.Attr[next].Name); !declaration {
			n.attr = next
			return true
		}
	}
	return false
}

// MoveToChild is part of xpath.NodeNavigator.
func (n *navigator) MoveToChild() bool { return n.attr < 0 && n.move(n.at.FirstChild) }

// MoveToFirst is part of xpath.NodeNavigator.
func (n *navigator) MoveToFirst() bool {
	if n.attr >= 0 || n.at.PrevSibling == nil {
		return false
	}
	return n.move(n.at.Parent.FirstChild)
}

// MoveToNext is part of xpath.NodeNavigator.
func (n *navigator) MoveToNext() bool { return n.attr < 0 && n.move(n.at.NextSibling) }

// MoveToPrevious is part of xpath.NodeNavigator.
func (n *navigator) MoveToPrevious() bool { return n.attr < 0 && n.move(n.at.PrevSibling) }

// MoveTo is part of xpath.NodeNavigator.
func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	o, ok := other.(*navigator)
	if !ok {
		return false
	}
	*n = *o
	return true
}

func (n *navigator) move(to *xmlquery.Node) bool {
	if to == nil {
		return false
	}
	n.at = to
	return true
}
