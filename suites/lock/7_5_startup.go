package lock

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// blocksDeletion overwrites startup with what it holds already before it tries to delete it: a server that lets the
// first pass is caught without harm.
func blocksDeletion() {
	const id = "rfc6241-7.5-blocks-delete-config"
	It("refuses another session's copy to and deletion of a locked startup", Spec("lock/blocks-delete-config"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			before := content(read(ctx, holder, datastore.Startup, ""))
			if !slices.Equal(before, content(read(ctx, holder, datastore.Running, ""))) {
				NoVerdict("startup is not what running is, and a server that fails might lose it")
			}
			Given(hold(ctx, holder, datastore.Startup)).To(BeOK())
			renew := netconf.CopyConfig(datastore.Startup, datastore.Running)
			Given(holder.RPC(ctx, renew)).To(BeOK())

			Demand(id, rival.RPC(ctx, renew)).To(BeRPCError())
			reply := rival.RPC(ctx, netconf.DeleteConfig(datastore.Startup))
			after := startup(ctx, holder)
			if !slices.Equal(before, after) {
				Given(holder.RPC(ctx, renew)).To(BeOK())
			}
			Demand(id, reply).To(BeRPCError())
			Demand(id, after).To(Equal(before))
			observeTag(reply)
		})
}

// content is the canonical form of a configuration that was read.
func content(reply *session.Reply) []string { return guard.Canonical(reply.Data) }

// startup is the content of startup, none where it is gone.
func startup(ctx context.Context, s *session.Session) []string {
	reply := s.GetConfig(ctx, datastore.Startup, "")
	if reply.Outcome != session.Answered || reply.Data == nil {
		return nil
	}
	return content(reply)
}
