package errors

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/monitor"
)

// errorInfo judges every rpc-error that the run has seen by the list of Appendix A.
func errorInfo() {
	const kind, info = "rfc6241-A-type-allowed-for-tag", "rfc6241-A-mandatory-error-info-present"
	const failed, denied, partial = "rfc6241-A-operation-failed", "rfc6241-A-resource-denied", "rfc6241-A-partial-operation"
	ginkgo.Describe("each rpc-error", func() {
		It("has an error-type that its error-tag allows", Spec("errors/type-allowed"), Covers(kind), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, kind, monitor.StandardErrors)
		})
		It("has the error-info that its error-tag mandates", Spec("errors/info-present"), Covers(info), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, info, monitor.MandatedErrors)
		})
		It("has a layer above the transport with operation-failed", Spec("errors/operation-failed-seen"), Covers(failed), Monitor(),
			func(ctx ginkgo.SpecContext) { DemandNoFindings(ctx, failed, monitor.OperationsFailed) })
		It("has a layer with resource-denied", Spec("errors/resource-denied-seen"), Covers(denied), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, denied, monitor.ResourcesDenied)
		})
		It("is never partial-operation", Spec("errors/no-partial-operation-seen"), Covers(partial), Monitor(), func(ctx ginkgo.SpecContext) {
			DemandNoFindings(ctx, partial, monitor.StandardErrors)
		})
	})
}
