package hello

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/wire"
)

func clientHello() {
	It("accepts a hello that comes before its own is read", Spec("hello/client-hello-first"),
		Covers("rfc6241-8.1-client-hello-first-accepted"), func(ctx ginkgo.SpecContext) {
			worksWithPatience(ctx)
			s := Open(ctx, Mute())
			Given(s.SendHello(ctx)).To(Succeed())
			Demand("rfc6241-8.1-client-hello-first-accepted", established(ctx, s)).To(CarryData())
			Observe("hello ahead of the confirmation of the subsystem", early(ctx), "accepted", "not accepted")
		})

	It("accepts white space around capability URIs", Spec("hello/capability-whitespace"),
		Covers("rfc6241-8.1-capability-whitespace"), func(ctx ginkgo.SpecContext) {
			for _, version := range common(ctx) {
				worksWith(ctx, version)
				s := Open(ctx, Mute())
				_, err := s.ReceiveHello(ctx)
				Given(err).To(Succeed())
				text := hello(netconf.BaseNamespace, "\n  <capabilities>\n    <capability>\n      "+version+"\n    </capability>\n  </capabilities>\n")
				Given(s.Write(ctx, withMark(text))).To(Succeed())
				s.Announce(version)
				Given(s.Agree()).To(Succeed())
				Demand("rfc6241-8.1-capability-whitespace", s.Ping(ctx)).To(CarryData())
			}
		})

	It("requires a hello before anything else", Spec("hello/client-hello-missing"), Covers("rfc6241-8.1-client-hello-missing"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			for _, f := range both() {
				s := greet(ctx, request(f, "no-hello"))
				s.ExpectFraming(f)
				ending := s.Aftermath(ctx, s.Patience())
				Demand("rfc6241-8.1-client-hello-missing", ending).To(CarryNothingOut())
				Observe("after an rpc in place of the hello, "+f.String()+" framing", reaction(ending), "closed", "rpc-error", "rpc-error, then closed", "silence")
			}
			worksAsUsual(ctx)
		})

	It("takes nothing ahead of the hello for a request", Spec("hello/client-hello-must-be-first"),
		Covers("rfc6242-3.1-client-hello-must-be-first"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-3.1-client-hello-must-be-first"
			worksAsUsual(ctx)
			s := greet(ctx, request(wire.EndOfMessage, "1"), withMark(hello(netconf.BaseNamespace, capabilities(session.Versions()...))))
			// A server that takes the rpc may answer when it has the hello, in the framing that this one agrees on.
			s.ExpectFraming(agreed(ctx))
			ending := s.Aftermath(ctx, s.Patience())
			Demand(id, ending).To(CarryNothingOut())
			Observe("after an rpc ahead of the hello", reaction(ending), "closed", "rpc-error", "rpc-error, then closed", "silence")
			worksAsUsual(ctx)
		})
}

// established completes the exchange after our hello has been written, and asks for something. A server that does not
// answer as it should shows in the reply.
func established(ctx context.Context, s *session.Session) *session.Reply {
	if _, err := s.ReceiveHello(ctx); err != nil {
		return &session.Reply{Outcome: session.Ended, Err: err}
	}
	Given(s.Agree()).To(Succeed())
	return s.Ping(ctx)
}

// worksWithPatience shows that a session works whose client sends its hello behind the server's.
func worksWithPatience(ctx context.Context) {
	s := Open(ctx, Mute(), Named("patient"))
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	Given(s.SendHello(ctx)).To(Succeed())
	Given(s.Agree()).To(Succeed())
	Given(s).To(StillAnswer(ctx))
}

// common are the versions that both peers know.
func common(ctx context.Context) []string {
	var versions []string
	for _, version := range session.Versions() {
		if FromContext(ctx).Claims.Has(version) {
			versions = append(versions, version)
		}
	}
	return versions
}

// agreed is the framing that both sides agree on with an ordinary hello.
func agreed(ctx context.Context) wire.Framing {
	if FromContext(ctx).Claims.Has("base:1.1") {
		return wire.Chunked
	}
	return wire.EndOfMessage
}

// early writes the hello without waiting for the confirmation of the subsystem.
func early(ctx context.Context) string {
	conn, able := Connect(ctx).(transport.EarlyOpener)
	if !able {
		return "not tried: this transport cannot"
	}
	octets := withMark(hello(netconf.BaseNamespace, capabilities(session.Versions()...)))
	stream, err := conn.OpenEarly(ctx, octets)
	if err != nil {
		return "not accepted"
	}
	s := Adopt(stream)
	s.Announce(session.Versions()...)
	if reply := established(ctx, s); reply.Outcome != session.Answered || reply.Data == nil {
		return "not accepted"
	}
	return "accepted"
}
