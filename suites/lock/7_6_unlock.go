package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func unlock() {
	ginkgo.Describe("unlock", func() {
		releasesTheLock()
		refusesWithoutALock()
		refusesTheSecondUnlock()
		refusesWhoIsNotTheOwner()
		refusesAnotherDatastore()
	})
}

func releasesTheLock() {
	const id = "rfc6241-7.6-unlock-own"
	It("releases the lock of its owner", Spec("lock/unlock-own"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, next := Open(ctx, Named("holder")), Open(ctx, Named("next"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Demand(id, holder.Unlock(ctx, datastore.Running)).To(BeOK())
		Demand(id, hold(ctx, next, datastore.Running)).To(BeOK())
	})
}

func refusesWithoutALock() {
	const id = "rfc6241-7.6-not-locked"
	It("is refused where nothing is locked", Spec("lock/unlock-not-locked"), Covers(id), func(ctx ginkgo.SpecContext) {
		asker := Open(ctx, Named("asker"))
		Given(asker).To(StillAnswer(ctx))
		reply := asker.Unlock(ctx, datastore.Running)
		Demand(id, reply).To(BeRPCError())
		observeTag(reply)
		Given(asker).To(StillAnswer(ctx))
	})
}

func refusesTheSecondUnlock() {
	const id = "rfc6241-7.6-not-locked"
	It("is refused the second time", Spec("lock/unlock-twice"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder := Open(ctx, Named("holder"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
		reply := holder.Unlock(ctx, datastore.Running)
		Demand(id, reply).To(BeRPCError())
		observeTag(reply)
		Given(holder).To(StillAnswer(ctx))
	})
}

func refusesWhoIsNotTheOwner() {
	const id = "rfc6241-7.6-not-owner"
	It("is refused to a session that does not own the lock", Spec("lock/unlock-not-owner"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, rival, third := Open(ctx, Named("holder")), Open(ctx, Named("rival")), Open(ctx, Named("third"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		reply := rival.Unlock(ctx, datastore.Running)
		Demand(id, reply).To(BeRPCError())
		observeTag(reply)
		Demand(id, hold(ctx, third, datastore.Running)).To(deniedBy(holder))
		Demand(id, holder.Unlock(ctx, datastore.Running)).To(BeOK())
	})
}

func refusesAnotherDatastore() {
	const id = "rfc6241-7.6-wrong-target"
	It("is refused for another datastore than the one locked", Spec("lock/unlock-wrong-target"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			holder := Open(ctx, Named("holder"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			reply := holder.Unlock(ctx, datastore.Candidate)
			released := holder.Unlock(ctx, datastore.Running)
			Demand(id, reply).To(BeRPCError())
			Demand(id, released).To(BeOK())
			observeTag(reply)
		})
}
