package session

import (
	"fmt"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
)

func closeSession() {
	It("answers ok and then closes", Spec("session/ok-then-close"), Covers("rfc6241-7.8-ok-then-close"), func(ctx ginkgo.SpecContext) {
		const id = "rfc6241-7.8-ok-then-close"
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		Demand(id, s.CloseSession(ctx)).To(BeOK())
		ending := s.AwaitEnd(ctx)
		Demand(id, ending).To(BeOver())
		Demand(id, fmt.Sprintf("%d more messages", len(ending.Messages))).To(Equal("0 more messages"))
		Demand(id, AwaitClosed(ctx, s)).To(beClosed())
		Observe("time to the end (ms)", ending.Elapsed().Milliseconds())
	})

	It("closes the channel in each version", Spec("session/close-session-closes-channel"), Covers("rfc6242-5-close-session-response-and-close"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-5-close-session-response-and-close"
			for _, version := range session.Versions() {
				if !FromContext(ctx).Claims.Has(version) {
					continue
				}
				s := Open(ctx, Announcing(version))
				Given(s).To(StillAnswer(ctx))
				Demand(id, s.CloseSession(ctx)).To(BeOK())
				s.AwaitEnd(ctx)
				Demand(id, AwaitClosed(ctx, s)).To(beClosed())
				Observe("what was ended, "+version, s.Stream().Ended(), transport.EndedClose, transport.EndedDisconnect)
			}
		})

	It("gives the reply its message-id", Spec("session/close-session-message-id"), Covers("rfc6242-5-reply-message-id"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			reply := s.RPC(ctx, netconf.CloseSession(), session.WithMessageID("106"))
			Demand("rfc6242-5-reply-message-id", reply).To(HaveXPath(`/nc:rpc-reply[@message-id="106"]/nc:ok`))
		})

	It("answers what came before it, in order", Spec("session/in-order-processing"), Covers("rfc6242-5-in-order-processing"),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) { inOrder(ctx) })

	It("ignores what comes behind it", Spec("session/later-requests-ignored"), Covers("rfc6241-7.8-later-requests-ignored"),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			behindClose(ctx, "rfc6241-7.8-later-requests-ignored", func(l Leaf, value string) []string {
				if l.Store == datastore.Candidate {
					return []string{l.Edit(value), netconf.Commit()}
				}
				return []string{l.Edit(value)}
			})
		})

	It("processes nothing behind it", Spec("session/nothing-after-close-session"), Covers("rfc6242-5-nothing-after-close-session"),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			behindClose(ctx, "rfc6242-5-nothing-after-close-session", func(l Leaf, value string) []string {
				return []string{l.Edit(value), session.Nothing()}
			})
		})
}

func inOrder(ctx ginkgo.SpecContext) {
	const id = "rfc6242-5-in-order-processing"
	s, l := Open(ctx), FixtureLeaf(ctx)
	value := l.Read(ctx, s, l.Store)
	seen := len(s.Replies())
	var operations, wanted []string
	for range 3 {
		value = l.Other(value)
		operations = append(operations, l.Edit(value), l.Ask(l.Store))
		wanted = append(wanted, value)
	}
	sent := s.Pipeline(ctx, append(operations, netconf.CloseSession()))
	replies := s.AwaitAll(ctx, sent)
	for i, value := range wanted {
		Demand(id, replies[2*i]).To(BeOK())
		Demand(id, replies[2*i+1]).To(CarryData())
		Demand(id, l.Value(replies[2*i+1])).To(Equal(value))
	}
	Demand(id, replies[len(replies)-1]).To(BeOK())
	Demand(id, s.AwaitEnd(ctx)).To(BeOver())
	var asked, answered []string
	for _, request := range sent {
		asked = append(asked, request.MessageID)
	}
	for _, reply := range s.Replies()[seen:] {
		answered = append(answered, answers(reply))
	}
	Demand(id, answered).To(Equal(asked))
}

// answers is the message-id of the request that a reply was taken for the answer of: whether it carries that id itself
// is judged elsewhere.
func answers(r *session.Reply) string {
	if r.Request == nil {
		return "a reply to no request"
	}
	return r.Request.MessageID
}

// behindClose writes requests behind close-session, in one write, and shows that none of them had an effect.
func behindClose(ctx ginkgo.SpecContext, id string, behind func(Leaf, string) []string) {
	s, witness, l := Open(ctx, Named("leaver")), Open(ctx, Named("witness")), FixtureLeaf(ctx)
	before := l.Read(ctx, witness, l.Store)
	running := l.Read(ctx, witness, datastore.Running)
	Given(s).To(StillAnswer(ctx))
	seen := len(s.Replies())
	sent := s.Pipeline(ctx, append([]string{netconf.CloseSession()}, behind(l, l.Other(before))...))
	Demand(id, s.Await(ctx, sent[0])).To(BeOK())
	s.AwaitEnd(ctx)
	Demand(id, fmt.Sprintf("replies: %d", len(s.Replies())-seen)).To(Equal("replies: 1"))
	Demand(id, l.Read(ctx, witness, l.Store)).To(Equal(before))
	Demand(id, l.Read(ctx, witness, datastore.Running)).To(Equal(running))
}

// beClosed holds for a channel or a connection that the server closed: an end of the data alone leaves the channel open
// (RFC 4254 §5.3).
func beClosed() Matcher {
	return Hold("the channel or the connection closed", func(how string) bool {
		return how == transport.EndedClose || how == transport.EndedDisconnect
	})
}
