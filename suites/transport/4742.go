package transport

import (
	"bytes"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func old() {
	It("lets the XML directive begin the hello", Spec("transport/4742-xml-directive"), Bare(), Covers("rfc4742-3-xml-directive-before-hello"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx, Mute())
			m, err := s.Next(ctx)
			Given(err).To(Succeed())
			at := bytes.Index(m.Octets, []byte("<?xml"))
			if at < 0 {
				Observe("XML directive", "none", "none", "before the hello")
				at = max(0, bytes.IndexByte(m.Octets, '<'))
			}
			d, _ := netconf.Parse(m.Octets[at:])
			Demand("rfc4742-3-xml-directive-before-hello", d).To(HaveXPath("/nc:hello"))
			Observe("octets before the document", at)
		})

	It("ends each document with the mark", Spec("transport/4742-end-mark"), Covers("rfc4742-3.1-eom-after-each-document"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc4742-3.1-eom-after-each-document"
			s := Open(ctx, Announcing(netconf.Base10))
			for _, operation := range []string{session.Nothing(), "<no-such-operation/>", "<get/>"} {
				reply := s.RPC(ctx, operation)
				Demand(id, reply).To(BeAnswered())
				Demand(id, bytes.HasSuffix(reply.Message.Frame, []byte(wire.EndOfMessageMark))).To(BeTrue("the document is followed by ]]>]]>"))
			}
		})

	It("gets back into step behind a document that cannot be parsed", Spec("transport/4742-resynchronise"),
		Covers("rfc4742-3.1-resynchronise-after-parse-error"), func(ctx ginkgo.SpecContext) {
			const id = "rfc4742-3.1-resynchronise-after-parse-error"
			s := Open(ctx, Announcing(netconf.Base10))
			Given(s).To(StillAnswer(ctx))
			Given(s.Break(ctx, wire.Append(nil, wire.EndOfMessage, []byte(`<rpc message-id="broken"><get></rpc>`)))).To(Succeed())
			sent := s.Send(ctx, session.Nothing(), session.WithMessageID("after"))
			reply := awaitOwn(ctx, s, sent)
			Demand(id, after(s, reply)).To(Hold("data for the request behind it, or the end of the session", func(text string) bool {
				return text != "silence"
			}))
			Observe("behind a broken document", after(s, reply), "data", "closed")
		})
}

// awaitOwn waits for the reply with the request's own message-id: the broken document may be answered first.
func awaitOwn(ctx ginkgo.SpecContext, s *session.Session, sent *session.Sent) *session.Reply {
	s.Await(ctx, sent)
	for range 2 {
		for _, r := range s.Replies() {
			if r.MessageID == sent.MessageID {
				return r
			}
		}
		_, _ = s.Next(ctx)
	}
	return nil
}

func after(s *session.Session, reply *session.Reply) string {
	switch {
	case reply != nil && reply.Data != nil:
		return "data"
	case s.HasEnded():
		return "closed"
	}
	return "silence"
}
