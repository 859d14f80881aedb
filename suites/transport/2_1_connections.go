package transport

import (
	"context"
	"fmt"
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
			early := Begun(ctx, idle())
			s := early.Sessions[0]
			s.Quiet(ctx, early.Rest(s.Grace()))
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

// idle is a session that has had an answer and asks for nothing more.
func idle() Ahead {
	return Ahead{Spec: "transport/persistent-connection", Begin: func(ctx context.Context, e *Early) error {
		s, err := e.Open(ctx)
		if err != nil {
			return err
		}
		if reply := s.Ping(ctx); !reply.Normal() {
			return fmt.Errorf("asking for nothing: %s", Show(reply))
		}
		return nil
	}}
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
