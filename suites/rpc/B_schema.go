package rpc

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/monitor"
)

// schema judges every reply that the run has seen by the schema of Appendix B.
func schema() {
	const order, alone, structure, names = "rfc6241-B-error-child-order", "rfc6241-B-reply-ok-exclusive",
		"rfc6241-B-error-info-structure", "rfc6241-B-bad-element-qname"
	ginkgo.Describe("schema", func() {
		It("has the children of rpc-error in order", Spec("rpc/error-child-order"), Covers(order), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, order, monitor.Errors)
		})
		It("has one ok, or rpc-errors and then the result", Spec("rpc/reply-ok-exclusive"), Covers(alone), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, alone, monitor.Replies)
		})
		It("has its own elements in error-info, and others behind them", Spec("rpc/error-info-structure"), Covers(structure), Monitor(),
			func(ctx ginkgo.SpecContext) { DemandNoFindings(ctx, structure, monitor.ErrorInfos) })
		It("has qualified names in bad-element and bad-attribute", Spec("rpc/bad-element-qname"), Covers(names), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, names, monitor.BadNames)
			count(ctx, monitor.BareNames)
		})
	})
}
