package hello

import (
	"context"
	"regexp"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func version() {
	It("compares only the base part of the version's URI", Spec("hello/base-uri-parameters-ignored"),
		Covers("rfc6241-8.1-base-uri-parameters-ignored"), func(ctx ginkgo.SpecContext) {
			worksWith(ctx, netconf.Base11)
			reply := askAs(ctx, wire.Chunked, netconf.Base11+"?module=x")
			Demand("rfc6241-8.1-base-uri-parameters-ignored", reply).To(CarryData())
			Demand("rfc6241-8.1-base-uri-parameters-ignored", string(reply.Message.Frame)).To(beChunked())
		})

	It("uses the highest version in common", Spec("hello/highest-common-version"), Covers("rfc6241-8.1-highest-common-version"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			for _, order := range [][]string{{netconf.Base10, netconf.Base11}, {netconf.Base11, netconf.Base10}} {
				reply := askAs(ctx, wire.Chunked, order...)
				Demand("rfc6241-8.1-highest-common-version", reply).To(CarryData())
				Demand("rfc6241-8.1-highest-common-version", string(reply.Message.Frame)).To(beChunked())
			}
		})

	It("falls back to base:1.0", Spec("hello/falls-back-to-1.0"), Covers("rfc6241-8.1-falls-back-to-1.0"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			reply := askAs(ctx, wire.EndOfMessage, netconf.Base10)
			Demand("rfc6241-8.1-falls-back-to-1.0", reply).To(CarryData())
			Demand("rfc6241-8.1-falls-back-to-1.0", string(reply.Message.Frame)).NotTo(beChunked())
		})

	It("takes our hello for ended by the mark, also with base:1.1", Spec("hello/client-hello-eom-accepted"),
		Covers("rfc6242-4.1-client-hello-eom-accepted"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			reply := askAs(ctx, wire.Chunked, netconf.Base11)
			Demand("rfc6242-4.1-client-hello-eom-accepted", reply).To(CarryData())
			Demand("rfc6242-4.1-client-hello-eom-accepted", string(reply.Message.Frame)).To(beChunked())
		})
}

// askAs opens a session whose client announces these versions, and asks for something in the framing that should be
// agreed on.
func askAs(ctx context.Context, f wire.Framing, versions ...string) *session.Reply {
	s := Open(ctx, Mute())
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	Given(s.SendHello(ctx, versions...)).To(Succeed())
	s.Assume(f)
	return s.Ping(ctx)
}

// chunkedFrame is a message in chunks. What stands ahead of the first one is judged by hello/nothing-after-hello.
var chunkedFrame = regexp.MustCompile(`\n#[1-9][0-9]*\n[\s\S]*\n##\n$`)

// beChunked holds for the frame of a message in chunked framing (RFC 6242 §4.2).
func beChunked() Matcher { return Hold("a message in chunks", chunkedFrame.MatchString) }
