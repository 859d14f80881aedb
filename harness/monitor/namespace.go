package monitor

import (
	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// namespace holds every protocol element that we can recognise by its place and name against RFC 6241 §3.1.
func namespace(c *Collector, s *session.Session, m session.Message) {
	if m.Document == nil {
		return
	}
	root := m.Document.Root
	for _, n := range protocolElements(root, m) {
		if !inBase(n) {
			c.found(s, "rfc6241-3.1-output-namespace", m.Offset, m.Octets, "<%s> is in the namespace %q and not in %q", n.Data,
				n.NamespaceURI, netconf.BaseNamespace)
		}
	}
	if root.Data != "rpc-reply" {
		return
	}
	for _, data := range named(root, "data") {
		for _, n := range elements(data) {
			if inBase(n) {
				c.seen[DataInBase]++
			}
		}
	}
}

func protocolElements(root *xmlquery.Node, m session.Message) []*xmlquery.Node {
	switch root.Data {
	case "hello":
		return helloElements(root)
	case "rpc-reply":
		return replyElements(root, m)
	}
	return nil // a notification is in a namespace of its own
}

func helloElements(root *xmlquery.Node) []*xmlquery.Node {
	all := []*xmlquery.Node{root}
	for _, n := range elements(root) {
		if n.Data == "session-id" {
			all = append(all, n)
		}
		if n.Data == "capabilities" {
			all = append(all, n)
			all = append(all, ofName(n, "capability")...)
		}
	}
	return all
}

// replyElements leaves out what may be the output of another module's operation, such as the data of get-schema
// (RFC 6022).
func replyElements(root *xmlquery.Node, m session.Message) []*xmlquery.Node {
	all := []*xmlquery.Node{root}
	for _, n := range elements(root) {
		switch {
		case n.Data == "rpc-error":
			all = append(append(all, n), errorElements(n)...)
		case inBase(n):
		case n.Data == "ok" && askedFor(m), n.Data == "data" && askedFor(m, "get", "get-config"):
			all = append(all, n)
		}
	}
	return all
}

// errorElements gives the standard children of an rpc-error, and those of its error-info.
func errorElements(e *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	for _, name := range errorChildren() {
		all = append(all, ofName(e, name)...)
	}
	for _, info := range ofName(e, "error-info") {
		for _, name := range infoChildren() {
			all = append(all, ofName(info, name)...)
		}
	}
	return all
}

// ofName gives the child elements of that local name in any namespace.
func ofName(n *xmlquery.Node, name string) []*xmlquery.Node {
	var all []*xmlquery.Node
	for _, child := range elements(n) {
		if child.Data == name {
			all = append(all, child)
		}
	}
	return all
}
