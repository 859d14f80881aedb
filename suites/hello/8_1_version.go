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
			worksAsUsual(ctx)
			reply := askAs(ctx, wire.Chunked, netconf.Base11+"?module=x")
			Demand("rfc6241-8.1-base-uri-parameters-ignored", reply).To(CarryData())
			Demand("rfc6241-8.1-base-uri-parameters-ignored", string(reply.Message.Frame)).To(beChunk())
		})

	It("uses the highest version in common", Spec("hello/highest-common-version"), Covers("rfc6241-8.1-highest-common-version"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			for _, order := range [][]string{{netconf.Base10, netconf.Base11}, {netconf.Base11, netconf.Base10}} {
				reply := askAs(ctx, wire.Chunked, order...)
				Demand("rfc6241-8.1-highest-common-version", reply).To(CarryData())
				Demand("rfc6241-8.1-highest-common-version", string(reply.Message.Frame)).To(beChunk())
			}
		})

	It("falls back to base:1.0", Spec("hello/falls-back-to-1.0"), Covers("rfc6241-8.1-falls-back-to-1.0"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			reply := askAs(ctx, wire.EndOfMessage, netconf.Base10)
			Demand("rfc6241-8.1-falls-back-to-1.0", reply).To(CarryData())
			Demand("rfc6241-8.1-falls-back-to-1.0", string(reply.Message.Frame)).NotTo(beChunk())
		})

	It("takes our hello for ended by the mark, also with base:1.1", Spec("hello/client-hello-eom-accepted"),
		Covers("rfc6242-4.1-client-hello-eom-accepted"), func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			reply := askAs(ctx, wire.Chunked, netconf.Base11)
			Demand("rfc6242-4.1-client-hello-eom-accepted", reply).To(CarryData())
			Demand("rfc6242-4.1-client-hello-eom-accepted", string(reply.Message.Frame)).To(beChunk())
		})
}

// askAs opens a session whose client announces these versions, and asks for something in the framing that should be
// agreed on.
func askAs(ctx context.Context, f wire.Framing, versions ...string) *session.Reply {
	s := Open(ctx, Mute())
	Given(s.SendHello(ctx, versions...)).To(Succeed())
	_, err := s.ReceiveHello(ctx)
	Given(err).To(Succeed())
	s.Assume(f)
	s.Quiet(ctx, FromContext(ctx).Settle)
	return s.Ping(ctx)
}

var chunkHeader = regexp.MustCompile(`^\n?\n#[1-9]`)

// beChunk holds for a frame that begins as the first chunk of a message (RFC 6242 §4.2), with one LF before it at the
// most: that one may stand behind the hello, see rfc6242-4.1-nothing-after-hello.
func beChunk() Matcher {
	return Hold("a frame that begins with LF, # and a digit 1-9, with one LF before them at the most", chunkHeader.MatchString)
}
