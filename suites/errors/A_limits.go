package errors

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
)

// limits are the error-tags that a server has for what is too much.
func limits() {
	ginkgo.Describe("error list at the limits", func() {
		tooBig()
		resourceDenied()
	})
}

func tooBig() {
	const id, tag = "rfc6241-A-too-big", "too-big"
	It("serves others where a request is too big", Spec("errors/too-big"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, other := begin(ctx), Open(ctx, Named("other"))
		for _, size := range []int{64 << 10, 1 << 20} {
			if b.s.HasEnded() {
				b.s = Open(ctx)
			}
			comment := "<!--" + strings.Repeat("x", size) + "-->"
			reply := b.s.RPC(ctx, strings.Replace(session.Nothing(), "<source>", comment+"<source>", 1))
			Observe(sizes(size), described(b.s, reply), "data", tag, "resource-denied", "session ended")
			if reply.Outcome == session.Answered {
				Demand(id, reply).To(haveShape(tag, monitor.OldServer(b.s), naming{}))
			}
		}
		Demand(id, other).To(StillAnswer(ctx))
		Demand(id, Open(ctx)).To(StillAnswer(ctx))
	})
}

func sizes(size int) string {
	if size < 1<<20 {
		return "request of 64 KiB"
	}
	return "request of 1 MiB"
}

// The sessions of the flood: not more of them than most, and not more than together on one connection, as SSH servers
// have limits of their own.
const (
	most     = 64
	together = 8
)

func resourceDenied() {
	const id = "rfc6241-A-resource-denied"
	It("serves those who are there where one more is too many", Spec("errors/resource-denied"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		f := flood{}
		f.open(ctx)
		Observe("sessions open at the same time", len(f.sessions)+1)
		Observe("refusal of one more", f.refusal)
		for _, reply := range f.replies {
			Demand(id, reply).To(haveShape("resource-denied", monitor.OldServer(b.s), naming{}))
		}
		Demand(id, b.s).To(StillAnswer(ctx))
		f.close()
		Demand(id, Open(ctx)).To(StillAnswer(ctx))
	})
}

// flood is many sessions at the same time.
type flood struct {
	conns    []transport.Conn
	sessions []*session.Session
	replies  []*session.Reply // that were no data
	refusal  string           // of the last session, "none"
}

// open opens sessions until one is refused.
func (f *flood) open(ctx context.Context) {
	ginkgo.DeferCleanup(f.close)
	f.refusal = "none"
	for len(f.sessions) < most {
		if why := f.add(ctx); why != "" {
			f.refusal = why
			return
		}
	}
}

// add opens one more session, and says why it is not served, "" where it is.
func (f *flood) add(ctx context.Context) string {
	if len(f.sessions)%together == 0 {
		conn, err := FromContext(ctx).Dialer.Dial(ctx)
		if err != nil {
			return err.Error()
		}
		f.conns = append(f.conns, conn)
	}
	stream, err := f.conns[len(f.conns)-1].Open(ctx)
	if err != nil {
		return err.Error()
	}
	s := Adopt(stream)
	if err := s.Exchange(ctx); err != nil {
		return err.Error()
	}
	f.sessions = append(f.sessions, s)
	reply := s.Ping(ctx)
	if !reply.Normal() {
		f.replies = append(f.replies, reply)
		return outcome(reply)
	}
	return ""
}

func (f *flood) close() {
	for _, conn := range f.conns {
		_ = conn.Close()
	}
	f.conns = nil
}
