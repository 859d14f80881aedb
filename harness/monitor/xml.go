package monitor

import (
	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// faultRequirements sorts the strict XML check's rules by the requirement that they break (RFC 6241 §3, §3.2).
func faultRequirement(r netconf.FaultRule) string {
	switch r {
	case "not-utf8", "encoding-declared":
		return "rfc6241-3-output-utf8"
	case "doctype":
		return "rfc6241-3.2-no-doctype-sent"
	case "byte-order-mark":
		return "" // legal XML; the hello suite reports it
	}
	return "rfc6241-3-output-well-formed"
}

func wellFormed(c *Collector, s *session.Session, m session.Message) {
	report(c, s, m, "rfc6241-3-output-well-formed")
}

func encoding(c *Collector, s *session.Session, m session.Message) {
	report(c, s, m, "rfc6241-3-output-utf8")
}

func documentType(c *Collector, s *session.Session, m session.Message) {
	report(c, s, m, "rfc6241-3.2-no-doctype-sent")
}

func report(c *Collector, s *session.Session, m session.Message, requirement string) {
	for _, f := range m.Faults {
		if faultRequirement(f.Rule) == requirement {
			c.found(s, requirement, m.Offset+f.Offset, around(m.Octets, f.Offset), "%s", f.Error())
		}
	}
}

// around cuts out what stands before and behind a fault.
func around(octets []byte, offset int64) []byte {
	at := int(min(max(offset, 0), int64(len(octets))))
	return octets[max(0, at-excerpt/2):min(len(octets), at+excerpt/2)]
}

// namespace holds every protocol element that we can recognise by its place and name against RFC 6241 §3.1.
func namespace(c *Collector, s *session.Session, m session.Message) {
	if m.Document == nil {
		return
	}
	for _, n := range protocolElements(m.Document.Root) {
		if n.NamespaceURI != netconf.BaseNamespace {
			c.found(s, "rfc6241-3.1-output-namespace", m.Offset, m.Octets, "<%s> is in the namespace %q and not in %q", n.Data,
				n.NamespaceURI, netconf.BaseNamespace)
		}
	}
}

func protocolElements(root *xmlquery.Node) []*xmlquery.Node {
	all := []*xmlquery.Node{root}
	switch root.Data {
	case "hello":
		for _, n := range elements(root) {
			if n.Data == "capabilities" || n.Data == "session-id" {
				all = append(all, n)
				all = append(all, elements(n)...)
			}
		}
	case "rpc-reply":
		for _, n := range elements(root) {
			// An output element named data may belong to get-schema (RFC 6022) or another module's operation.
			if n.Data == "ok" || n.Data == "rpc-error" {
				all = append(all, n)
			}
			if n.Data == "rpc-error" {
				all = append(all, errorElements(n)...)
			}
		}
	}
	return all
}

// errorElements gives the children of an rpc-error, and those of error-info that bear a name of Appendix B.
func errorElements(e *xmlquery.Node) []*xmlquery.Node {
	all := elements(e)
	for _, n := range elements(e) {
		if n.Data != "error-info" {
			continue
		}
		for _, info := range elements(n) {
			if standardInfo(info.Data) {
				all = append(all, info)
			}
		}
	}
	return all
}

func standardInfo(name string) bool {
	switch name {
	case "bad-attribute", "bad-element", "ok-element", "err-element", "noop-element", "bad-namespace":
		return true
	}
	return false
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
		if child.Data == name && child.NamespaceURI == netconf.BaseNamespace {
			all = append(all, child)
		}
	}
	return all
}

func rpcErrors(m session.Message) []*xmlquery.Node {
	if m.Document == nil || !m.Document.Is("rpc-reply") {
		return nil
	}
	return named(m.Document.Root, "rpc-error")
}
