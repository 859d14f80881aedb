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

// old opens a session in which both ends use end-of-message framing.
func old(ctx context.Context) *session.Session { return Open(ctx, Announcing(netconf.Base10)) }

func endOfMessage() {
	ginkgo.Describe("end-of-message framing", func() {
		markBehindReplies()
		markInPieces()
		markAcrossBuffers()
		markBackToBack()
		nearMisses()
		lineFeedBehindMark()
		markInsideMessage()
		chunksInOldSession()
	})
}

// markBehindReplies: a reply without its mark is never complete.
func markBehindReplies() {
	const id = "rfc6242-4.3-eom-after-each-reply"
	It("puts the mark behind each reply", Spec("framing/eom-after-each-reply"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := old(ctx)
		for _, c := range []struct {
			operation string
			content   Matcher
		}{
			{session.Nothing(), CarryData()},
			{`<no-such-operation xmlns="http://ncspec.example/ns/none"/>`, BeRPCError()},
			{session.Nothing(), CarryData()},
		} {
			reply := s.RPC(ctx, c.operation)
			if reply.Outcome != session.Answered && !s.Receiving() {
				Given(reply).To(BeAnswered()) // there is no reply that could lack its mark
			}
			Demand(id, reply).To(BeAnswered())
			Demand(id, strings.HasSuffix(string(reply.Message.Frame), mark)).To(BeTrue("the reply does not end in ]]>]]>"))
			Given(reply).To(c.content)
		}
	})
}

func markInPieces() {
	const id = "rfc6242-4.3-eom-split"
	It("finds the mark however it is cut", Spec("framing/eom-split"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := old(ctx)
		Given(s).To(StillAnswer(ctx))
		for cut := 1; cut < len(mark); cut++ {
			r := request(s)
			demandData(id, trickle(ctx, s, r, string(r.Marshal())+mark[:cut], mark[cut:]))
		}
		r := request(s)
		demandData(id, ask(ctx, s, r, strings.Split(string(r.Marshal())+mark, "")...))
	})
}

// markAcrossBuffers puts the mark where servers have missed it: across the end of the buffer that they read into.
func markAcrossBuffers() {
	const id = "rfc6242-4.3-eom-split"
	It("finds the mark at the end of a buffer", Spec("framing/eom-across-buffers"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := old(ctx)
		Given(s).To(StillAnswer(ctx))
		for _, buffer := range []int{4 << 10, 8 << 10, 32 << 10} {
			for begin := buffer - len(mark) + 1; begin <= buffer; begin++ {
				r := request(s)
				demandData(id, ask(ctx, s, r, padded(r, begin)+mark))
			}
		}
	})
}

// padded is the document of a request, made so long by blanks inside its root.
func padded(r netconf.Request, length int) string {
	r.Operation += strings.Repeat(" ", length-len(r.Marshal()))
	return string(r.Marshal())
}

func markBackToBack() {
	const id = "rfc6242-4.3-eom-back-to-back"
	It("answers three messages of one write in their order", Spec("framing/eom-back-to-back"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := old(ctx)
			Given(s).To(StillAnswer(ctx))
			demandInOrder(ctx, id, s)
		})
}

func nearMisses() {
	const id = "rfc6242-4.3-eom-near-miss"
	It("does not take part of the mark for the mark", Spec("framing/eom-near-miss"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := old(ctx)
		Given(s).To(StillAnswer(ctx))
		r := request(s)
		r.Operation = "<!-- ]]>]] ]>]]> ]]> ]]]>]]-->" + r.Operation
		demandData(id, ask(ctx, s, r, string(r.Marshal())+mark))
		more, answer := aftermath(ctx, s, len(s.Replies()))
		Demand(id, len(more.Replies)).To(Equal(0))
		Demand(id, answer).To(CarryData())
	})
}

// lineFeedBehindMark writes requests as the examples print them. Ours have no XML declaration, before which there
// must be no white space.
func lineFeedBehindMark() {
	const id = "rfc6242-4.3-eom-leading-newline"
	It("accepts an LF between the mark and the next document", Spec("framing/eom-leading-newline"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := old(ctx)
			Given(s).To(StillAnswer(ctx))
			for range 2 {
				r := request(s)
				demandData(id, ask(ctx, s, r, "\n"+string(r.Marshal())+mark))
			}
		})
}

// markInsideMessage: a server cannot but split the message, and then has two broken documents.
func markInsideMessage() {
	const id = "rfc6242-4.3-eom-inside-message-splits"
	It("executes no part of a message with a mark inside", Spec("framing/eom-inside-message-splits"), Covers(id),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			writer, witness, t := old(ctx), Open(ctx, Named("witness")), FixtureLeaf(ctx)
			_, before := t.Change(ctx, witness)
			Given(writer).To(StillAnswer(ctx))
			edit, _ := writer.Frame("<!-- " + mark + " -->" + t.Edit(t.Other(before)))
			came := provokeOld(ctx, writer, string(edit.Marshal())+mark)
			Demand(id, came).To(CarryNothingOut())
			Observe("reaction to the fragments", describe(came))
			Demand(id, t.Read(ctx, witness, t.Store)).To(Equal(before))
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}

func chunksInOldSession() {
	const id = "rfc6242-4.3-chunked-in-eom-session"
	It("does not accept chunks", Spec("framing/chunked-in-eom-session"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := old(ctx)
		Given(s).To(StillAnswer(ctx))
		came := provokeOld(ctx, s, message(document(s))+mark)
		Demand(id, came).To(CarryNothingOut())
		Observe("reaction to chunks", describe(came))
		Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
	})
}

// provokeOld writes octets and gives all that answers them. What must not come is shown by one more request.
func provokeOld(ctx context.Context, s *session.Session, octets string) *session.Ending {
	seen := len(s.Replies())
	provoke(ctx, s, octets)
	came, _ := aftermath(ctx, s, seen)
	return came
}
