package monitor

import "github.com/ncspec/ncspec/harness/session"

// uniqueIDs: a session-id names one of the sessions open at the same time (RFC 6241 §8.1).
func uniqueIDs(c *Collector, s *session.Session, m session.Message) {
	if m.Document == nil || !m.Document.Is("hello") {
		return
	}
	id := idOf(m)
	if id == "" {
		return
	}
	for other := range c.open {
		if other == s || other.HasEnded() || other.ID() == "" {
			continue
		}
		c.seen[Together]++
		if other.ID() == id {
			c.found(s, "rfc6241-8.1-session-id-identifies-session", m.Offset, m.Octets,
				"session-id %s is that of session %s too, which is open at the same time", id, other.Name())
		}
	}
}

func idOf(m session.Message) string {
	for _, n := range named(m.Document.Root, "session-id") {
		return n.InnerText()
	}
	return ""
}
