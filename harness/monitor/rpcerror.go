package monitor

import (
	"regexp"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func errorTypes() []string { return []string{"transport", "rpc", "protocol", "application"} }

// errorTags are the values of RFC 6241 Appendix A.
func errorTags() []string {
	return []string{"in-use", "invalid-value", "too-big", "missing-attribute", "bad-attribute", "unknown-attribute",
		"missing-element", "bad-element", "unknown-element", "unknown-namespace", "access-denied", "lock-denied",
		"resource-denied", "rollback-failed", "data-exists", "data-missing", "operation-not-supported", "operation-failed",
		"partial-operation", "malformed-message"}
}

// errorFields: type, tag and severity, once each, with a value of RFC 6241 §4.3 and Appendix A.
func errorFields(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		oneOf(c, s, m, e, "error-type", "rfc6241-4.3-error-type-present-valid", errorTypes())
		oneOf(c, s, m, e, "error-tag", "rfc6241-4.3-error-tag-present-valid", errorTags())
		severities := []string{"error"}
		if !slices.Contains(errorTags(), text(e, "error-tag")) {
			severities = append(severities, "warning")
		}
		oneOf(c, s, m, e, "error-severity", "rfc6241-4.3-error-severity-present-valid", severities)
	}
}

func oneOf(c *Collector, s *session.Session, m session.Message, e *xmlquery.Node, name, requirement string, values []string) {
	found := named(e, name)
	if len(found) != 1 {
		c.found(s, requirement, m.Offset, m.Octets, "rpc-error has %d %s elements, not one", len(found), name)
		return
	}
	if value := strings.TrimSpace(found[0].InnerText()); !slices.Contains(values, value) {
		c.found(s, requirement, m.Offset, m.Octets, "%s is %q and none of %s", name, value, strings.Join(values, ", "))
	}
}

func text(e *xmlquery.Node, name string) string {
	if found := named(e, name); len(found) > 0 {
		return strings.TrimSpace(found[0].InnerText())
	}
	return ""
}

// errorOrder: the schema of Appendix B gives a sequence, each element at most once, the first three always there.
func errorOrder(c *Collector, s *session.Session, m session.Message) {
	order := []string{"error-type", "error-tag", "error-severity", "error-app-tag", "error-path", "error-message", "error-info"}
	for _, e := range rpcErrors(m) {
		last := -1
		for _, n := range elements(e) {
			at := slices.Index(order, n.Data)
			if n.NamespaceURI != netconf.BaseNamespace || at < 0 {
				c.found(s, "rfc6241-B-error-child-order", m.Offset, m.Octets, "rpc-error has a child <%s> that the schema does not know", n.Data)
				continue
			}
			if at <= last {
				c.found(s, "rfc6241-B-error-child-order", m.Offset, m.Octets, "%s stands behind %s", n.Data, order[last])
			}
			last = max(last, at)
		}
	}
}

// errorInfo: what Appendix B allows in error-info and in which order; neither it nor error-app-tag stands empty.
func errorInfo(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, n := range named(e, "error-app-tag") {
			if strings.TrimSpace(n.InnerText()) == "" {
				c.found(s, "rfc6241-4.3-optional-children-not-empty", m.Offset, m.Octets, "error-app-tag is empty")
			}
		}
		for _, info := range named(e, "error-info") {
			infoStructure(c, s, m, info)
		}
	}
}

func infoStructure(c *Collector, s *session.Session, m session.Message, info *xmlquery.Node) {
	children := elements(info)
	if len(children) == 0 {
		c.found(s, "rfc6241-4.3-optional-children-not-empty", m.Offset, m.Octets, "error-info is empty")
	}
	foreign, sessions, others := false, 0, 0
	for _, n := range children {
		switch {
		case n.NamespaceURI != netconf.BaseNamespace:
			foreign = true
			continue
		case n.Data == "session-id":
			sessions++
		case standardInfo(n.Data):
			others++
		default:
			c.found(s, "rfc6241-B-error-info-structure", m.Offset, m.Octets, "error-info has a base child <%s> that the schema does not know", n.Data)
		}
		if foreign {
			c.found(s, "rfc6241-4.3-error-info-mandatory-first", m.Offset, m.Octets, "<%s> of the protocol stands behind an element of another namespace", n.Data)
		}
	}
	if sessions > 1 || sessions == 1 && others > 0 {
		c.found(s, "rfc6241-B-error-info-structure", m.Offset, m.Octets, "session-id is not alone in error-info")
	}
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

// errorMessage: text for people, with a language (RFC 6241 §4.3).
func errorMessage(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, n := range named(e, "error-message") {
			if strings.TrimSpace(n.InnerText()) == "" || len(elements(n)) > 0 {
				c.found(s, "rfc6241-4.3-error-message-human", m.Offset, m.Octets, "error-message is empty or has child elements")
			}
			if lang := xmlLang(n); !languageTag.MatchString(lang) {
				c.found(s, "rfc6241-4.3-error-message-lang", m.Offset, m.Octets, "xml:lang of error-message is %q", lang)
			}
		}
	}
}

func xmlLang(n *xmlquery.Node) string {
	for _, a := range n.Attr {
		if a.Name.Local == "lang" && (a.Name.Space == "xml" || a.NamespaceURI == "http://www.w3.org/XML/1998/namespace") {
			return a.Value
		}
	}
	return ""
}

var qName = regexp.MustCompile(`^(?:([\pL_][\pL\pN._-]*):)?[\pL_][\pL\pN._-]*$`)

// badNames: bad-element and bad-attribute are qualified names whose prefix is declared (RFC 6241 Appendix A, B).
func badNames(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, info := range named(e, "error-info") {
			for _, n := range append(named(info, "bad-element"), named(info, "bad-attribute")...) {
				value := strings.TrimSpace(n.InnerText())
				parts := qName.FindStringSubmatch(value)
				switch {
				case parts == nil:
					c.found(s, "rfc6241-B-bad-element-qname", m.Offset, m.Octets, "%s is %q, which is no qualified name", n.Data, value)
				case parts[1] != "" && parts[1] != "xml" && !declared(n, parts[1]):
					c.found(s, "rfc6241-B-bad-element-qname", m.Offset, m.Octets, "%s is %q, whose prefix is not declared", n.Data, value)
				}
			}
		}
	}
}

func declared(n *xmlquery.Node, prefix string) bool {
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Name.Space == "xmlns" && a.Name.Local == prefix {
				return true
			}
		}
	}
	return false
}
