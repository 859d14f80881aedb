package datastore

import (
	"context"
	"strings"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// outcome says in a word how a request was answered: ok, data, or the error-tags.
func outcome(reply *session.Reply) string {
	switch {
	case reply.Outcome != session.Answered:
		return reply.Outcome.String()
	case reply.Normal():
		return "ok"
	}
	var tags []string
	for _, e := range reply.Errors {
		tags = append(tags, e.Tag)
	}
	return strings.Join(tags, ", ")
}

// granted tells whether a request was answered with ok.
func granted(reply *session.Reply) bool {
	held, err := BeOK().Match(reply)
	Given(err).To(Succeed())
	return held
}

// refused tells whether the answer is an rpc-error and no ok.
func refused(reply *session.Reply) bool {
	held, err := BeRPCError().Match(reply)
	Given(err).To(Succeed())
	return held
}

// hasTag tells whether an answer is an rpc-error with that tag.
func hasTag(reply *session.Reply, tag string) bool {
	held, err := BeRPCError(tag).Match(reply)
	Given(err).To(Succeed())
	return held
}

// observeOutcome records an answer that the RFC leaves to the server.
func observeOutcome(what string, reply *session.Reply) { Observe(what, outcome(reply)) }

// demandRefused judges a request that must not be carried out, and records the error-tag.
func demandRefused(id, what string, reply *session.Reply) {
	Demand(id, reply).To(BeRPCError())
	Observe("error-tag: "+what, outcome(reply))
}

// demandMissing judges a request without a parameter, and records whether the error names it.
func demandMissing(id, what, parameter string, reply *session.Reply) {
	Demand(id, reply).To(BeRPCError())
	named, err := BeRPCError(MissingElement).WithInfo("bad-element", parameter).Match(reply)
	Given(err).To(Succeed())
	Observe(what, map[bool]string{true: "missing-element that names it", false: outcome(reply)}[named])
}

// demandOKUnlessDenied judges that a request is carried out. The user's rights are no matter of it.
func demandOKUnlessDenied(id string, reply *session.Reply) {
	if hasTag(reply, AccessDenied) {
		NoVerdict("the user may not do it: access-denied")
	}
	Demand(id, reply).To(BeOK())
}

// answering opens a session and sees that requests are carried out there: a server that refuses everything must not
// pass for one that refuses what is wrong.
func answering(ctx context.Context) *session.Session {
	s := Open(ctx)
	Given(s.Ping(ctx)).To(CarryData())
	return s
}
