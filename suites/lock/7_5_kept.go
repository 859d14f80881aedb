package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func kept() {
	const id = "rfc6241-7.5-lock-outlives-other-sessions"
	ginkgo.Describe("a lock while other sessions come and go", func() {
		It("is kept while its owner reads", Spec("lock/kept-while-read"), Covers(id), func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			Given(hold(ctx, holder, datastore.Running)).To(BeOK())
			Given(rival.Lock(ctx, datastore.Running)).To(BeRPCError())
			Given(holder.GetConfig(ctx, datastore.Running, "")).To(CarryData())
			Given(holder.RPC(ctx, narrowGet)).To(CarryData())
			Demand(id, rival.Lock(ctx, datastore.Running)).To(deniedBy(holder))
		})

		It("is kept until its owner gives it back", Spec("lock/outlives-other-sessions"), Covers(id), func(ctx ginkgo.SpecContext) {
			holder := Open(ctx, Named("holder"))
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			closing, dropping := Open(ctx, Named("closing")), Open(ctx, Named("dropping"))
			Given(closing.Lock(ctx, datastore.Running)).To(BeRPCError())
			Given(closing.CloseSession(ctx)).To(BeOK())
			Given(dropping.Lock(ctx, datastore.Running)).To(BeRPCError())
			Given(dropping.Conn().CloseTCP()).To(Succeed())

			rival, asDemanded := Open(ctx, Named("rival")), deniedBy(holder)
			last := askUntil(ctx, rival, rival.Patience(), func(r *session.Reply) bool { return !holds(asDemanded, r) })
			Demand(id, last).To(asDemanded)
			Demand(id, holder.Unlock(ctx, datastore.Running)).To(BeOK())
		})
	})
}
