package tls

import (
	"bytes"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport/tls"
	"github.com/ncspec/ncspec/harness/wire"
)

func framing() {
	It("ends its hello with the mark", Spec("tls/hello-eom"), Bare(), Covers("rfc7589-3-hello-eom"), func(ctx ginkgo.SpecContext) {
		o := try(ctx, tls.Attempt{Certificate: own(ctx)})
		Given(string(o.Octets)).To(Hold("a hello, however it is framed", helloTag.MatchString))
		Demand("rfc7589-3-hello-eom", string(o.Octets)).To(Hold("a hello without a chunk header, followed by ]]>]]>", markedHello))
	})

	It("changes to chunks where both sides know them", Spec("tls/chunked-after-base11"), Covers("rfc7589-3-chunked-after-base11"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-3-chunked-after-base11"
			reply := Open(ctx, Announcing(session.Versions()...)).Ping(ctx)
			Demand(id, reply).To(CarryData())
			Demand(id, string(reply.Message.Frame)).To(Hold("chunks", chunked))
			reply = Open(ctx, Announcing(netconf.Base10)).Ping(ctx)
			Demand(id, reply).To(CarryData())
			Demand(id, string(reply.Message.Frame)).To(Hold("a document followed by ]]>]]>", marked))
		})

	It("does not mind where TLS records end", Spec("tls/record-boundaries-irrelevant"), Covers("rfc7589-3-record-boundaries-irrelevant"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-3-record-boundaries-irrelevant"
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			first, octets := s.Frame(session.Nothing())
			second, more := s.Frame(session.Nothing())
			for _, reply := range s.AwaitAll(ctx, s.SendAs(ctx, []netconf.Request{first, second}, append(octets, more...))) {
				Demand(id, reply).To(CarryData())
			}
			third, octets := s.Frame(session.Nothing())
			sent := s.SendAs(ctx, []netconf.Request{third}, singly(octets)...)
			Demand(id, s.Await(ctx, sent[0])).To(CarryData())
		})
}

func markedHello(text string) bool { return !strings.HasPrefix(text, "\n#") && marked(text) }

func marked(text string) bool {
	return strings.HasSuffix(strings.TrimSpace(text), wire.EndOfMessageMark)
}

func chunked(text string) bool {
	return strings.HasPrefix(text, "\n#") && strings.HasSuffix(text, wire.EndOfChunks)
}

// singly cuts octets into pieces of one: a write is a record of TLS.
func singly(octets []byte) [][]byte { return bytes.SplitAfter(octets, nil) }
