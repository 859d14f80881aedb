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

func octetsAsData() {
	ginkgo.Describe("octets of the framing inside the data", func() {
		markIsData()
		endIsData()
	})
}

func markIsData() {
	const id = "rfc6242-4.2-eom-mark-is-data"
	It("treats ]]>]]> in a chunked message as data", Spec("framing/eom-mark-is-data"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		for _, inside := range []string{"<!-- " + mark + " -->", "<?ncspec " + mark + "?>"} {
			r := request(s)
			r.Operation = inside + r.Operation
			demandData(id, ask(ctx, s, r, message(string(r.Marshal()))))
		}

		// A greater-than sign may stand in a value as it is (XML 1.0 section 2.4); Marshal would escape it.
		r := request(s)
		r.Attributes = []netconf.Attribute{{Name: "note", Value: "here"}}
		reply := ask(ctx, s, r, message(strings.Replace(string(r.Marshal()), "here", mark, 1)))
		demandData(id, reply)
		Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@note", mark))
		Demand(id, s).To(StillAnswer(ctx))
	})
}

func endIsData() {
	const id = "rfc6242-4.2-end-marker-is-data-inside-chunk"
	It("treats LF ## LF inside a chunk as data", Spec("framing/end-marker-is-data-inside-chunk"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			r := request(s)
			r.Operation = "<!-- " + end + " -->" + r.Operation
			demandData(id, ask(ctx, s, r, message(string(r.Marshal()))))
			seen := len(s.Replies())
			more, answer := aftermath(ctx, s, seen)
			Demand(id, more.Replies).To(question[[]*session.Reply]{expected: "one reply to the message",
				holds: func(more []*session.Reply) bool { return len(more) == 0 },
				show:  func(more []*session.Reply) string { return "a second one: " + Show(more[0]) }})
			Demand(id, answer).To(CarryData())
		})
}

func faultsInTheData() {
	ginkgo.Describe("faults in the data of a message that is framed well", func() {
		anyOctet()
		brokenXML()
		twoDocuments()
	})
}

// anyOctet: framing takes every octet, XML does not.
func anyOctet() {
	const id = "rfc6242-4.2-accept-any-octet-then-xml-error"
	It("reports octets that XML forbids as a fault of XML", Spec("framing/accept-any-octet-then-xml-error"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			for _, v := range []struct{ name, octet string }{{"NUL", "\x00"}, {"0xFF", "\xff"}, {"0x1B", "\x1b"}} {
				s := Open(ctx)
				Given(s).To(StillAnswer(ctx))
				s.Note("variant: %s", v.name)
				r := request(s)
				r.Operation = "<!-- " + v.octet + " -->" + r.Operation
				demandRefused(ctx, id, s, v.name, message(string(r.Marshal())))
			}
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}

func brokenXML() {
	const id = "rfc6242-4.2-malformed-xml-keeps-framing"
	It("stays in step behind a message whose XML is broken", Spec("framing/malformed-xml-keeps-framing"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			demandRefused(ctx, id, s, "broken XML", message("<rpc"))
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}

// demandRefused judges what answers a message whose XML is at fault: an rpc-error, behind which the session goes on,
// or its end.
func demandRefused(ctx context.Context, requirement string, s *session.Session, name, framed string) {
	provoke(ctx, s, framed)
	r := reaction(ctx, s)
	Demand(requirement, r).To(RefuseOrEnd())
	Observe("reaction to "+name, describe(r))
	if !r.Ended {
		Demand(requirement, s.Ping(ctx)).To(answerOrEnd())
	}
}

// answerOrEnd holds for a session that goes on, or has ended: a server may send its error and leave.
func answerOrEnd() Matcher {
	return question[*session.Reply]{expected: "an ordinary reply, or the end of the session", show: Show,
		holds: func(r *session.Reply) bool { return r.Normal() || r.Outcome == session.Ended }}
}

// twoDocuments: without an end-of-chunks the chunks of a second request belong to the first message.
func twoDocuments() {
	const id = "rfc6242-4.2-chunks-without-end-join"
	It("joins chunks until the message ends, whatever they hold", Spec("framing/chunks-without-end-join"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			seen := len(s.Replies())
			provoke(ctx, s, chunk(document(s))+message(document(s)))
			came := reaction(ctx, s)
			if !came.Ended {
				came, _ = aftermath(ctx, s, seen)
			}
			Demand(id, came).To(CarryNothingOut())
			Demand(id, len(came.Replies) <= 1).To(BeTrue("two replies answered one message"))
			Observe("reaction to two documents in one message", describe(came))
			Given(Open(ctx, Named("afterwards"))).To(StillAnswer(ctx))
		})
}
