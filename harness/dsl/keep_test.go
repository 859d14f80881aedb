package dsl_test

import (
	"context"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/verdict"
)

// twice runs a spec that uses a session in some way and one that opens a session behind it; it tells whether both had the
// same one.
func twice(t *testing.T, l *lab, use func(context.Context, *session.Session), options ...dsl.OpenOption) bool {
	t.Helper()
	first, second := "", ""
	report := l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, ginkgo.ContinueOnFailure, func() {
			dsl.It("uses a session", dsl.Spec("lab/first"), dsl.Covers(edits), func(ctx ginkgo.SpecContext) {
				s := dsl.Open(ctx)
				first = s.ID()
				use(ctx, s)
			})
			dsl.It("opens one", dsl.Spec("lab/second"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				s := dsl.Open(ctx, options...)
				second = s.ID()
				dsl.Demand(must, s.Ping(ctx)).To(match.CarryData())
			})
		})
	})
	for _, spec := range report.Specs {
		if spec.ID == "lab/second" {
			l.Expect(spec.Verdict).To(Equal(verdict.Pass), spec.Message)
		}
	}
	l.Expect(first).NotTo(BeEmpty())
	return first == second
}

func TestACleanSessionServesTheNextSpec(t *testing.T) {
	for what, use := range map[string]func(context.Context, *session.Session){
		"nothing at all": func(context.Context, *session.Session) {},
		"a request":      func(ctx context.Context, s *session.Session) { s.Ping(ctx) },
		"an edit": func(ctx context.Context, s *session.Session) {
			s.EditConfig(ctx, datastore.Candidate, dsl.FixtureLeaf(ctx).Config("x", ""))
		},
		"a refused edit": func(ctx context.Context, s *session.Session) { s.RPC(ctx, "<edit-config/>") },
		"pipelined reads": func(ctx context.Context, s *session.Session) {
			s.AwaitAll(ctx, s.Pipeline(ctx, []string{session.Nothing(), session.Nothing()}))
		},
	} {
		t.Run(what, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			l.Expect(twice(t, l, use)).To(BeTrue())
		})
	}
}

func TestAnyOtherSessionIsClosed(t *testing.T) {
	for what, use := range map[string]func(context.Context, *session.Session){
		"a lock": func(ctx context.Context, s *session.Session) { s.Lock(ctx, datastore.Candidate) },
		"another operation": func(ctx context.Context, s *session.Session) {
			s.RPC(ctx, `<get-schema xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"/>`)
		},
		"a request unanswered": func(ctx context.Context, s *session.Session) { s.Send(ctx, session.Nothing()) },
		"broken rules":         func(ctx context.Context, s *session.Session) { _ = s.Break(ctx, []byte("\n#1\n<\n##\n")) },
		"half a request":       func(ctx context.Context, s *session.Session) { _ = s.Write(ctx, []byte("\n#1\n<")) },
		"a kill-session that names it": func(ctx context.Context, s *session.Session) {
			refused := "<kill-session><session-id>" + s.ID() + "</session-id><unknown/></kill-session>"
			dsl.Given(dsl.Open(ctx).RPC(ctx, refused)).To(match.BeRPCError())
		},
		"its end":           func(ctx context.Context, s *session.Session) { s.CloseSession(ctx) },
		"a lost connection": func(_ context.Context, s *session.Session) { _ = s.Conn().Abort() },
		"a failure":         func(ctx context.Context, s *session.Session) { dsl.Demand(edits, s.Ping(ctx)).To(match.BeOK()) },
	} {
		t.Run(what, func(t *testing.T) {
			// The latency keeps the answer to what is not waited for until after the spec.
			l := newLab(t, reference.Options{Latency: 20 * time.Millisecond}, func(r *dsl.Run) { r.Target.Grace = 300 * time.Millisecond })
			l.Expect(twice(t, l, use)).To(BeFalse())
		})
	}
}

func TestAFreshSessionIsFresh(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.Expect(twice(t, l, func(context.Context, *session.Session) {}, dsl.Fresh())).To(BeFalse())
	l.Expect(twice(t, l, func(context.Context, *session.Session) {}, dsl.Announcing(session.Versions()...))).To(BeFalse())
}

// A server that has ended one session may have died, and the idle ones with it.
func TestBehindTheEndOfASessionComesANewOne(t *testing.T) {
	l := newLab(t, reference.Options{})
	kept, behind := "", ""
	l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, func() {
			dsl.It("leaves a session", dsl.Spec("lab/first"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				kept = dsl.Open(ctx).ID()
			})
			dsl.It("ends one", dsl.Spec("lab/second"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				ended := dsl.Open(ctx, dsl.Fresh())
				ended.CloseSession(ctx)
				ended.AwaitEnd(ctx)
				behind = dsl.Open(ctx).ID()
			})
		})
	})
	l.Expect(kept).NotTo(BeEmpty())
	l.Expect(behind).NotTo(Or(BeEmpty(), Equal(kept)))
}

// What one spec has left in a candidate of the session's own is not there for the next one.
func TestAnEditDoesNotOutliveItsSpec(t *testing.T) {
	l := newLab(t, reference.Options{Profile: "private-candidate"})
	leaf := l.run.Target.Fixture.Leaf
	left := ""
	l.perform(func() {
		ginkgo.Describe("", ginkgo.Ordered, func() {
			dsl.It("edits", dsl.Spec("lab/first"), dsl.Covers(edits), func(ctx ginkgo.SpecContext) {
				dsl.Demand(edits, dsl.Open(ctx).EditConfig(ctx, datastore.Candidate, dsl.FixtureLeaf(ctx).Config("x", ""))).To(match.BeOK())
			})
			dsl.It("looks", dsl.Spec("lab/second"), dsl.Covers(must), func(ctx ginkgo.SpecContext) {
				left = string(dsl.Open(ctx).GetConfig(ctx, datastore.Candidate, leaf.Filter()).Document.Octets)
			})
		})
	})
	l.Expect(left).To(ContainSubstring("data"))
	l.Expect(left).NotTo(ContainSubstring(">x<"))
}
