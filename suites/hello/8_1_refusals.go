package hello

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// refusal is a client hello after which nothing may be carried out.
type refusal struct {
	what string
	text string
}

// refused registers a spec that tries each of them.
func refused(slug, text, id string, cases ...refusal) {
	It(text, Spec("hello/"+slug), Covers(id), func(ctx ginkgo.SpecContext) {
		worksAsUsual(ctx)
		for _, c := range cases {
			demandRefusal(ctx, id, c.what, withMark(c.text))
		}
		worksAsUsual(ctx)
	})
}

func refusals() {
	base := netconf.BaseNamespace
	refused("no-common-version", "does not go on without a version in common", "rfc6241-8.1-no-common-version",
		refusal{"a hello with base:2.0 only", hello(base, capabilities("urn:ietf:params:netconf:base:2.0"))})
	refused("no-base-capability", "does not go on with a client that announces no version", "rfc6241-8.1-no-base-capability",
		refusal{"a hello without a base capability", hello(base, capabilities("urn:ietf:params:netconf:capability:startup:1.0"))},
		refusal{"a hello with empty capabilities", hello(base, "<capabilities/>")})
	refused("only-1.0-vs-1.1-only", "does not go on with a base:1.0 client if it does not announce base:1.0",
		"rfc6241-8.1-only-1.0-vs-1.1-only-server", refusal{"a hello with base:1.0 only", hello(base, capabilities(netconf.Base10))})
	refused("malformed-client-hello", "does not go on after a hello that cannot be parsed", "rfc6241-8.1-malformed-client-hello",
		refusal{"a hello without its end", `<hello xmlns="` + base + `"><capabilities>`}, refusal{"text in place of a hello", "good morning"})

	It("ends a session whose client hello has a session-id", Spec("hello/session-id-in-client-hello"),
		Covers("rfc6241-8.1-session-id-in-client-hello"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.1-session-id-in-client-hello"
			worksAsUsual(ctx)
			for _, element := range []string{"<session-id>4</session-id>", "<session-id/>"} {
				s := greet(ctx, withMark(hello(base, capabilities(session.Versions()...)+element)))
				s.ExpectFraming(agreed(ctx))
				provoke(ctx, s, request(agreed(ctx), "refused"))
				Demand(id, s.AwaitEnd(ctx)).To(EndSession())
			}
			worksAsUsual(ctx)
		})

	It("does not accept a hello of another namespace", Spec("hello/client-hello-wrong-namespace"),
		Covers("rfc6241-8.1-client-hello-wrong-namespace"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.1-client-hello-wrong-namespace"
			worksAsUsual(ctx)
			demandRefusal(ctx, id, "a hello in urn:example:other", withMark(hello("urn:example:other", capabilities(session.Versions()...))))
			s := greet(ctx, withMark(hello("", capabilities(session.Versions()...))))
			s.ExpectFraming(agreed(ctx))
			provoke(ctx, s, request(agreed(ctx), "no-namespace"))
			ending := s.Aftermath(ctx, s.Patience())
			accepted := reaction(ending)
			if len(ending.Carried()) > 0 {
				accepted = "accepted"
			}
			Observe("after a hello without a namespace", accepted, "accepted", "closed", "rpc-error", "rpc-error, then closed", "silence")
			worksAsUsual(ctx)
		})

	It("does not accept a chunked hello", Spec("hello/client-hello-chunked-refused"), Covers("rfc6242-4.1-client-hello-chunked-refused"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-client-hello-chunked-refused"
			worksAsUsual(ctx)
			chunked := wire.Append(nil, wire.Chunked, []byte(hello(base, capabilities(session.Versions()...))))
			s := greet(ctx, chunked)
			s.ExpectFraming(wire.Chunked)
			provoke(ctx, s, request(wire.Chunked, "chunked-hello"))
			ending := s.Aftermath(ctx, s.Patience())
			Demand(id, ending).To(CarryNothingOut())
			Observe("after a chunked hello", reaction(ending), "closed", "rpc-error", "rpc-error, then closed", "silence")
			worksAsUsual(ctx)
		})
}
