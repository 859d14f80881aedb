package framing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func acceptedArrivals() {
	ginkgo.Describe("how a message arrives", func() {
		acceptSplitHeader()
		acceptBackToBack()
		acceptDelay()
	})
}

func acceptSplitHeader() {
	const id = "rfc6242-4.2-accept-split-header"
	It("accepts a chunk header that arrives octet by octet", Spec("framing/accept-split-header"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			r := request(s)
			data := string(r.Marshal())
			first, rest := data[:123], data[123:]
			pieces := append(strings.Split(header(len(first)), ""), first)
			pieces = append(pieces, strings.Split(header(len(rest)), "")...)
			pieces = append(pieces, rest)
			demandData(id, trickle(ctx, s, r, append(pieces, strings.Split(end, "")...)...))
		})
}

// gap lets a server read one packet before the next one arrives.
const gap = 5 * time.Millisecond

// trickle is ask with a gap between the pieces.
func trickle(ctx context.Context, s *session.Session, r netconf.Request, pieces ...string) *session.Reply {
	last := len(pieces) - 1
	for _, piece := range pieces[:last] {
		Given(unlessEnded(ctx, s.Write(ctx, []byte(piece)))).To(Succeed())
		s.Quiet(ctx, gap)
	}
	return ask(ctx, s, r, pieces[last])
}

func acceptBackToBack() {
	const id = "rfc6242-4.2-accept-messages-back-to-back"
	It("answers three messages of one write in their order", Spec("framing/accept-messages-back-to-back"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			demandInOrder(ctx, id, s)
		})
}

// demandInOrder sends three requests in one write and judges that their replies come, and in which order.
func demandInOrder(ctx context.Context, requirement string, s *session.Session) {
	seen := len(s.Replies())
	var sent, answered []string
	pipelined := s.Pipeline(ctx, []string{session.Nothing(), session.Nothing(), session.Nothing()})
	for i, reply := range s.AwaitAll(ctx, pipelined) {
		Demand(requirement, reply).To(CarryData())
		sent = append(sent, pipelined[i].MessageID)
	}
	for _, reply := range s.Replies()[seen:] {
		answered = append(answered, reply.MessageID)
	}
	Demand(requirement, answered).To(Equal(sent))
}

func acceptDelay() {
	const id = "rfc6242-4.2-accept-delayed-chunks"
	It("waits for the remaining chunks of a message", Spec("framing/accept-delayed-chunks"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			early := Begun(ctx, half())
			s := early.Sessions[0]
			Demand(id, s.Quiet(ctx, early.Rest(pause(s)))).To(SayNothing())
			r, _, rest := halves()
			demandData(id, ask(ctx, s, r, chunk(rest)+end))
		})
}

// half is a session that has had an answer and then the first chunk of a request.
func half() Ahead {
	return Ahead{Spec: "framing/accept-delayed-chunks", Begin: func(ctx context.Context, e *Early) error {
		s, err := e.Open(ctx)
		if err != nil {
			return err
		}
		if reply := s.Ping(ctx); !reply.Normal() {
			return fmt.Errorf("asking for nothing: %s", Show(reply))
		}
		_, first, _ := halves()
		return s.Write(ctx, []byte(chunk(first)))
	}}
}

// halves are a request and the two parts of its document.
func halves() (r netconf.Request, first, rest string) {
	r = netconf.Request{MessageID: "in-halves", Operation: session.Nothing()}
	document := string(r.Marshal())
	return r, document[:len(document)/2], document[len(document)/2:]
}
