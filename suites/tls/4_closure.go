package tls

import (
	"slices"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
)

func closure() {
	It("answers in the order of the requests", Spec("tls/in-order-processing"), Covers("rfc7589-4-in-order-processing"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			sent := s.Pipeline(ctx, slices.Repeat([]string{"<get/>", session.Nothing()}, 10))
			s.AwaitAll(ctx, sent)
			var asked, came []string
			for _, one := range sent {
				asked = append(asked, one.MessageID)
			}
			for _, reply := range s.Replies() {
				if slices.Contains(asked, reply.MessageID) {
					came = append(came, reply.MessageID)
				}
			}
			Demand("rfc7589-4-in-order-processing", came).To(Equal(asked))
		})

	It("ends the TLS session behind close-session", Spec("tls/close-session-closes-tls"), Covers("rfc7589-4-close-session-closes-tls"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc7589-4-close-session-closes-tls"
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			Demand(id, s.CloseSession(ctx)).To(BeOK())
			Demand(id, s.AwaitEnd(ctx)).To(BeOver())
			Demand(id, ends()[s.Stream().Ended()]).To(Equal("close_notify"))
		})
}

// ends says how a TLS session was ended.
func ends() map[string]string {
	return map[string]string{transport.EndedClose: "close_notify", transport.EndedDisconnect: "the end of the connection without close_notify"}
}
