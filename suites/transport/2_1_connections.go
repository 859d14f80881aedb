package transport

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func connections() {
	It("keeps the connection between operations", Spec("transport/persistent-connection"), Covers("rfc6241-2.1-persistent-connection"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			s.Quiet(ctx, s.Grace())
			Demand("rfc6241-2.1-persistent-connection", s.Ping(ctx)).To(CarryData())
		})

	It("releases what a lost connection held", Spec("transport/released-on-drop"), Covers("rfc6241-2.1-resources-released-on-drop"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-2.1-resources-released-on-drop"
			lost, waiting := Open(ctx, Named("lost")), Open(ctx, Named("waiting"))
			Given(lost.Lock(ctx, datastore.Running)).To(BeOK())
			Given(waiting.Lock(ctx, datastore.Running)).To(BeRPCError(LockDenied))
			began := time.Now()
			Given(lost.Conn().Abort()).To(Succeed())
			Demand(id, granted(ctx, waiting)).To(BeOK())
			Observe("time until the lock was released (ms)", time.Since(began).Milliseconds())
			Given(waiting.Unlock(ctx, datastore.Running)).To(BeOK())
		})
}

// patience is how many times the grace a server may take to notice that a connection is gone.
const patience = 12

// pace is the time between two requests for a lock.
const pace = 50 * time.Millisecond

// granted asks for the lock on running until it is granted or the server has had its time, and gives the last answer.
func granted(ctx context.Context, s *session.Session) *session.Reply {
	return PollEvery(ctx, pace, time.Now().Add(patience*s.Grace()), func() *session.Reply { return s.Lock(ctx, datastore.Running) },
		func(r *session.Reply) bool { denied, _ := BeRPCError(LockDenied).Match(r); return !denied })
}
