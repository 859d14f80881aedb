package hello

import (
	"bytes"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func framing() {
	It("ends its hello with the end-of-message mark", Spec("hello/hello-ends-with-eom"), Bare(), Covers("rfc6242-4.1-hello-ends-with-eom"),
		func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			Demand("rfc6242-4.1-hello-ends-with-eom", string(m.Frame)).To(Hold("a hello that is not chunked, with ]]>]]> behind its end tag", markedHello))
		})

	It("sends nothing between its hello and the first message", Spec("hello/nothing-after-hello"), Covers("rfc6242-4.1-nothing-after-hello"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-nothing-after-hello"
			s := Open(ctx, Announcing(netconf.Base11))
			reply := s.Ping(ctx)
			Given(reply).To(BeAnswered())
			frame := string(reply.Message.Frame)
			Demand(id, frame).To(Hold("octets that begin with LF #, with one LF before them at the most", beginsAsChunk))
			Observe("LF between hello and first message", map[bool]string{true: "one", false: "none"}[len(frame) > 1 && frame[1] == '\n'], "none", "one")
		})

	It("recognises the end of our hello however it is cut", Spec("hello/client-hello-split"), Covers("rfc6242-4.1-client-hello-split"),
		func(ctx ginkgo.SpecContext) {
			octets := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, common(ctx)...))
			every := make([]int, 0, len(octets))
			for i := range octets {
				every = append(every, i)
			}
			cuts := [][]int{every}
			for i := 1; i < len(wire.EndOfMessageMark); i++ {
				cuts = append(cuts, []int{len(octets) - len(wire.EndOfMessageMark) + i})
			}
			for _, cut := range cuts {
				s := Open(ctx, Mute())
				Given(s.Write(ctx, wire.Cut(octets, cut...)...)).To(Succeed())
				s.Announce(common(ctx)...)
				Demand("rfc6242-4.1-client-hello-split", established(ctx, s)).To(CarryData())
			}
		})

	It("stays with chunked framing", Spec("hello/chunked-after-hello"), Covers("rfc6242-4.1-chunked-after-hello"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-chunked-after-hello"
			s := Open(ctx, Announcing(netconf.Base11))
			for i := range 50 {
				operation := session.Nothing()
				if i%5 == 4 {
					operation = `<ncspec-no-such-operation xmlns="urn:example:ncspec"/>`
				}
				reply := s.RPC(ctx, operation)
				Demand(id, reply).To(BeAnswered())
				Demand(id, unframed(reply)).To(Equal("LF #"))
			}
		})

	It("switches framing behind our hello in the same packet", Spec("hello/rpc-in-same-packet"), Covers("rfc6242-4.1-rpc-in-same-packet-as-hello"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-rpc-in-same-packet-as-hello"
			s := Open(ctx, Mute())
			octets := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, netconf.Base11))
			r := netconf.Request{MessageID: "same-packet", Operation: session.Nothing()}
			s.Announce(netconf.Base11)
			sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(octets, wire.Chunked, r.Marshal()))
			_, err := s.ReceiveHello(ctx)
			Given(err).To(Succeed())
			Given(s.Agree()).To(Succeed())
			reply := s.Await(ctx, sent[0])
			Demand(id, reply).To(CarryData())
			Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@message-id", "same-packet"))
			Demand(id, unframed(reply)).To(Equal("LF #"))
		})
}

// markedHello: the end tag of hello, white space at the most, and the mark.
func markedHello(frame string) bool {
	rest, marked := bytes.CutSuffix([]byte(frame), []byte(wire.EndOfMessageMark))
	rest = bytes.TrimRight(rest, " \t\r\n")
	return marked && !bytes.HasPrefix(bytes.TrimLeft(rest, "\n"), []byte("#")) && bytes.HasSuffix(rest, []byte(">"))
}

func beginsAsChunk(frame string) bool {
	if len(frame) > 2 && frame[0] == '\n' && frame[1] == '\n' {
		frame = frame[1:]
	}
	return len(frame) > 2 && frame[0] == '\n' && frame[1] == '#' && frame[2] >= '1' && frame[2] <= '9'
}
