package rpc

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func okReplies() {
	ginkgo.Describe("ok", func() {
		whereNothingIsReturned()
		notForData()
	})
}

func whereNothingIsReturned() {
	const id = "rfc6241-4.4-ok-when-no-data"
	It("is the reply to what returns no data", Spec("rpc/ok-when-no-data"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		datastores := []datastore.Name{datastore.Running}
		if FromContext(ctx).Claims.Has("candidate") {
			datastores = append(datastores, datastore.Candidate)
		}
		for _, d := range datastores {
			locked := s.Lock(ctx, d)
			if refused, _ := BeRPCError().Match(locked); refused {
				// Whether it may be refused is not for this requirement, which is about what went well.
				Observe("lock of "+d.String(), outcome(locked), "ok")
				continue
			}
			Demand(id, locked).To(BeOK())
			Demand(id, s.Unlock(ctx, d)).To(BeOK())
		}
		Demand(id, s.CloseSession(ctx)).To(BeOK())
	})
}

func notForData() {
	const id = "rfc6241-4.4-ok-not-for-data-operations"
	It("does not stand for data that is empty", Spec("rpc/ok-not-for-data-operations"), Covers(id), Needs("fixture:list|fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			reply := s.GetConfig(ctx, datastore.Running, unmet(ctx, s))
			Demand(id, reply).To(CarryData())
			below, _ := HaveXPath("/nc:rpc-reply/nc:data/*").Match(reply)
			Observe("elements below data where nothing is selected", below, "true", "false")
		})
}

// unmet is a subtree filter whose content match is met by nothing in running (RFC 6241 §6.2.5): it asks for the
// fixture's list entry, which is there during an edit only, or for another value than the leaf has.
func unmet(ctx ginkgo.SpecContext, s *session.Session) string {
	if list := FromContext(ctx).Target.Fixture.List; list != nil {
		return list.Filter()
	}
	leaf := FixtureLeaf(ctx)
	return leaf.Config(leaf.Other(leaf.Read(ctx, s, datastore.Running)), "")
}
