package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func unlockTarget() {
	const id = "rfc6241-7.6-missing-target"
	ginkgo.Describe("unlock without a datastore to unlock", func() {
		It("is refused, and the lock is kept", Spec("lock/unlock-no-target"), Covers(id), func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			reply := holder.RPC(ctx, `<unlock/>`)
			second := hold(ctx, rival, datastore.Running)
			released := holder.Unlock(ctx, datastore.Running)
			Demand(id, reply).To(BeRPCError())
			observeMissingTarget(reply)
			Demand(id, second).To(BeRPCError())
			Given(released).To(BeOK())
		})
	})
}
