package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func blocks() {
	ginkgo.Describe("what a lock prevents", func() {
		blocksEditOfRunning()
		blocksEditOfCandidate()
		blocksCopy()
		blocksDiscard()
		blocksDeletion()
		letsItsOwnerEdit()
	})
}

func blocksEditOfRunning() {
	const id = "rfc6241-7.5-blocks-edit-config"
	It("refuses another session's edit-config on a locked running", Spec("lock/blocks-edit-config"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			c := nextChange(ctx, holder)
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			reply := rival.EditConfig(ctx, datastore.Running, c.config)
			view := c.in(ctx, holder, datastore.Running)
			demandRefused(id, reply, func() *session.Reply {
				Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
				return rival.EditConfig(ctx, datastore.Running, c.config)
			})
			Demand(id, view).NotTo(c.made)
		})
}

func blocksEditOfCandidate() {
	const id = "rfc6241-7.5-blocks-edit-config-candidate"
	It("refuses another session's edit-config on a locked candidate", Spec("lock/blocks-edit-config-candidate"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			c := nextChange(ctx, holder)
			shared := c.shared(ctx, rival, holder)
			Given(hold(ctx, holder, datastore.Candidate)).To(BeOK())
			reply := rival.EditConfig(ctx, datastore.Candidate, c.config)
			view := c.in(ctx, holder, datastore.Candidate)
			if shared {
				Demand(id, reply).To(BeRPCError())
				observeTag(reply)
			}
			Demand(id, view).NotTo(c.made)
		})
}

func blocksCopy() {
	const id = "rfc6241-7.5-blocks-copy-config"
	It("refuses another session's copy-config to a locked candidate", Spec("lock/blocks-copy-config"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			c := nextChange(ctx, holder)
			if !c.shared(ctx, rival, holder) {
				NoVerdict(notShared)
			}
			copyOver := func() *session.Reply {
				return rival.RPC(ctx, netconf.CopyConfig(datastore.Candidate, datastore.Running))
			}
			Given(holder.Lock(ctx, datastore.Candidate)).To(BeOK())
			Given(holder.EditConfig(ctx, datastore.Candidate, c.config)).To(BeOK())
			reply := copyOver()
			view := c.in(ctx, holder, datastore.Candidate)
			demandRefused(id, reply, func() *session.Reply {
				Given(holder.Unlock(ctx, datastore.Candidate)).To(BeOK())
				return copyOver()
			})
			Demand(id, view).To(c.made)
		})
}

func blocksDiscard() {
	const id = "rfc6241-7.5-blocks-discard-changes"
	It("keeps another session's discard-changes from a locked candidate", Spec("lock/blocks-discard-changes"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			c := nextChange(ctx, holder)
			shared := c.shared(ctx, rival, holder)
			Given(hold(ctx, holder, datastore.Candidate)).To(BeOK())
			Given(holder.EditConfig(ctx, datastore.Candidate, c.config)).To(BeOK())
			reply := rival.DiscardChanges(ctx)
			Demand(id, c.in(ctx, holder, datastore.Candidate)).To(c.made)
			if shared {
				Demand(id, reply).To(BeRPCError())
				observeTag(reply)
			}
		})
}

func letsItsOwnerEdit() {
	const id = "rfc6241-7.5-owner-may-edit"
	It("lets the owner of a lock edit what it has locked", Spec("lock/owner-may-edit"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			holder, edited := Open(ctx, Named("holder")), FromContext(ctx).Edited()
			c := nextChange(ctx, holder)
			Given(holder.Lock(ctx, edited)).To(BeOK())
			reply := holder.EditConfig(ctx, edited, c.config)
			view := c.in(ctx, holder, edited)
			Given(holder.Unlock(ctx, edited)).To(BeOK())
			if refused(reply) && refused(holder.EditConfig(ctx, edited, c.config)) {
				NoVerdict("the server refuses the edit without a lock too")
			}
			Demand(id, reply).To(BeOK())
			Demand(id, view).To(c.made)
		})
}
