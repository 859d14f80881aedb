package framing

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func acceptedArrivals() {
	ginkgo.Describe("how a message arrives", func() {
		legal{"rfc6242-4.2-accept-split-header", "a chunk header that arrives octet by octet", []form{headerByOctet}}.register()
		acceptBackToBack()
		acceptDelay()
	})
}

// headerByOctet writes the header of a chunk of 123 octets and the end-of-chunks in pieces of one octet.
func headerByOctet(_ context.Context, s *session.Session) (netconf.Request, []string) {
	const size = 123
	r := request(s)
	first, rest := string(r.Marshal())[:size], string(r.Marshal())[size:]
	pieces := append(strings.Split(header(size), ""), first)
	pieces = append(pieces, strings.Split(header(len(rest)), "")...)
	pieces = append(pieces, rest)
	return r, append(pieces, strings.Split(end, "")...)
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
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			r := request(s)
			document := string(r.Marshal())
			half := len(document) / 2

			Given(s.Write(ctx, []byte(chunk(document[:half])))).To(Succeed())
			Demand(id, s.Quiet(ctx, pause(s))).To(SayNothing())
			demandData(id, ask(ctx, s, r, chunk(document[half:])+end))
		})
}
