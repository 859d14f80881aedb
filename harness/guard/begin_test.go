package guard_test

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/reference"
)

func hiding(t *testing.T, leaves ...string) *redact.Redactor {
	t.Helper()
	r, err := redact.New(leaves...)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return r
}

func TestWhatSomebodyIsAtIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*lab)
		from   effect.Effect
		why    string
	}{
		"nothing": {before: func(*lab) {}, from: effect.Server + 1},
		"running locked": {before: func(l *lab) { l.do(l.open(), netconf.Lock(datastore.Running)) },
			from: effect.Lock, why: "somebody holds the lock on running (session 2)"},
		"candidate locked": {before: func(l *lab) { l.do(l.open(), netconf.Lock(datastore.Candidate)) },
			from: effect.Lock, why: "somebody holds the lock on candidate (session 2)"},
		"running locked past NETCONF": {before: func(l *lab) { l.Expect(l.server.LockOutside()).To(Succeed()) },
			from: effect.Lock, why: "somebody holds the lock on running (session 0)"},
		"candidate modified": {before: func(l *lab) { l.edit(l.open(), datastore.Candidate, system(`<location>x</location>`)) },
			from: effect.Lock, why: "the candidate already holds changes that somebody has not committed"},
		"entry there": {before: func(l *lab) { l.edit(l.open(), datastore.Running, l.config.Fixture.List.Config("create")) },
			from: effect.Candidate, why: "the fixture's list entry is on the target already: name another in the target file"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			c.before(l)
			l.begin()
			for e := effect.Nothing; e <= effect.Server; e++ {
				want := ""
				if e >= c.from {
					want = c.why
				}
				l.Expect(l.guard.Blocked(e)).To(Equal(want), e.String())
			}
		})
	}
}

func TestATargetThatCannotBeReadIsLeftAlone(t *testing.T) {
	l := newLab(t, reference.Options{Profile: "generic-error"})
	l.begin()
	l.Expect(l.guard.Blocked(effect.Session)).To(BeEmpty())
	l.Expect(l.guard.Blocked(effect.Lock)).To(And(HavePrefix("the state before the run is not known"), ContainSubstring("operation-failed")))
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(outcome).To(Equal(guard.Outcome{}))
}

func TestReadOnlyTriesNoLock(t *testing.T) {
	l := newLab(t, reference.Options{}, func(c *guard.Config) { c.Safety = effect.ReadOnly })
	l.begin()
	for _, message := range l.sent() {
		l.Expect(message).NotTo(ContainSubstring("lock>"))
	}
}

// A server may grant a lock on a candidate with changes, and drop them when it is given back.
func TestSomebodysCandidateIsNotDropped(t *testing.T) {
	l := newLab(t, reference.Options{Defects: []string{"modified-candidate-locked-by-other"}})
	l.edit(l.open(), datastore.Candidate, system(`<location>somebody's</location>`))
	l.begin()
	reply := l.open().GetConfig(l.ctx, datastore.Candidate, "")
	l.Expect(string(reply.Message.Octets)).To(ContainSubstring("somebody's"))
}

func TestLocksTriedAreGivenBack(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	s := l.open()
	l.do(s, netconf.Lock(datastore.Running))
	l.do(s, netconf.Lock(datastore.Candidate))
	l.Expect(strings.Join(l.sent(), "")).To(ContainSubstring("<unlock>"))
}
