package guard_test

import (
	"context"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
)

// pending leaves a confirmed commit of a change behind; the spec's session is closed unless stay says otherwise.
func (l *lab) pending(stay bool, options ...netconf.CommitOption) {
	l.t.Helper()
	l.begin()
	s := l.spec(effect.Running)
	l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("ncspec-a", ""))
	l.do(s, netconf.CommitWith(append(options, netconf.Confirmed())...))
	if !stay {
		l.Expect(s.Leave(l.ctx)).To(Succeed())
	}
}

// nothingPending holds where running can be locked, as it cannot be while a confirmed commit is pending.
func (l *lab) nothingPending() {
	l.t.Helper()
	l.do(l.open(), netconf.Lock(datastore.Running))
}

func TestAPersistentCommitIsCancelled(t *testing.T) {
	for name, token := range map[string]string{"plain": "IQ,d4668", "markup": `<a&b>"`, "other letters": "žluť"} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			l.pending(false, netconf.Persist(token))
			l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
			l.end()
			l.nothingPending()
		})
	}
}

func TestATokenInPiecesIsSeen(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	s := l.spec(effect.Running)
	reply := s.RPC(l.ctx, netconf.CommitWith(netconf.Confirmed(), netconf.Persist("token")), session.InChunks(3))
	l.Expect(reply.OK).To(BeTrue())
	l.Expect(s.Leave(l.ctx)).To(Succeed())
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
	l.nothingPending()
}

func TestACommitThatEndsWithItsSessionIsLeftToTheServer(t *testing.T) {
	for _, profile := range []string{"full", "base10"} {
		t.Run(profile, func(t *testing.T) {
			l := newLab(t, reference.Options{Profile: profile})
			l.pending(false)
			l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
			l.end()
			l.nothingPending()
		})
	}
}

func TestACommitIsAwaitedThatTimesOut(t *testing.T) {
	clock := &reference.ManualClock{}
	l := newLab(t, reference.Options{Clock: clock})
	l.pending(true, netconf.ConfirmTimeout(60))
	asked := l.locks()
	go func() {
		for ticker := time.NewTicker(time.Millisecond); l.locks() == asked && l.ctx.Err() == nil; <-ticker.C {
		}
		clock.Advance(time.Minute)
	}()
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
	l.nothingPending()
}

func TestACommitThatStaysIsNamedAndTriedAgain(t *testing.T) {
	clock := &reference.ManualClock{}
	l := newLab(t, reference.Options{Clock: clock})
	l.config.Open = func(context.Context) (*session.Session, error) {
		return l.session(session.Config{Grace: 10 * time.Millisecond}), nil
	}
	l.guard = guard.New(l.config)
	l.pending(true, netconf.ConfirmTimeout(60))
	l.Expect(l.guard.Settle(l.ctx)).To(MatchError(ContainSubstring("a confirmed commit of ours may still be pending")))
	clock.Advance(time.Minute)
	l.end()
	l.nothingPending()
}

func TestAPlainCommitIsNoReasonToLock(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	s := l.spec(effect.Running)
	asked := l.locks()
	l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("confirmed", ""))
	l.do(s, netconf.Commit())
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.Expect(l.locks()).To(Equal(asked))
	l.end()
}

// locks counts the requests for a lock that the server was sent.
func (l *lab) locks() int { return strings.Count(strings.Join(l.sent(), ""), "<lock>") }

// A server may refuse to cancel: then the commit is confirmed, and undone as any other change.
func TestAPersistentCommitThatIsNotCancelledIsConfirmed(t *testing.T) {
	l := newLab(t, reference.Options{Defects: []string{"persistent-commit-cancelled-by-own-session-only"}})
	l.pending(false, netconf.Persist("token"))
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
	l.nothingPending()
}
