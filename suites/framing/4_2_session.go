package framing

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
)

// fault is a framing error of which no server can make sense.
const fault = "\n#0\n"

func incompleteRequests() {
	ginkgo.Describe("requests that are never complete", func() {
		noEnd()
		faultInLaterChunk()
	})
}

// noEnd leaves a request without its end-of-chunks, and goes: by ending the channel, and by ending TCP.
func noEnd() {
	const id = "rfc6242-4.2-no-execution-without-end"
	It("does not execute a message that is never ended", Spec("framing/no-execution-without-end"), Covers(id),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			witness, t := Open(ctx, Named("witness")), FixtureLeaf(ctx)
			_, before := t.Change(ctx, witness)
			edit := t.Edit(t.Other(before))

			channel := abandoned(ctx, edit)
			Given(channel.Stream().CloseWrite()).To(Succeed())
			Demand(id, channel.Quiet(ctx, pause(channel)).Messages).To(beNone())
			Demand(id, t.Read(ctx, witness, t.Store)).To(Equal(before))

			tcp := abandoned(ctx, edit)
			Given(tcp.Conn().CloseTCP()).To(Succeed())
			Demand(id, tcp.Quiet(ctx, pause(tcp)).Messages).To(beNone())
			// Nothing shows when the server has noticed this one.
			Given(witness.Quiet(ctx, pause(witness))).To(SayNothing())
			Demand(id, t.Read(ctx, witness, t.Store)).To(Equal(before))
		})
}

// abandoned is a session that has sent a whole request but for its end.
func abandoned(ctx context.Context, operation string) *session.Session {
	s := Open(ctx)
	Given(s).To(StillAnswer(ctx))
	r, _ := s.Frame(operation)
	provoke(ctx, s, chunk(string(r.Marshal())))
	return s
}

func beNone() Matcher {
	return question[[]session.Message]{expected: "no message from the server",
		holds: func(all []session.Message) bool { return len(all) == 0 },
		show:  func(all []session.Message) string { return Octets(all[0].Octets) }}
}

func faultInLaterChunk() {
	const id = "rfc6242-4.2-error-in-later-chunk"
	It("executes nothing of a message with a fault in a later chunk", Spec("framing/error-in-later-chunk"), Covers(id),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			writer, witness, t := Open(ctx, Named("writer")), Open(ctx, Named("witness")), FixtureLeaf(ctx)
			_, before := t.Change(ctx, witness)
			Given(writer).To(StillAnswer(ctx))
			edit, _ := writer.Frame(t.Edit(t.Other(before)))
			provoke(ctx, writer, chunk(string(edit.Marshal()))+fault)
			ending := writer.AwaitEnd(ctx)
			Demand(id, ending).To(EndSession())
			Observe("rpc-error ahead of the closure", errorTag(ending))
			Demand(id, t.Read(ctx, witness, t.Store)).To(Equal(before))
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}

func endOfSession() {
	ginkgo.Describe("the end of the session after a framing error", func() {
		closesChannel()
		releasesLock()
		sparesOthers()
	})
}

// closesChannel: after an EOF alone a channel is still open (RFC 4254 section 5.3); a server that ends the connection
// has closed the channel with it.
func closesChannel() {
	const id = "rfc6242-4.2-close-is-channel-close"
	It("closes the SSH channel", Spec("framing/close-is-channel-close"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		provoke(ctx, s, fault)
		ending := s.AwaitEnd(ctx)
		how := AwaitClosed(ctx, s)
		Observe("what ended the session", how, transport.EndedClose, transport.EndedDisconnect)
		Demand(id, ending).To(BeOver())
		Demand(id, how == transport.EndedClose || how == transport.EndedDisconnect).
			To(BeTrue("the server sent CHANNEL_EOF and did not close the channel"))
		Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
	})
}

func releasesLock() {
	const id = "rfc6242-4.2-framing-error-releases-lock"
	It("releases the locks of the session", Spec("framing/framing-error-releases-lock"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		provoke(ctx, holder, fault)
		if ending := holder.AwaitEnd(ctx); !ending.Ended && ending.Err == nil {
			NoVerdict("the server did not end the session for its framing error")
		}
		Demand(id, lockInTime(ctx, rival)).To(BeOK())
	})
}

// again is the time between two attempts to take a lock.
const again = 20 * time.Millisecond

// lockInTime tries to lock running until it succeeds or the grace is over.
func lockInTime(ctx context.Context, s *session.Session) *session.Reply {
	for deadline := time.Now().Add(s.Grace()); ; {
		reply := s.Lock(ctx, datastore.Running)
		if ok, _ := BeOK().Match(reply); ok || reply.Outcome != session.Answered || time.Now().After(deadline) {
			return reply
		}
		s.Quiet(ctx, again)
	}
}

// sparesOthers makes the fault alone, and right behind a request that is still being dealt with.
func sparesOthers() {
	const id = "rfc6242-4.2-framing-error-other-sessions"
	It("leaves other sessions alone", Spec("framing/framing-error-other-sessions"), Covers(id), func(ctx ginkgo.SpecContext) {
		other := Open(ctx, Named("other"))
		Given(other).To(StillAnswer(ctx))
		for _, v := range []variant{
			{name: "a framing error alone", octets: just(fault)},
			{name: "a framing error behind a request", octets: func(document string) string { return message(document) + fault }},
		} {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			s.Note("variant: %s", v.name)
			provoke(ctx, s, v.octets(document(s)))
			s.AwaitEnd(ctx)
			Demand(id, other).To(StillAnswer(ctx))
		}
	})
}
