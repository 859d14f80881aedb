package transport

import (
	"context"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func sessions() {
	It("carries a session", Spec("transport/one-session"), Covers("rfc6241-1.2-one-session"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			reply := s.GetConfig(ctx, datastore.Running, "")
			Demand("rfc6241-1.2-one-session", reply).To(BeAnswered())
			Given(s).To(StillAnswer(ctx)) // what refuses everything does carry sessions
			Demand("rfc6241-1.2-one-session", reply).To(CarryData())
		})

	It("carries it over SSH", Spec("transport/ssh-transport"), Covers("rfc6241-2.3-ssh-transport-mandatory"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			Demand("rfc6241-2.3-ssh-transport-mandatory", s.CloseSession(ctx)).To(BeOK())
		})

	It("carries several sessions at a time", Spec("transport/multiple-sessions"), Covers("rfc6241-1.2-multiple-sessions"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-1.2-multiple-sessions"
			first := Open(ctx)
			Given(first).To(StillAnswer(ctx))
			second := Open(ctx)
			for round := range 2 {
				for i, s := range []*session.Session{first, second} {
					sent := fmt.Sprintf("session-%d-round-%d", i, round)
					reply := s.RPC(ctx, session.Nothing(), session.WithMessageID(sent))
					Demand(id, reply).To(CarryData())
					Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@message-id", sent))
				}
			}
			Observe("two channels on one connection", twoChannels(ctx), "granted", "refused")
		})

	It("shows a change to all sessions", Spec("transport/global-change-visible"), Needs("fixture:leaf"),
		Covers("rfc6241-1.2-global-change-visible"), func(ctx ginkgo.SpecContext) {
			writer, reader, l := Open(ctx, Named("writer")), Open(ctx, Named("reader")), FixtureLeaf(ctx)
			Given(reader).To(StillAnswer(ctx))
			_, value := l.Change(ctx, writer)
			if l.Store == datastore.Candidate {
				Given(writer.Commit(ctx)).To(BeOK())
			}
			Demand("rfc6241-1.2-global-change-visible", l.Value(reader.GetConfig(ctx, datastore.Running, l.Filter()))).To(Equal(value))
		})

	It("keeps the framing of one session out of another", Spec("transport/attributes-isolated"),
		Covers("rfc6241-1.2-session-attributes-isolated"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-1.2-session-attributes-isolated"
			old := Open(ctx, Announcing(netconf.Base10))
			givenFramed(old.Ping(ctx), wire.EndOfMessage)
			new := Open(ctx, Announcing(session.Versions()...))
			givenFramed(new.Ping(ctx), wire.Chunked)
			for range 10 {
				for s, f := range map[*session.Session]wire.Framing{old: wire.EndOfMessage, new: wire.Chunked} {
					reply := s.Ping(ctx)
					Demand(id, reply).To(CarryData())
					Demand(id, framed(reply)).To(Equal(f))
				}
			}
		})
}

// givenFramed wants a reply framed as its session has it while the other one is not there, or not heard of yet.
func givenFramed(r *session.Reply, f wire.Framing) {
	Given(r).To(CarryData())
	Given(framed(r)).To(Equal(f))
}

// framed is the framing that the octets of a reply show.
func framed(r *session.Reply) wire.Framing {
	if frame := r.Message.Frame; len(frame) > 1 && string(frame[:2]) == "\n#" {
		return wire.Chunked
	}
	return wire.EndOfMessage
}

// twoChannels tells whether two sessions may ride on one connection.
func twoChannels(ctx context.Context) string {
	conn := Connect(ctx)
	for range 2 {
		stream, err := conn.Open(ctx)
		if err != nil {
			return "refused"
		}
		s := Adopt(stream)
		if err := s.Exchange(ctx); err != nil || s.Ping(ctx).Outcome != session.Answered {
			return "refused"
		}
	}
	return "granted"
}
