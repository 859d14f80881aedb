package framing

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// patience is how many graces a server may take for messages of this size.
const patience = 6

func largeMessages() {
	const id = "rfc6242-4.2-accept-large-chunk"
	ginkgo.Describe("large messages", func() {
		It("accepts a chunk of 1 MiB and a message of 4 MiB", Spec("framing/accept-large-chunk"), Covers(id),
			func(ctx ginkgo.SpecContext) {
				for _, m := range []struct {
					name       string
					size, each int
				}{{"one chunk of 1 MiB", 1 << 20, 1 << 20}, {"1000 chunks of 4 KiB", 1000 << 12, 1 << 12}} {
					s := Open(ctx)
					Given(s).To(StillAnswer(ctx))
					r := requestOf(s, m.size)
					s.Note("%s", m.name)
					sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(nil, wire.Chunked, r.Marshal(), m.each))
					reply := s.AwaitFor(ctx, sent[0], patience*s.Grace())
					Demand(id, reply).To(takeOrRefuseForSize(m.name))
					Observe(m.name, taken(reply), "carried out", "too-big", "resource-denied", "session ended by the server")
				}
				Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
			})
		acceptLargestSize()
	})
}

// requestOf is a get-config whose document has that many octets, where it need not have more.
func requestOf(s *session.Session, size int) netconf.Request {
	r := request(s)
	missing := size - len(r.Marshal()) - len("<!---->")
	r.Operation = "<!--" + strings.Repeat("x", max(0, missing)) + "-->" + r.Operation
	return r
}

// takeOrRefuseForSize holds for a request that was carried out, or refused for its size with the errors that RFC 6241
// Appendix A has for it. A server that ends the session may have a limit of its own: that is observed.
func takeOrRefuseForSize(name string) Matcher {
	return question[*session.Reply]{expected: "an ordinary reply to " + name + ", or an rpc-error too-big or resource-denied",
		show: Show,
		holds: func(r *session.Reply) bool {
			refused, _ := BeRPCError("too-big", "resource-denied").Match(r)
			return r.Normal() || refused || r.Outcome == session.Ended
		}}
}

func taken(r *session.Reply) string {
	switch {
	case r.Normal():
		return "carried out"
	case r.Outcome == session.Answered && len(r.Errors) > 0:
		return r.Errors[0].Tag
	}
	return r.Outcome.String()
}

// acceptLargestSize announces the largest chunk. Only the loss of service fails: 4 GiB are too many to send, and a
// server that is short of memory may close the channel, which looks like a refused size.
func acceptLargestSize() {
	const id = "rfc6242-4.2-accept-max-chunk-size"
	It("survives the largest chunk-size", Spec("framing/accept-max-chunk-size"), Covers(id), func(ctx ginkgo.SpecContext) {
		s, bystander := Open(ctx), Open(ctx, Named("bystander"))
		Given(s).To(StillAnswer(ctx))
		Given(bystander).To(StillAnswer(ctx))
		provoke(ctx, s, header(wire.MaxChunkSize)+document(s)[:10])
		Observe("the channel behind the header", openOrEnded(ctx, s), "open", "ended")
		_ = s.Close()
		Demand(id, bystander).To(StillAnswer(ctx))
		demandNewSession(ctx, id)
	})
}

// demandNewSession judges whether a server still opens sessions.
func demandNewSession(ctx context.Context, requirement string) {
	stream, err := Connect(ctx).Open(ctx)
	Demand(requirement, err).To(Succeed())
	s := Adopt(stream)
	Demand(requirement, s.Exchange(ctx)).To(Succeed())
	Demand(requirement, s).To(StillAnswer(ctx))
}

func openOrEnded(ctx context.Context, s *session.Session) string {
	if s.Quiet(ctx, pause(s)).Ended {
		return "ended"
	}
	return "open"
}
