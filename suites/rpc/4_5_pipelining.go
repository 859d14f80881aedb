package rpc

import (
	"slices"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func pipelining() {
	ginkgo.Describe("pipelining", func() {
		oneAfterTheOther()
		manyAtOnce()
		inOrder()
		errorsInBetween()
	})
}

func oneAfterTheOther() {
	const id = "rfc6241-4.5-serial-processing"
	It("processes one request after the other", Spec("rpc/serial-processing"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		s, leaf := Open(ctx), FixtureLeaf(ctx)
		Given(s).To(StillAnswer(ctx))
		a, b := leaf.Values[0], leaf.Values[1]
		sent := s.Pipeline(ctx, []string{leaf.Edit(a), leaf.Ask(leaf.Store), leaf.Edit(b), leaf.Ask(leaf.Store)})
		replies := s.AwaitAll(ctx, sent)
		Given(replies[0]).To(BeOK())
		Given(replies[2]).To(BeOK())
		Demand(id, replies[1]).To(HaveXPath(leaf.Expr(), a).In(leaf.Namespaces()))
		Demand(id, replies[3]).To(HaveXPath(leaf.Expr(), b).In(leaf.Namespaces()))
	})
}

func manyAtOnce() {
	const id = "rfc6241-4.5-pipelining-accepted"
	It("takes many requests before the first reply", Spec("rpc/pipelining-accepted"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		came := pipeline(ctx, s, slices.Repeat([]string{session.Nothing()}, 20))
		Observe("replies to 20 requests in one write", len(came.ids), "20")
		Observe("another request behind 20 in one write", outcome(s.Ping(ctx)), "data")
	})
}

func inOrder() {
	const id = "rfc6241-4.5-replies-in-order"
	It("answers in the order of the requests", Spec("rpc/replies-in-order"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		came := pipeline(ctx, s, append([]string{"<get/>"}, slices.Repeat([]string{session.Nothing(), unknown}, 5)...))
		Demand(id, came.ids).To(Equal(came.asked))
	})
}

func errorsInBetween() {
	const id = "rfc6241-4.5-pipelined-error-does-not-stop"
	It("goes on behind an error", Spec("rpc/pipelined-error-does-not-stop"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		sent := s.Pipeline(ctx, []string{session.Nothing(), unknown, session.Nothing()})
		replies := s.AwaitAll(ctx, sent)
		Demand(id, replies[0]).To(CarryData())
		Demand(id, replies[1]).To(BeRPCError())
		Demand(id, replies[2]).To(CarryData())
	})
}
