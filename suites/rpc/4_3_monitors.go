package rpc

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/monitor"
)

// errorElements judges the elements of every rpc-error that the run has seen.
func errorElements() {
	ginkgo.Describe("rpc-error", func() {
		errorFields()
		errorPaths()
		errorMessages()
		errorInfos()
	})
}

func errorFields() {
	const kind, tag, severity = "rfc6241-4.3-error-type-present-valid", "rfc6241-4.3-error-tag-present-valid",
		"rfc6241-4.3-error-severity-present-valid"
	It("has an error-type", Spec("rpc/error-type"), Covers(kind), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, kind, monitor.Errors)
		count(ctx, monitor.UnsuitedTypes)
	})
	It("has an error-tag of Appendix A", Spec("rpc/error-tag"), Covers(tag), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, tag, monitor.Errors)
	})
	It("has the error-severity error", Spec("rpc/error-severity"), Covers(severity), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, severity, monitor.Errors)
	})
}

func errorPaths() {
	const absolute, context = "rfc6241-4.3-error-path-absolute", "rfc6241-4.3-error-path-namespace-context"
	It("has an absolute error-path", Spec("rpc/error-path-absolute"), Covers(absolute), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, absolute, monitor.ErrorPaths)
		count(ctx, monitor.PathsToNodes, monitor.PathsElse)
	})
	It("has an error-path that can be read in its place", Spec("rpc/error-path-context"), Covers(context), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, context, monitor.ErrorPaths)
		count(ctx, monitor.OwnPrefixes, monitor.BarePaths)
	})
}

func errorMessages() {
	const language, human = "rfc6241-4.3-error-message-lang", "rfc6241-4.3-error-message-human"
	It("names the language of its error-message", Spec("rpc/error-message-lang"), Covers(language), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, language, monitor.ErrorMessages)
	})
	It("has a text in its error-message", Spec("rpc/error-message-human"), Covers(human), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, human, monitor.ErrorMessages)
	})
}

func errorInfos() {
	const first, empty = "rfc6241-4.3-error-info-mandatory-first", "rfc6241-4.3-optional-children-not-empty"
	It("begins its error-info with what is mandatory", Spec("rpc/error-info-mandatory-first"), Covers(first), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, first, monitor.MandatedInfos)
	})
	It("leaves out what would be empty", Spec("rpc/optional-children-not-empty"), Covers(empty), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, empty, monitor.Errors)
	})
}
