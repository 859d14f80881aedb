package lock

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// hold asks for a lock that the spec keeps to its end. It is given back by unlock then: a server that does not release
// the locks of a session that ends would fail every spec after this one.
func hold(ctx context.Context, s *session.Session, d datastore.Name) *session.Reply {
	reply := s.Lock(ctx, d)
	if reply.Normal() {
		ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.Unlock(ctx, d) })
	}
	return reply
}

// deniedBy holds for the denial of a lock that a session holds (RFC 6241 §7.5).
func deniedBy(holder *session.Session) Matcher {
	Given(holder.ID()).NotTo(Equal(""))
	return denied(holder.ID())
}

// denied holds for the denial of a lock, with the session-id of its owner: 0 for an owner outside NETCONF.
func denied(owner string) Matcher {
	return BeRPCError(LockDenied).OfType(Protocol).WithInfo("session-id", owner)
}

// refused tells whether the answer is an rpc-error and no ok.
func refused(reply *session.Reply) bool {
	held, _ := BeRPCError().Match(reply) // there is no error for a reply
	return held
}

// demandRefused judges the answer to a request that something stood in the way of. again makes the request once more
// with that taken away: where it is refused even then, the first refusal shows nothing, and the spec ends without a
// verdict.
func demandRefused(id string, reply *session.Reply, again func() *session.Reply) {
	if refused(reply) && refused(again()) {
		NoVerdict("the server refuses the request also where nothing stands in its way")
	}
	Demand(id, reply).To(BeRPCError())
	observeTag(reply)
}

// observeTag records the error-tag of a refusal, where the RFC leaves it to the server.
func observeTag(reply *session.Reply) { Observe("error-tag of the refusal", tags(reply)) }

// tags are the error-tags of an answer, "none" without any.
func tags(reply *session.Reply) string {
	if !refused(reply) {
		return "none"
	}
	var all []string
	for _, e := range reply.Errors {
		all = append(all, e.Tag)
	}
	return strings.Join(all, ", ")
}

// outcome says in a word how a request was answered: ok, or the error-tags.
func outcome(reply *session.Reply) string {
	switch {
	case reply.Outcome != session.Answered:
		return reply.Outcome.String()
	case reply.Normal():
		return "ok"
	}
	return tags(reply)
}
