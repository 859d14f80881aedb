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
		Given(s).To(StillAnswer(ctx))
		datastores := []datastore.Name{datastore.Running}
		if FromContext(ctx).Claims.Has("candidate") {
			datastores = append(datastores, datastore.Candidate)
		}
		for _, d := range datastores {
			if demandOKUnlessRefused(id, "lock of "+d.String(), s.Lock(ctx, d)) {
				demandOKUnlessRefused(id, "unlock of "+d.String(), s.Unlock(ctx, d))
			}
		}
		demandOKUnlessRefused(id, "close-session", s.CloseSession(ctx))
	})
}

// demandOKUnlessRefused judges the answer to a request that returns no data, and tells whether it was carried out. Whether
// it may be refused, or left without an answer, is not for this requirement, which is about what went well.
func demandOKUnlessRefused(id, what string, reply *session.Reply) bool {
	Given(reply).To(BeAnswered())
	if refused, _ := BeRPCError().Match(reply); refused {
		Observe(what, outcome(reply), "ok")
		return false
	}
	Demand(id, reply).To(BeOK())
	return true
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
