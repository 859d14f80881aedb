package lock

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func released() {
	ginkgo.Describe("a lock whose owner's session ends", func() {
		releasedByClose()
		releasedByKill()
	})
}

// The limits in which a lock must be free, in multiples of the grace. The RFC sets no time. An end that the server
// makes itself is treated as every wait is: the grace, and once more twice that. A lost transport is to be noticed
// first; the limit is 60 s where the grace is 5 s.
const (
	announced = 3
	lost      = 12
)

// demandFree asks for the lock on running until it is granted, and demands that it is within so many times the grace.
// orElse is what to do where it is not.
func demandFree(ctx context.Context, id string, rival *session.Session, graces int, orElse func(*session.Reply)) {
	began := time.Now()
	reply := askUntil(ctx, rival, time.Duration(graces)*rival.Grace(), func(r *session.Reply) bool { return !refused(r) })
	if refused(reply) {
		orElse(reply)
	}
	Given(rival).To(StillAnswer(ctx))
	Demand(id, reply).To(BeOK())
	Observe("seconds until the lock was free", time.Since(began).Seconds())
}

// leaveIt does nothing: a session that was closed or killed cannot be killed, and its id may be somebody else's by now.
func leaveIt(*session.Reply) {}

func releasedByClose() {
	const id = "rfc6241-7.5-released-by-close-session"
	It("releases it when the owner closes its session", Spec("lock/released-by-close-session"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			Given(rival.Lock(ctx, datastore.Running)).To(BeRPCError())
			Given(holder.CloseSession(ctx)).To(BeOK())
			demandFree(ctx, id, rival, announced, leaveIt)
		})
}

func releasedByKill() {
	const id = "rfc6241-7.5-released-by-kill-session"
	It("releases it when the owner's session is killed", Spec("lock/released-by-kill-session"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(holder.ID()).NotTo(Equal(""))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			Given(rival.Lock(ctx, datastore.Running)).To(BeRPCError())
			reply := rival.KillSession(ctx, holder.ID())
			if held, _ := BeRPCError(AccessDenied).Match(reply); held {
				Observe("kill-session", AccessDenied)
				NoVerdict("the user may not use kill-session")
			}
			Given(reply).To(BeOK())
			demandFree(ctx, id, rival, announced, leaveIt)
		})
}

// loss is a way in which a session loses its transport.
type loss struct {
	slug, text string
	lose       func(*session.Session) error
}

func losses() []loss {
	return []loss{
		{"channel-close", "the SSH channel is closed", func(s *session.Session) error { return s.Stream().Close() }},
		{"ssh-disconnect", "SSH is disconnected", func(s *session.Session) error { return s.Conn().Close() }},
		{"tcp-fin", "TCP is closed without a word of SSH", func(s *session.Session) error { return s.Conn().CloseTCP() }},
		{"tcp-rst", "the TCP connection is reset", func(s *session.Session) error { return s.Conn().Abort() }},
	}
}

func transportLoss() {
	ginkgo.Describe("a lock whose owner loses its transport", func() {
		for _, way := range losses() {
			releasedBy(way)
		}
	})
}

func releasedBy(way loss) {
	const id = "rfc6241-7.5-released-by-transport-loss"
	It("is released when "+way.text, Spec("lock/released-by-"+way.slug), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Given(rival.Lock(ctx, datastore.Running)).To(BeRPCError())
		Given(way.lose(holder)).To(Succeed())
		demandFree(ctx, id, rival, lost, func(reply *session.Reply) {
			if holds(deniedBy(holder), reply) {
				rival.KillSession(ctx, holder.ID()) // the lock would hinder everybody else from now on
			}
		})
	})
}
