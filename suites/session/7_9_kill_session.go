package session

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func killSession() {
	It("ends the session named, and no other", Spec("session/kill-session"), Covers("rfc6241-7.9-ok-and-closed"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-7.9-ok-and-closed"
			victim, killer, other := Open(ctx, Named("victim")), Open(ctx, Named("killer")), Open(ctx, Named("other"))
			answering(ctx, victim, killer, other)
			Demand(id, allowed(killer.KillSession(ctx, victim.ID()))).To(BeOK())
			Demand(id, victim.AwaitEnd(ctx)).To(BeOver())
			Demand(id, AwaitClosed(ctx, victim)).To(beClosed())
			Demand(id, killer).To(StillAnswer(ctx))
			Demand(id, other).To(StillAnswer(ctx))
		})

	It("aborts what the session is doing", Spec("session/kill-session-aborts"), Covers("rfc6241-7.9-aborts-operations"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-7.9-aborts-operations"
			victim, killer := Open(ctx, Named("victim")), Open(ctx, Named("killer"))
			answering(ctx, victim, killer)
			everything := killer.RPC(ctx, netconf.Get(""))
			Given(everything).To(CarryData())
			sent := victim.Pipeline(ctx, slow(len(everything.Message.Octets)))
			// The first of them is quick: when it is answered the server is busy with the others.
			Given(victim.Await(ctx, sent[0])).To(CarryData())
			seen := len(victim.Replies())
			Demand(id, allowed(killer.KillSession(ctx, victim.ID()))).To(BeOK())
			Demand(id, victim.AwaitEnd(ctx)).To(BeOver())
			Demand(id, AwaitClosed(ctx, victim)).To(beClosed())
			Demand(id, killer).To(StillAnswer(ctx))
			Observe("replies that came whole before the end", len(victim.Replies())-seen)
			Observe("requests under way", len(sent)-1)
		})

	It("refuses to kill the session that asks", Spec("session/kill-own-session"), Covers("rfc6241-7.9-own-session"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-7.9-own-session"
			s := Open(ctx)
			answering(ctx, s)
			Demand(id, allowed(s.KillSession(ctx, s.ID()))).To(BeRPCError(InvalidValue))
			Demand(id, s).To(StillAnswer(ctx))
		})

	It("refuses to kill a session that is not there", Spec("session/kill-unknown-session"), Covers("rfc6241-7.9-unknown-session"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			answering(ctx, s)
			reply := allowed(s.KillSession(ctx, nobody))
			Demand("rfc6241-7.9-unknown-session", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag)
			Given(s).To(StillAnswer(ctx))
		})

	It("refuses kill-session without a session-id", Spec("session/kill-without-session-id"), Covers("rfc6241-7.9-missing-session-id"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-7.9-missing-session-id"
			s, other := Open(ctx), Open(ctx)
			answering(ctx, s, other)
			reply := allowed(s.RPC(ctx, "<kill-session/>"))
			Demand(id, reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag, MissingElement)
			Observe("bad-element", reply.Errors[0].BadElement, "session-id")
			Demand(id, s).To(StillAnswer(ctx))
			Demand(id, other).To(StillAnswer(ctx))
		})
}

// nobody is the id of no session: servers count from 1 up.
const nobody = "4294967294"

// answering shows that sessions work, and can be named, before anything is done to them.
func answering(ctx context.Context, sessions ...*session.Session) {
	for _, s := range sessions {
		Given(s.ID()).To(Hold("the session-id of the server's hello", func(id string) bool { return id != "" }))
		Given(s).To(StillAnswer(ctx))
	}
}

const (
	// between is more than what lies between a server and a client that does not read can hold, in octets.
	between = 8 << 20
	// fewest and most are how often everything may be asked for.
	fewest, most = 4, 300
)

// slow is a pipeline of requests that keeps a server busy: next to nothing first, then everything it knows, of that many
// octets, until nobody can be done with it as long as the answers are not read.
func slow(everything int) []string {
	operations := []string{session.Nothing()}
	for range min(max(between/everything, fewest), most) {
		operations = append(operations, netconf.Get(""))
	}
	return operations
}

// allowed leaves the spec without a verdict where this user may not kill sessions.
func allowed(reply *session.Reply) *session.Reply {
	if denied, _ := BeRPCError(AccessDenied).Match(reply); denied {
		NoVerdict("this user may not kill sessions")
	}
	return reply
}

func afterKill() {
	It("leaves changes of the killed session in place", Spec("session/kill-leaves-changes"), Needs("fixture:leaf"),
		Covers("rfc6241-7.9-no-rollback-otherwise"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-7.9-no-rollback-otherwise"
			victim, killer, l := Open(ctx, Named("victim")), Open(ctx, Named("killer")), FixtureLeaf(ctx)
			answering(ctx, victim, killer)
			Given(victim.Lock(ctx, running)).To(BeOK())
			_, value := l.Change(ctx, victim)
			commit(ctx, victim, l)
			Given(allowed(killer.KillSession(ctx, victim.ID()))).To(BeOK())
			Given(victim.AwaitEnd(ctx)).To(BeOver())
			Demand(id, l.Read(ctx, killer, running)).To(Equal(value))
		})

	It("may leave uncommitted edits of a killed session without a lock", Spec("session/kill-leaves-candidate"), Needs("fixture:leaf"),
		Covers("rfc6241-7.9-unlocked-candidate-edits-stay"), func(ctx ginkgo.SpecContext) {
			victim, killer, l := Open(ctx, Named("victim")), Open(ctx, Named("killer")), FixtureLeaf(ctx)
			answering(ctx, victim, killer)
			_, value := l.Change(ctx, victim)
			Given(allowed(killer.KillSession(ctx, victim.ID()))).To(BeOK())
			Given(victim.AwaitEnd(ctx)).To(BeOver())
			left := map[bool]string{true: "still there", false: "gone"}[l.Read(ctx, killer, l.Store) == value]
			Observe("the edit in candidate", left, "still there", "gone")
		})
}

// commit makes an edit of the candidate running; an edit of running is there already.
func commit(ctx context.Context, s *session.Session, l Leaf) {
	if l.Store != running {
		Given(s.Commit(ctx)).To(BeOK())
	}
}
