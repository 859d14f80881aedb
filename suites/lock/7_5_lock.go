package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func granting() {
	ginkgo.Describe("granting a lock", func() {
		grantsAFreeLock()
		deniesTheSecondSession()
		deniesTheOwnerItself()
	})
}

func grantsAFreeLock() {
	It("grants the lock on running where nobody holds it", Spec("lock/granted"), Covers("rfc6241-7.5-lock-granted"),
		func(ctx ginkgo.SpecContext) {
			holder := Open(ctx, Named("holder"))
			Given(holder).To(StillAnswer(ctx))
			Demand("rfc6241-7.5-lock-granted", hold(ctx, holder, datastore.Running)).To(BeOK())
			Given(holder).To(StillAnswer(ctx))
		})
}

func deniesTheSecondSession() {
	It("denies the second session and names the holder", Spec("lock/denied-names-holder"),
		Covers("rfc6241-7.5-denied-when-held", "rfc6241-7.5-lock-denied-session-id"),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			reply := hold(ctx, rival, datastore.Running)
			released := holder.Unlock(ctx, datastore.Running)
			Demand("rfc6241-7.5-denied-when-held", reply).To(BeRPCError())
			Demand("rfc6241-7.5-denied-when-held", released).To(BeOK())
			Demand("rfc6241-7.5-lock-denied-session-id", reply).To(deniedBy(holder))
			Observe("time to the denial (ms)", reply.Elapsed().Milliseconds())
			Given(rival).To(StillAnswer(ctx))
		})
}

func deniesTheOwnerItself() {
	It("denies its owner a second lock, and one unlock is enough", Spec("lock/own-twice"), Covers("rfc6241-7.5-lock-own-twice"),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			reply := holder.Lock(ctx, datastore.Running)
			Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
			Demand("rfc6241-7.5-lock-own-twice", reply).To(deniedBy(holder))
			Demand("rfc6241-7.5-lock-own-twice", hold(ctx, rival, datastore.Running)).To(BeOK())
		})
}
