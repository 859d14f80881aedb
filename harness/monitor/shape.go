package monitor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/session"
)

// oldRPCTags are the tags that RFC 4741 Appendix A has with error-type rpc and RFC 6241 Appendix A has not.
func oldRPCTags() []string {
	return []string{"missing-element", "bad-element", "unknown-element", "unknown-namespace", "access-denied", "operation-not-supported"}
}

// OldServer tells whether a session is with a server that knows base:1.0 alone.
func OldServer(s *session.Session) bool {
	return s.Hello() == nil || !s.Hello().Capabilities.Has("base:1.1")
}

// UnsuitedType says what is wrong with the error-type of an rpc-error beside its error-tag (RFC 6241 Appendix A), "" for
// nothing. old is for a server that knows base:1.0 alone (RFC 4741 Appendix A). A type of no layer is for the check of
// the element itself.
func UnsuitedType(e *xmlquery.Node, old bool) string {
	tag, kind := exact(e, "error-tag"), exact(e, "error-type")
	known, isKnown := standard(tag)
	if !isKnown || !slices.Contains(errorTypes(), kind) {
		return ""
	}
	types := known.types
	if old && slices.Contains(oldRPCTags(), tag) {
		types = append([]string{"rpc"}, types...)
	}
	if slices.Contains(types, kind) {
		return ""
	}
	return fmt.Sprintf("error-type of %s is %s and none of %s", tag, kind, strings.Join(types, ", "))
}

// LackingInfo says which child of error-info is missing or empty that is mandatory for the error-tag (RFC 6241
// Appendix A), "" for none.
func LackingInfo(e *xmlquery.Node) string {
	known, isKnown := standard(exact(e, "error-tag"))
	if !isKnown || known.tag == partialOperation {
		return "" // the obsolete tag names elements only where there are some
	}
	for _, child := range known.info {
		if !filled(e, child) {
			return fmt.Sprintf("error-info of %s has no %s, or an empty one", known.tag, child)
		}
	}
	return ""
}

func filled(e *xmlquery.Node, child string) bool {
	return slices.ContainsFunc(named(e, "error-info"), func(info *xmlquery.Node) bool {
		return slices.ContainsFunc(named(info, child), func(n *xmlquery.Node) bool { return content(n) != "" })
	})
}

const (
	operationFailed  = "operation-failed"
	resourceDenied   = "resource-denied"
	partialOperation = "partial-operation"
)

// standardShape holds each rpc-error against the list of RFC 6241 Appendix A, or of RFC 4741 Appendix A.
func standardShape(c *Collector, s *session.Session, m session.Message) {
	old := OldServer(s)
	for _, e := range rpcErrors(m) {
		if exact(e, "error-severity") == "warning" {
			c.seen[Warnings]++
		}
		tag := exact(e, "error-tag")
		c.seen[Kind(tag)]++
		known, isKnown := standard(tag)
		if !isKnown {
			continue
		}
		c.seen[StandardErrors]++
		if len(known.info) > 0 {
			c.seen[MandatedErrors]++
		}
		if old && slices.Contains(oldRPCTags(), tag) {
			c.seen[OldRPCErrors]++
		}
		if why := UnsuitedType(e, old); why != "" {
			unsuited(c, s, m, tag, why)
		}
		if why := LackingInfo(e); why != "" {
			c.found(s, "rfc6241-A-mandatory-error-info-present", m.Offset, m.Octets, "%s", why)
		}
		if tag == partialOperation {
			c.found(s, "rfc6241-A-partial-operation", m.Offset, m.Octets, "error-tag is the obsolete partial-operation")
		}
	}
}

// unsuited notes an error-type that the tag does not allow. RFC 4741 is asked only for the tags that it has with rpc.
func unsuited(c *Collector, s *session.Session, m session.Message, tag, why string) {
	switch old := OldServer(s); {
	case !old:
		c.found(s, "rfc6241-A-type-allowed-for-tag", m.Offset, m.Octets, "%s", why)
	case slices.Contains(oldRPCTags(), tag):
		c.found(s, "rfc4741-A-error-type-rpc-allowed", m.Offset, m.Octets, "%s", why)
	}
	if tag == operationFailed || tag == resourceDenied { // no probe can be sure to bring them forth
		c.found(s, "rfc6241-A-"+tag, m.Offset, m.Octets, "%s", why)
	}
}

// foreignInfos counts what models and vendors add to error-info (RFC 6241 §4.3).
func foreignInfos(c *Collector, _ *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, info := range named(e, "error-info") {
			for _, n := range elements(info) {
				if !inBase(n) {
					c.seen[ForeignInfos]++
				}
			}
		}
	}
}
