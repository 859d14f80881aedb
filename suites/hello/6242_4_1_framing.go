package hello

import (
	"context"
	"regexp"
	"time"

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
			s, m := first(ctx)
			Given(len(m.Frame) > 0 || s.Receiving()).To(BeTrue("nothing has come that could be a hello"))
			Demand("rfc6242-4.1-hello-ends-with-eom", string(m.Frame)).To(Hold("a hello that is not chunked, with ]]>]]> behind its end tag", markedHello.MatchString))
		})

	It("sends nothing between its hello and the first message", Spec("hello/nothing-after-hello"), Covers("rfc6242-4.1-nothing-after-hello"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-nothing-after-hello"
			s := Open(ctx, Announcing(netconf.Base11))
			Given(s).To(StillAnswer(ctx))
			frame := string(behindHello(s).Frame)
			Demand(id, frame).To(Hold("octets that begin with LF, # and a digit 1-9, with one LF before them at the most", beginsAsChunk.MatchString))
			Observe("LF between hello and first message", map[bool]string{true: "one", false: "none"}[frame[1] == '\n'], "none", "one")
		})

	It("recognises the end of our hello however it is cut", Spec("hello/client-hello-split"), Covers("rfc6242-4.1-client-hello-split"),
		func(ctx ginkgo.SpecContext) {
			worksAsUsual(ctx)
			octets := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, common(ctx)...))
			for _, cuts := range helloCuts(len(octets)) {
				s := Open(ctx, Mute())
				_, err := s.ReceiveHello(ctx)
				Given(err).To(Succeed())
				trickle(ctx, s, wire.Cut(octets, cuts...))
				s.Announce(common(ctx)...)
				Given(s.Agree()).To(Succeed())
				Demand("rfc6242-4.1-client-hello-split", s.Ping(ctx)).To(CarryData())
			}
		})

	It("stays with chunked framing", Spec("hello/chunked-after-hello"), Covers("rfc6242-4.1-chunked-after-hello"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx, Announcing(netconf.Base11))
			Given(s).To(StillAnswer(ctx))
			for i := range 50 {
				operation := session.Nothing()
				if i%5 == 4 {
					operation = `<ncspec-no-such-operation xmlns="urn:example:ncspec"/>`
				}
				reply := s.RPC(ctx, operation)
				Given(reply).To(BeAnswered())
				Demand("rfc6242-4.1-chunked-after-hello", string(reply.Message.Frame)).To(beChunked())
			}
		})

	It("switches framing behind our hello in the same packet", Spec("hello/rpc-in-same-packet"), Covers("rfc6242-4.1-rpc-in-same-packet-as-hello"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-4.1-rpc-in-same-packet-as-hello"
			worksWith(ctx, netconf.Base11)
			s := Open(ctx, Mute())
			octets := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, netconf.Base11))
			r := netconf.Request{MessageID: "same-packet", Operation: session.Nothing()}
			_, err := s.ReceiveHello(ctx)
			Given(err).To(Succeed())
			s.Announce(netconf.Base11)
			sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(octets, wire.Chunked, r.Marshal()))
			// Not before: to a server that loses such requests an agreed session would send another one, to wake it.
			Given(s.Agree()).To(Succeed())
			// Usual requests have just been answered: the grace is enough, and is given in two parts.
			reply := s.AwaitFor(ctx, sent[0], s.Grace()/3)
			if reply.Outcome == session.Silent {
				s.Ping(ctx)
				Observe("replies once another request had come", len(s.Replies()))
			}
			Demand(id, reply).To(CarryData())
			Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@message-id", "same-packet"))
			Demand(id, string(reply.Message.Frame)).To(beChunked())
		})
}

// markedHello: not chunked, then the end tag of hello, comments and white space at the most, and the mark.
var markedHello = regexp.MustCompile(`^(?:[^\n]|\n+[^#])[\s\S]*</(?:[\pL_][\pL\pN._-]*:)?hello\s*>\s*(?:<!--[\s\S]*?-->\s*)*\]\]>\]\]>$`)

var beginsAsChunk = regexp.MustCompile(`^\n?\n#[1-9]`)

// behindHello is the first message from the server after its hello.
func behindHello(s *session.Session) session.Message {
	var next session.Message
	for _, r := range s.Replies() {
		next = r.Message
		break
	}
	if others := s.Others(); len(others) > 1 && others[1].Offset < next.Offset {
		next = others[1]
	}
	return next
}

// helloCuts are the places to cut a hello of that many octets: everywhere, and at each place inside its end mark.
func helloCuts(octets int) [][]int {
	var everywhere []int
	for i := range octets {
		everywhere = append(everywhere, i)
	}
	cuts := [][]int{everywhere}
	for i := 1; i < len(wire.EndOfMessageMark); i++ {
		cuts = append(cuts, []int{octets - len(wire.EndOfMessageMark) + i})
	}
	return cuts
}

// trickle writes pieces with a pause between them, so that the server reads one before the next arrives.
func trickle(ctx context.Context, s *session.Session, pieces [][]byte) {
	pause := 5 * time.Millisecond
	if len(pieces) > 10 {
		pause = time.Millisecond
	}
	for i, piece := range pieces {
		if i > 0 {
			s.Quiet(ctx, pause)
		}
		unlessEnded(ctx, s.Write(ctx, piece))
	}
}
