package session

import (
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// Clean tells whether the session is what it was behind the exchange of hellos, as far as RFC 6241 lets a session have a
// state: no request is open, no octet left over, no lock taken, nothing broken on purpose, and nobody has had its stream
// or its connection in hand. It takes in what has arrived, and waits for nothing.
func (s *Session) Clean() bool {
	if !s.agreed || s.guessed || s.deviated || s.handled {
		return false
	}
	s.drain()
	return s.ended == nil && s.stream.Ended() == "" && len(s.pending) == 0 && len(s.others) == 1 && // the hello
		len(s.rest)+len(s.frame)+s.message.length == 0 && s.stream.complete() &&
		!slices.ContainsFunc(s.replies, func(r *Reply) bool { return r.Outcome != Answered || r.Request == nil || !passes(r.Request) })
}

// passes tells whether a request leaves nothing behind in its session but, perhaps, a changed candidate, whatever the
// answer. A confirmed commit ends with its session (RFC 6241 §8.4.1), and a lock too (§7.5).
func passes(sent *Sent) bool {
	return sent.Request.Operation == netconf.Commit() ||
		is(sent, "get", "get-config", "edit-config", "copy-config", "delete-config", "validate", "discard-changes")
}

func is(sent *Sent, operations ...string) bool {
	return slices.ContainsFunc(operations, func(name string) bool {
		rest, begins := strings.CutPrefix(sent.Request.Operation, "<"+name)
		return begins && rest != "" && strings.ContainsRune(" />\n", rune(rest[0]))
	})
}

// Edited tells whether the session has edited something and neither committed nor discarded it since. A candidate may be
// the session's own (RFC 6241 §8.3.1), so that nobody else can put it in order.
func (s *Session) Edited() bool {
	edited := false
	for _, r := range s.replies {
		switch {
		case r.Request == nil:
		case is(r.Request, "edit-config", "copy-config"):
			edited = true
		case r.OK && (is(r.Request, "discard-changes") || r.Request.Request.Operation == netconf.Commit()):
			edited = false
		}
	}
	return edited
}

// Again hands a clean session to its next user, under another name and with a recording of its own, which begins with the
// hellos as they were. What the last user has sent and received is forgotten.
func (s *Session) Again(name string, tape Tape) {
	s.config.Name, s.config.Tape = name, tape
	s.replies, s.rpcs, s.settled, s.troubles = nil, 0, false, troubles{}
	if tape == nil {
		return
	}
	s.Note("this session was opened for a spec before this one; here are its hellos again")
	now := s.config.Now()
	tape.Sent(name, wire.EndOfMessage, s.greeting, now)
	tape.Received(name, wire.EndOfMessage, s.others[0].Frame, now)
}
