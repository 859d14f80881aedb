package monitor

import (
	"time"

	"github.com/ncspec/ncspec/harness/session"
)

// opened is what is known of a session that has not been seen to end.
type opened struct {
	id  string
	at  time.Time // of the hello
	met map[*session.Session]bool
}

// uniqueIDs: a session-id names one of the sessions open at the same time (RFC 6241 §8.1). A server may give the id of a
// session that is over to the next one before its end has reached us. So two sessions count as open together only when
// the earlier one answers behind the hello of the later one.
func uniqueIDs(c *Collector, s *session.Session, m session.Message) {
	own := c.open[s]
	if own == nil || m.Document == nil {
		return
	}
	if m.Document.Is("hello") {
		*own = opened{id: idOf(m), at: m.At, met: map[*session.Session]bool{}}
		return
	}
	for other, later := range c.open {
		if own.id == "" || later.id == "" || own.met[other] || !own.at.Before(later.at) || !later.at.Before(m.At) {
			continue
		}
		own.met[other] = true
		c.seen[Together]++
		if own.id == later.id {
			c.found(s, "rfc6241-8.1-session-id-identifies-session", m.Offset, m.Octets,
				"session-id %s is that of session %s too, which is open at the same time", own.id, other.Name())
		}
	}
}

func idOf(m session.Message) string {
	for _, n := range named(m.Document.Root, "session-id") {
		return content(n)
	}
	return ""
}
