package monitor

import (
	"regexp"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/session"
)

// errorFields: type, tag and severity, once each, with a value of RFC 6241 §4.3 and Appendix A.
func errorFields(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		severities := []string{"error"}
		known, isKnown := standard(exact(e, "error-tag"))
		if !isKnown {
			severities = append(severities, "warning") // only the tags of Appendix A are never warnings
		}
		if isKnown && !slices.Contains(known.types, exact(e, "error-type")) {
			c.seen[UnsuitedTypes]++
		}
		field(c, s, m, e, "error-type", "rfc6241-4.3-error-type-present-valid", errorTypes())
		field(c, s, m, e, "error-tag", "rfc6241-4.3-error-tag-present-valid", errorTags())
		field(c, s, m, e, "error-severity", "rfc6241-4.3-error-severity-present-valid", severities)
	}
}

// field wants a child once with one of the values. The values are enumerations of xs:string, so white space counts. One
// that stands in another namespace is a finding of §3.1 alone.
func field(c *Collector, s *session.Session, m session.Message, e *xmlquery.Node, name, requirement string, values []string) {
	found := named(e, name)
	if len(found) < len(ofName(e, name)) {
		return
	}
	if len(found) != 1 {
		c.found(s, requirement, m.Offset, m.Octets, "rpc-error has %d %s elements, not one", len(found), name)
		return
	}
	if value := found[0].InnerText(); !slices.Contains(values, value) {
		c.found(s, requirement, m.Offset, m.Octets, "%s is %q and none of %s", name, value, strings.Join(values, ", "))
	}
}

// exact gives the text of the first child of that name as it stands.
func exact(e *xmlquery.Node, name string) string {
	if found := named(e, name); len(found) > 0 {
		return found[0].InnerText()
	}
	return ""
}

// errorOrder: the schema of Appendix B gives a sequence, each element at most once.
func errorOrder(c *Collector, s *session.Session, m session.Message) {
	const requirement = "rfc6241-B-error-child-order"
	order := errorChildren()
	for _, e := range rpcErrors(m) {
		last := -1
		for _, n := range elements(e) {
			at := slices.Index(order, n.Data)
			switch {
			case !inBase(n):
				continue
			case at < 0:
				c.found(s, requirement, m.Offset, m.Octets, "rpc-error has a child <%s> of the base namespace that the schema does not know", n.Data)
			case at == last:
				c.found(s, requirement, m.Offset, m.Octets, "%s is there twice", n.Data)
			case at < last:
				c.found(s, requirement, m.Offset, m.Octets, "%s stands behind %s", n.Data, order[last])
			}
			last = max(last, at)
		}
	}
}

// emptyChildren: error-app-tag and error-info are left out where there is nothing to put in them (RFC 6241 §4.3).
func emptyChildren(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, n := range append(named(e, "error-app-tag"), named(e, "error-info")...) {
			if content(n) == "" && len(elements(n)) == 0 {
				c.found(s, "rfc6241-4.3-optional-children-not-empty", m.Offset, m.Octets, "%s is empty", n.Data)
			}
		}
	}
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

// errorMessage: text for people, with a language (RFC 6241 §4.3).
func errorMessage(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, n := range named(e, "error-message") {
			if len(elements(n)) > 0 {
				c.found(s, "rfc6241-4.3-error-message-human", m.Offset, m.Octets, "error-message has child elements")
			} else if content(n) == "" {
				c.found(s, "rfc6241-4.3-error-message-human", m.Offset, m.Octets, "error-message is empty")
			}
			if lang, given := xmlLang(n); !given {
				c.found(s, "rfc6241-4.3-error-message-lang", m.Offset, m.Octets, "error-message has no xml:lang")
			} else if !languageTag.MatchString(lang) {
				c.found(s, "rfc6241-4.3-error-message-lang", m.Offset, m.Octets, "xml:lang of error-message is %q, which is no language tag", lang)
			}
		}
	}
}

func xmlLang(n *xmlquery.Node) (string, bool) {
	for _, a := range n.Attr {
		if a.Name.Local == "lang" && a.NamespaceURI == "http://www.w3.org/XML/1998/namespace" {
			return a.Value, true
		}
	}
	return "", false
}
