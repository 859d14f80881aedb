package monitor

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/session"
)

const schemaRequirement = "rfc6241-B-schema-valid-messages"

// Namespaces of attributes that any element may have (XML Schema Part 1 §2.6) or that all XML has.
const (
	declarations   = "http://www.w3.org/2000/xmlns/"
	schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
	xmlItself      = "http://www.w3.org/XML/1998/namespace"
)

// structured are the elements of the messages layer that hold elements only (RFC 6241 Appendix B).
func structured() []string {
	return []string{"hello", "capabilities", "rpc-reply", "rpc-error", "error-info"}
}

// simple are those that hold text only.
func simple() []string {
	return append([]string{"capability", "error-type", "error-tag", "error-severity", "error-app-tag", "error-path"}, infoChildren()...)
}

// schemaValid: the schema of Appendix B, as far as no other check has it.
func schemaValid(c *Collector, s *session.Session, m session.Message) {
	if m.Document != nil && (m.Document.Is("hello") || m.Document.Is("rpc-reply")) {
		schemaBelow(c, s, m, m.Document.Root)
	}
}

// schemaBelow looks at an element of the messages layer and at those below it.
func schemaBelow(c *Collector, s *session.Session, m session.Message, n *xmlquery.Node) {
	isStructured, isSimple := slices.Contains(structured(), n.Data), slices.Contains(simple(), n.Data)
	if isStructured && textBeside(n) {
		c.found(s, schemaRequirement, m.Offset, m.Octets, "there is text between the children of %s", n.Data)
	}
	if isSimple && len(elements(n)) > 0 {
		c.found(s, schemaRequirement, m.Offset, m.Octets, "%s has child elements", n.Data)
	}
	if isStructured || isSimple || n.Data == "error-message" {
		schemaAttributes(c, s, m, n)
	}
	if !isStructured {
		return
	}
	for _, child := range elements(n) {
		if inBase(child) {
			schemaBelow(c, s, m, child)
		}
	}
}

func textBeside(n *xmlquery.Node) bool {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if (child.Type == xmlquery.TextNode || child.Type == xmlquery.CharDataNode) && strings.Trim(child.Data, " \t\r\n") != "" {
			return true
		}
	}
	return false
}

func schemaAttributes(c *Collector, s *session.Session, m session.Message, n *xmlquery.Node) {
	if n.Data == "rpc-reply" {
		return // any attribute that the rpc had (RFC 6241 §4.2)
	}
	for _, a := range n.Attr {
		switch {
		case a.NamespaceURI == declarations || a.NamespaceURI == schemaInstance:
		case a.NamespaceURI == xmlItself:
			if n.Data != "error-message" {
				c.seen[XMLAttributes]++
			}
		default:
			c.found(s, schemaRequirement, m.Offset, m.Octets, "%s has the attribute %s", n.Data, a.Name.Local)
		}
	}
}
