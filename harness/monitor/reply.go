package monitor

import (
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// idEcho holds the message-id of a reply against that of its request, where we sent one that can be relied on
// (RFC 6241 §4.1, §4.2). Only a request without one lets the server leave it out (§4.3).
func idEcho(c *Collector, s *session.Session, m session.Message) {
	if m.Deviated || m.Request == nil || m.Request.Request.NoMessageID || m.Document == nil {
		return
	}
	reply, err := netconf.ParseReply(m.Document)
	if err != nil {
		return
	}
	switch {
	case !reply.HasMessageID:
		c.found(s, "rfc6241-4.3-message-id-omitted-only-then", m.Offset, m.Octets,
			"the reply to the request with message-id %q has none", m.Request.MessageID)
	case reply.MessageID != m.Request.MessageID && !m.Request.Raw:
		c.found(s, "rfc6241-4.1-message-id-echo", m.Offset, m.Octets,
			"the reply to the request with message-id %q has %q", m.Request.MessageID, reply.MessageID)
	}
}

// replyChildren: the result stands in one or more child elements (RFC 6241 §4.2).
func replyChildren(c *Collector, s *session.Session, m session.Message) {
	if m.Document != nil && m.Document.Is("rpc-reply") && len(elements(m.Document.Root)) == 0 {
		c.found(s, "rfc6241-4.2-reply-has-children", m.Offset, m.Octets, "the rpc-reply has no child element")
	}
}

// okAlone: ok alone, or rpc-errors and then the operation's output (RFC 6241 Appendix B).
func okAlone(c *Collector, s *session.Session, m session.Message) {
	if m.Document == nil || !m.Document.Is("rpc-reply") {
		return
	}
	children := elements(m.Document.Root)
	oks, output := 0, false
	for _, n := range children {
		base := n.NamespaceURI == netconf.BaseNamespace
		switch {
		case base && n.Data == "ok":
			oks++
		case base && n.Data == "rpc-error":
			if output {
				c.found(s, "rfc6241-B-reply-ok-exclusive", m.Offset, m.Octets, "an rpc-error stands behind the operation's output")
			}
		default:
			output = true
		}
	}
	if oks > 0 && len(children) > 1 {
		c.found(s, "rfc6241-B-reply-ok-exclusive", m.Offset, m.Octets, "ok is not the only child: there are %d", len(children))
	}
}
