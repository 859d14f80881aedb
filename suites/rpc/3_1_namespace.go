package rpc

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/monitor"
)

func namespaces() {
	const id = "rfc6241-3.1-output-namespace"
	ginkgo.Describe("namespaces", func() {
		It("has the protocol's elements in the base namespace", Spec("rpc/output-namespace"), Covers(id), Monitor(),
			func(ctx ginkgo.SpecContext) {
				DemandNoFindings(ctx, id, monitor.Messages)
				count(ctx, monitor.DataInBase)
			})
	})
}
