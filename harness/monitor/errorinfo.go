package monitor

import (
	"regexp"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/session"
)

// mandatedFirst: what Appendix A mandates for the tag stands before what models and vendors add (RFC 6241 §4.3).
func mandatedFirst(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		known, _ := standard(exact(e, "error-tag"))
		for _, info := range named(e, "error-info") {
			if len(known.info) == 0 {
				continue
			}
			c.seen[MandatedInfos]++
			if n, foreign := behindForeign(info, known.info); n != nil {
				c.found(s, "rfc6241-4.3-error-info-mandatory-first", m.Offset, m.Octets,
					"<%s>, which %s mandates, stands behind <%s> of the namespace %q", n.Data, known.tag, foreign.Data, foreign.NamespaceURI)
			}
		}
	}
}

// behindForeign finds the first child of the base namespace with one of the names that follows a child of another
// namespace, and that child.
func behindForeign(info *xmlquery.Node, names []string) (n, foreign *xmlquery.Node) {
	for _, child := range elements(info) {
		switch {
		case !inBase(child) && foreign == nil:
			foreign = child
		case inBase(child) && foreign != nil && slices.Contains(names, child.Data):
			return child, foreign
		}
	}
	return nil, nil
}

// infoStructure: what Appendix B allows in error-info.
func infoStructure(c *Collector, s *session.Session, m session.Message) {
	const requirement = "rfc6241-B-error-info-structure"
	for _, e := range rpcErrors(m) {
		for _, info := range named(e, "error-info") {
			own, sessions := 0, len(named(info, "session-id"))
			for _, n := range elements(info) {
				if !inBase(n) {
					continue
				}
				own++
				if !slices.Contains(infoChildren(), n.Data) {
					c.found(s, requirement, m.Offset, m.Octets, "error-info has a child <%s> of the base namespace that the schema does not know", n.Data)
				}
			}
			if sessions > 0 && own > 1 {
				c.found(s, requirement, m.Offset, m.Octets, "session-id is not the only child of error-info that is in the base namespace")
			}
			if n, foreign := behindForeign(info, infoChildren()); n != nil {
				c.found(s, requirement, m.Offset, m.Octets, "<%s> stands behind <%s> of the namespace %q", n.Data, foreign.Data, foreign.NamespaceURI)
			}
		}
	}
}

// ncName is the production NCName of Namespaces in XML 1.0, without rare characters that are no letters.
const ncName = `[\pL\p{Nl}_][\pL\pN\pM._·-]*`

var qName = regexp.MustCompile(`^(?:` + ncName + `:)?` + ncName + `$`)

// badNames: bad-element and bad-attribute are qualified names whose prefix is declared (RFC 6241 Appendix B).
func badNames(c *Collector, s *session.Session, m session.Message) {
	const requirement = "rfc6241-B-bad-element-qname"
	for _, e := range rpcErrors(m) {
		for _, info := range named(e, "error-info") {
			for _, n := range append(named(info, "bad-element"), named(info, "bad-attribute")...) {
				c.seen[BadNames]++
				value := content(n)
				prefix, _, qualified := strings.Cut(value, ":")
				_, bound := declared(n, prefix)
				switch {
				case !qName.MatchString(value):
					c.found(s, requirement, m.Offset, m.Octets, "%s is %q, which is no qualified name", n.Data, value)
				case !qualified:
					c.seen[BareNames]++
				case !bound:
					c.found(s, requirement, m.Offset, m.Octets, "%s is %q, whose prefix is not declared", n.Data, value)
				}
			}
		}
	}
}
