package errors

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/session"
)

// old is what servers with base:1.0 alone have differently (RFC 4741).
func old() {
	ginkgo.Describe("base:1.0 alone", func() {
		pathOptional()
		warnings()
		typeRPC()
		noMalformedMessage()
		oldPartialOperation()
		namespaceName()
		oldURLSource()
	})
}

func pathOptional() {
	const id = "rfc4741-4.3-error-path-optional"
	It("may leave error-path out", Spec("errors/4741-path-optional"), Covers(id), Needs("fixture:model"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		reply := b.s.RPC(ctx, mtu(b, "abc"))
		Observe("letters for a number", outcome(reply))
		if reply.Outcome == session.Answered && len(reply.Errors) > 0 {
			Observe("error-path", reply.Errors[0].Path)
		}
	})
}

func warnings() {
	const id = "rfc4741-4.3-warnings-reported"
	It("may warn", Spec("errors/4741-warnings"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		Observe(string(monitor.Warnings), FromContext(ctx).Monitor.Seen(monitor.Warnings))
	})
}

func typeRPC() {
	const id = "rfc4741-A-error-type-rpc-allowed"
	It("may have the layer rpc with more tags", Spec("errors/4741-type-rpc"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.OldRPCErrors)
	})
}

func noMalformedMessage() {
	const id = "rfc4741-A-no-malformed-message"
	It("does not know malformed-message", Spec("errors/4741-no-malformed-message"), Covers(id), func(ctx ginkgo.SpecContext) {
		demandNotMalformed(ctx, id, begin(ctx))
	})
}

func oldPartialOperation() {
	const id = "rfc4741-A-partial-operation"
	It("names elements in partial-operation, and nothing else", Spec("errors/4741-partial-operation"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			reply := partial(ctx, begin(ctx))
			Observe("continue-on-error with one fault", outcome(reply))
			if !sends(reply, "partial-operation") {
				NoVerdict("the server sent no partial-operation")
			}
			const partials = `/nc:rpc-reply/nc:rpc-error[nc:error-tag="partial-operation"]`
			Demand(id, reply).NotTo(HaveXPath(partials + `[not(nc:error-type="application")]`))
			Demand(id, reply).NotTo(HaveXPath(partials + `/nc:error-info/nc:*[not(self::nc:ok-element or self::nc:err-element or self::nc:noop-element)]`))
			Demand(id, reply).NotTo(HaveXPath(partials + `/nc:error-info/nc:*[normalize-space(.)="" or contains(normalize-space(.)," ")]`))
		})
}

func namespaceName() {
	const id = "rfc4741-B-bad-namespace-qname"
	It("has a qualified name or a URI in bad-namespace", Spec("errors/4741-bad-namespace"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		reply := b.s.RPC(ctx, b.edit(`<top xmlns="`+foreign+`"/>`))
		Observe("an element of an unknown namespace", outcome(reply))
		if reply.Outcome == session.Answered && len(reply.Errors) > 0 {
			Observe("bad-namespace", badNamespace(reply.Errors[0]))
		}
	})
}

func oldURLSource() {
	const id = "rfc4741-B-get-config-url-source"
	It("may take a URL as source of get-config", Spec("errors/4741-get-config-url-source"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		Observe("get-config of a URL", outcome(b.s.RPC(ctx, "<get-config><source>"+b.address()+"</source></get-config>")), "rpc-error", "data")
	})
}
