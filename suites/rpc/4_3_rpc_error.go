package rpc

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/session"
)

func withoutMessageID() {
	ginkgo.Describe("rpc without message-id", func() {
		missingMessageID()
		omittedOnlyThen()
	})
}

func missingMessageID() {
	const id = "rfc6241-4.3-missing-message-id"
	It("is answered with missing-attribute", Spec("rpc/missing-message-id"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, session.Nothing(), session.WithoutMessageID())
		Demand(id, reply).To(BeRPCError(MissingAttribute).OfType(RPC).OfSeverity("error").
			WithInfo("bad-attribute", "message-id").WithInfo("bad-element", "rpc"))
		Demand(id, reply).NotTo(HaveXPath("/nc:rpc-reply/nc:data"))
		Observe("request behind one without message-id", s.Ping(ctx).Outcome.String(), session.Answered.String(), session.Ended.String())
		Given(Open(ctx)).To(StillAnswer(ctx))
	})
}

func omittedOnlyThen() {
	const id = "rfc6241-4.3-message-id-omitted-only-then"
	It("is the only reason for a reply without it", Spec("rpc/message-id-omitted-only-then"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Answers)
		count(ctx, monitor.InventedIDs)
	})
}
