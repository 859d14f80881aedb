package framing

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// missingFinalLF: the LF of the next header completes the end-of-chunks, and is missing there.
func missingFinalLF() {
	const id = "rfc6242-4.2-reject-end-missing-final-lf"
	It("ends the session on an end-of-chunks without its last LF", Spec("framing/reject-end-missing-final-lf"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			one, two := request(s), request(s)
			withoutLF := end[:len(end)-1]
			// In two writes, so that the first request may be answered before the fault is there.
			provoke(ctx, s, chunk(string(one.Marshal()))+withoutLF, message(string(two.Marshal())))
			ending := s.AwaitEnd(ctx)
			Demand(id, ending).To(BeOver())
			Demand(id, ending).To(leaveAlone(two.MessageID))
			Observe("the request before the fault", fate(ending, one.MessageID), "answered", "not answered")
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}

// leaveAlone holds where the request with that message-id was not carried out.
func leaveAlone(messageID string) Matcher {
	return question[*session.Ending]{expected: "the request with message-id " + messageID + " not to be carried out",
		holds: func(e *session.Ending) bool { return carried(e, messageID) == nil },
		show:  func(e *session.Ending) string { return Show(carried(e, messageID)) }}
}

func carried(e *session.Ending, messageID string) *session.Reply {
	for _, r := range e.Carried() {
		if r.MessageID == messageID {
			return r
		}
	}
	return nil
}

func fate(e *session.Ending, messageID string) string {
	for _, r := range e.Replies {
		if r.MessageID == messageID {
			return "answered"
		}
	}
	return "not answered"
}

// extraLF judges an LF between messages. The one behind the hello's mark is observed only: the example of section 4.2
// prints a line break there, and many clients send it.
func extraLF() {
	b := breach{"rfc6242-4.2-reject-extra-lf-between-messages", "an additional LF between two messages", []variant{
		{name: "LF", octets: func(document string) string { return "\n" + message(document) }},
	}}
	It("ends the session on "+b.text, Spec("framing/"+slug(b.requirement)), Covers(b.requirement), func(ctx ginkgo.SpecContext) {
		b.judge(ctx)
		s := Open(ctx, Fresh(), Named("LF behind the hello"))
		provoke(ctx, s, "\n"+message(document(s)))
		Observe("an LF between the client's hello and its first chunk", toleration(outcome(ctx, s)),
			"accepted", "the end of the session", "rpc-error malformed-message, then the end of the session")
		Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
	})
}

func toleration(e *session.Ending) string {
	if len(e.Carried()) > 0 {
		return "accepted"
	}
	return describe(e)
}
