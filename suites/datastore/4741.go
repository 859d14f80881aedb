package datastore

import (
	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func rfc4741() {
	ginkgo.Describe("RFC 4741 §8.6 and §8.7, servers of base:1.0", func() {
		oldValidate()
		oldStartup()
	})
}

func oldValidate() {
	const id = "rfc4741-8.6.4.1-validate"
	It("validates a datastore, and finds an unknown element in a subtree", Spec("datastore/old-validate"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), FixtureLeaf(ctx)
			if leaf.Store == candidate {
				Given(s.DiscardChanges(ctx)).To(BeOK())
			}
			Demand(id, s.RPC(ctx, netconf.Validate(leaf.Store))).To(BeOK())
			fragment := read(ctx, s, running)
			for _, child := range below(fragment.top) {
				xmlquery.RemoveFromTree(child)
			}
			fragment = fragment.withLeaf(leaf, leaf.Values[0])
			observeOutcome("validation of a subtree alone", check(ctx, s, fragment))
			demandRefused(id, "unknown element", check(ctx, s, fragment.withUnknown(leaf)))
		})
}

func oldStartup() {
	const id = "rfc4741-8.7.5.1-startup-operations"
	It("takes startup where the table of §8.7.5.1 has it", Spec("datastore/old-startup"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		mindStartup(ctx, s)
		Demand(id, s.Lock(ctx, startup)).To(BeOK())
		Demand(id, s.GetConfig(ctx, startup, "")).To(CarryData())
		Demand(id, s.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
		if announces(ctx, "candidate") {
			Demand(id, s.RPC(ctx, netconf.CopyConfig(candidate, startup))).To(BeOK())
			Given(s.DiscardChanges(ctx)).To(BeOK())
		}
		if announces(ctx, "validate") {
			Demand(id, s.RPC(ctx, netconf.Validate(startup))).To(BeOK())
		}
		Demand(id, s.Unlock(ctx, startup)).To(BeOK())
	})
}
