package xml

import (
	"context"
	"errors"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

const (
	base    = netconf.BaseNamespace
	silence = "silence"
	closed  = "closed"
)

// broken is a message that is framed well and is no request, and what is wrong with it.
type broken struct {
	what    string
	message string
}

// rpc is a request as it stands, with its end.
func rpc(inside string) string {
	return `<rpc message-id="1" xmlns="` + base + `">` + inside + `</rpc>`
}

// provoked sends one broken message on a session of its own, which has answered a request before, and gives the session
// and the first thing that came of it. Silent means that neither a reply nor the end came in three times the grace.
func provoked(ctx context.Context, message string) (*session.Session, *session.Reply) {
	s := Open(ctx)
	return s, provoke(ctx, s, message)
}

func provoke(ctx context.Context, s *session.Session, message string) *session.Reply {
	Given(s).To(StillAnswer(ctx))
	seen := len(s.Replies())
	write(ctx, s, message)
	_, err := s.Next(ctx)
	switch replies := s.Replies(); {
	case ctx.Err() != nil:
		Broken("waiting for the reaction: %v", err)
	case len(replies) > seen:
		return replies[seen]
	case s.HasEnded():
		return &session.Reply{Outcome: session.Ended, Err: errors.New("it closed the session instead of a reply")}
	}
	return &session.Reply{Outcome: session.Silent}
}

// write sends a message that the server may answer by going away.
func write(ctx context.Context, s *session.Session, message string) {
	err := s.Break(ctx, wire.Append(nil, s.Framing(), []byte(message)))
	var refused *session.Refused
	if err != nil && (errors.As(err, &refused) || ctx.Err() != nil) {
		Broken("sending the probe: %v", err)
	}
}

// reaction says in a word what a server did.
func reaction(r *session.Reply) string {
	switch {
	case r.Outcome == session.Silent:
		return silence
	case r.Outcome != session.Answered:
		return closed
	case len(r.Errors) > 0:
		return "rpc-error " + r.Errors[0].Tag
	}
	return "a normal reply"
}

// beMalformed is what a server should answer to a message that is no well-formed XML in UTF-8.
func beMalformed() Matcher {
	return BeRPCError(MalformedMessage).OfType(RPC).OfSeverity("error")
}

// demandMalformed judges the answer to each broken message. Silence is judged by another requirement.
func demandMalformed(ctx context.Context, id string, cases ...broken) {
	for _, c := range cases {
		s, reply := provoked(ctx, c.message)
		s.Note("%s", c.what)
		if reply.Outcome == session.Silent {
			Observe("reaction to "+c.what, silence)
			continue
		}
		Observe("reaction to "+c.what, reaction(reply), "rpc-error "+MalformedMessage)
		Demand(id, reply).To(beMalformed())
	}
	Given(Open(ctx)).To(StillAnswer(ctx))
}
