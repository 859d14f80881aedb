package rpc

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
)

func documents() {
	ginkgo.Describe("documents", func() {
		wellFormed()
		inUTF8()
		valuesInUTF8()
		noDocumentType()
	})
}

func wellFormed() {
	const id = "rfc6241-3-output-well-formed"
	It("are well-formed", Spec("rpc/output-well-formed"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Messages)
	})
}

func inUTF8() {
	const id = "rfc6241-3-output-utf8"
	It("are in UTF-8", Spec("rpc/output-utf8"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Messages)
	})
}

func valuesInUTF8() {
	const id, value = "rfc6241-3-output-utf8", "ncspec ä € 漢 😀"
	It("carry values in UTF-8 both ways", Spec("rpc/utf8-round-trip"), Covers(id), Needs("candidate|writable-running", "fixture:text"),
		Touches(effect.Candidate), func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), FixtureLeaf(ctx)
			edit := s.RPC(ctx, leaf.Edit(value))
			if refused, _ := BeRPCError().Match(edit); refused {
				Observe("edit with characters of two, three and four octets", outcome(edit), "ok", "an rpc-error")
				NotJudged(id, "the server refuses to store characters of two, three and four octets: "+outcome(edit))
				return
			}
			Given(edit).To(BeOK())
			Demand(id, s.RPC(ctx, leaf.Ask(leaf.Store))).To(HaveXPath(leaf.Expr(), value).In(leaf.Namespaces()))
		})
}

func noDocumentType() {
	const id = "rfc6241-3.2-no-doctype-sent"
	It("have no document type declaration", Spec("rpc/no-doctype-sent"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Messages)
	})
}
