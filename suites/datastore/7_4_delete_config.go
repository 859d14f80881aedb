package datastore

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func deleteConfig() {
	ginkgo.Describe("RFC 6241 §7.4, delete-config", func() {
		It("does not delete running", Spec("datastore/delete-running"), Covers("rfc6241-7.4-running-not-deletable"),
			func(ctx ginkgo.SpecContext) {
				const id = "rfc6241-7.4-running-not-deletable"
				s := Open(ctx)
				before := read(ctx, s, running)
				demandRefused(id, "delete-config of running", s.RPC(ctx, netconf.DeleteConfig(running)))
				Demand(id, read(ctx, s, running)).To(beEqualTo(before))
			})

		It("does not delete candidate", Spec("datastore/delete-candidate"), Covers("rfc6241-7.4-candidate-not-a-target"),
			Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
				const id = "rfc6241-7.4-candidate-not-a-target"
				s, leaf := Open(ctx), FixtureLeaf(ctx)
				_, value := leaf.Change(ctx, s)
				demandRefused(id, "delete-config of candidate", s.RPC(ctx, netconf.DeleteConfig(candidate)))
				Demand(id, leaf.Read(ctx, s, candidate)).To(Equal(value))
			})

		It("deletes nothing without a target", Spec("datastore/delete-without-target"), Covers("rfc6241-7.4-missing-target"),
			func(ctx ginkgo.SpecContext) {
				const id = "rfc6241-7.4-missing-target"
				s := answering(ctx)
				demandMissing(id, "no target", "target", s.RPC(ctx, "<delete-config/>"))
				demandMissing(id, "an empty target", "target", s.RPC(ctx, "<delete-config><target/></delete-config>"))
			})
	})
}
