package monitor

import (
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// rpcErrors gives the rpc-errors of a reply.
func rpcErrors(m session.Message) []*xmlquery.Node {
	if !m.Document.Is("rpc-reply") {
		return nil
	}
	return named(m.Document.Root, "rpc-error")
}

// elements gives the child elements of a node.
func elements(n *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			all = append(all, child)
		}
	}
	return all
}

// named gives the child elements of that name in the base namespace.
func named(n *xmlquery.Node, name string) []*xmlquery.Node {
	var all []*xmlquery.Node
	for _, child := range elements(n) {
		if child.Data == name && inBase(child) {
			all = append(all, child)
		}
	}
	return all
}

func inBase(n *xmlquery.Node) bool { return n.NamespaceURI == netconf.BaseNamespace }

// content is the text of a node without the white space around it.
func content(n *xmlquery.Node) string { return strings.Trim(n.InnerText(), " \t\r\n") }

// declared gives the namespace that a prefix is bound to at a node.
func declared(n *xmlquery.Node, prefix string) (string, bool) {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Name.Space == "xmlns" && a.Name.Local == prefix {
				return a.Value, true
			}
		}
	}
	return "", prefix == "xml"
}

// asked gives the request that a message answers as a document, nil where its form is not known.
func asked(m session.Message) *netconf.Document {
	if m.Request == nil || m.Request.Raw {
		return nil
	}
	d, _ := netconf.Parse(m.Request.Request.Marshal())
	return d
}

// askedFor tells whether a message answers a request for that operation of the base namespace; without names, for any.
func askedFor(m session.Message, operations ...string) bool {
	d := asked(m)
	if d == nil {
		return false
	}
	inside := elements(d.Root)
	if len(inside) != 1 || !inBase(inside[0]) {
		return false
	}
	for _, name := range operations {
		if inside[0].Data == name {
			return true
		}
	}
	return len(operations) == 0
}
