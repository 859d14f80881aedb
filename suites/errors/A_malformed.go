package errors

import (
	"context"
	"errors"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func malformed() {
	ginkgo.Describe("malformed messages", func() {
		malformedMessage()
		notToOldClients()
	})
}

func malformedMessage() {
	const id = "rfc6241-A-malformed-message"
	It("are answered with malformed-message of the layer rpc", Spec("errors/malformed-message"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		came, how := mismatched(ctx, b.s)
		Observe("an rpc with a mismatched end tag", how, MalformedMessage, "session ended")
		Given(Open(ctx)).To(StillAnswer(ctx))
		judged := false
		for _, e := range came {
			if e.Tag == MalformedMessage {
				judged = true
				Demand(id, (naming{}).faults(e, false)).To(Hold("malformed-message as Appendix A has it", func(why string) bool { return why == "" }))
			}
		}
		if !judged {
			NoVerdict("the server sent no malformed-message")
		}
	})
}

func notToOldClients() {
	const id = "rfc6241-A-malformed-message-not-to-old-clients"
	It("are not answered with malformed-message where the client knows base:1.0 only", Spec("errors/malformed-message-old-client"), Covers(id),
		func(ctx ginkgo.SpecContext) { demandNotMalformed(ctx, id, begin(ctx, Announcing(netconf.Base10))) })
}

// demandNotMalformed judges that malformed XML on a session is answered in another way than with the tag of RFC 6241.
func demandNotMalformed(ctx context.Context, id string, b bench) {
	came, how := mismatched(ctx, b.s)
	Observe("an rpc with a mismatched end tag", how)
	Given(Open(ctx)).To(StillAnswer(ctx))
	for _, e := range came {
		Demand(id, e.Tag).To(Hold("another tag than malformed-message", func(tag string) bool { return tag != MalformedMessage }))
	}
	Demand(id, how).To(Hold("another reaction than malformed-message", func(how string) bool { return how != "rpc-error "+MalformedMessage }))
}

// mismatched sends an rpc with a mismatched end tag, and gives the errors that come back and what happened in a word.
func mismatched(ctx context.Context, s *session.Session) ([]netconf.RPCError, string) {
	const document = `<rpc message-id="1" xmlns="` + netconf.BaseNamespace + `"><get-config><source><running/></source></get></rpc>`
	Given(s.Break(ctx, wire.Append(nil, s.Framing(), []byte(document)))).To(Succeed())
	m, err := s.Next(ctx)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, "silence"
	case err != nil:
		return nil, "session ended"
	}
	if m.Document == nil {
		return nil, "octets that are no message"
	}
	reply, err := netconf.ParseReply(m.Document)
	if err != nil || len(reply.Errors) == 0 {
		return nil, "a reply without rpc-error"
	}
	return reply.Errors, "rpc-error " + reply.Errors[0].Tag
}
