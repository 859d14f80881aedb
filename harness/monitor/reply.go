package monitor

import (
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// messageID: only the reply to a request without one may lack the message-id (RFC 6241 §4.3). Whether it is the right
// one is for the probes of §4.1.
func messageID(c *Collector, s *session.Session, m session.Message) {
	if m.Request == nil || m.Request.Raw || m.Document == nil {
		return
	}
	reply, err := netconf.ParseReply(m.Document)
	if err != nil {
		return
	}
	switch {
	case m.Request.Request.NoMessageID && reply.HasMessageID:
		c.seen[InventedIDs]++
	case !m.Request.Request.NoMessageID && !reply.HasMessageID:
		c.found(s, "rfc6241-4.3-message-id-omitted-only-then", m.Offset, m.Octets,
			"the reply to the request with message-id %q has none", m.Request.MessageID)
	}
}

// replyChildren: the result stands in one or more child elements (RFC 6241 §4.2).
func replyChildren(c *Collector, s *session.Session, m session.Message) {
	if m.Document.Is("rpc-reply") && len(elements(m.Document.Root)) == 0 {
		c.found(s, "rfc6241-4.2-reply-has-children", m.Offset, m.Octets, "the rpc-reply has no child element")
	}
}

// okAlone: ok alone, or rpc-errors and then the operation's output (RFC 6241 Appendix B).
func okAlone(c *Collector, s *session.Session, m session.Message) {
	if !m.Document.Is("rpc-reply") {
		return
	}
	children := elements(m.Document.Root)
	if len(named(m.Document.Root, "ok")) > 0 {
		if len(children) > 1 {
			c.found(s, "rfc6241-B-reply-ok-exclusive", m.Offset, m.Octets, "ok is not the only child: there are %d", len(children))
		}
		return
	}
	output := ""
	for _, n := range children {
		if !inBase(n) || n.Data != "rpc-error" {
			output = n.Data
		} else if output != "" {
			c.found(s, "rfc6241-B-reply-ok-exclusive", m.Offset, m.Octets, "an rpc-error stands behind <%s>", output)
			return
		}
	}
}
