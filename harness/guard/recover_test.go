package guard_test

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
)

// journalled is a lab whose guard keeps a journal.
func journalled(t *testing.T, o reference.Options) (*lab, string) {
	t.Helper()
	folder := t.TempDir()
	l := newLab(t, o, func(c *guard.Config) {
		c.Safety = effect.Disruptive
		c.Journal = place(t, folder)
	})
	l.begin()
	return l, folder
}

func place(t *testing.T, folder string) *journal.Place {
	t.Helper()
	p, err := journal.Open(folder, "lab:830")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// killed is the journal as another process finds it when the run has been killed.
func (l *lab) killed(t *testing.T, folder string) (*journal.Place, *journal.Record) {
	t.Helper()
	_ = l.config.Journal.(*journal.Place).Close()
	p := place(t, folder)
	record, err := p.Read()
	l.Expect(err).NotTo(HaveOccurred())
	return p, record
}

func (l *lab) recover(t *testing.T, folder string) (*guard.Recovery, error) {
	t.Helper()
	p, record := l.killed(t, folder)
	l.Expect(record).NotTo(BeNil(), "there is a journal")
	defer p.Close()
	c := l.config
	c.Journal = p
	return guard.Recover(l.ctx, c, record)
}

// running and candidate as they are.
func (l *lab) state() string {
	s := l.open()
	defer s.Leave(l.ctx)
	state := ""
	for _, d := range []datastore.Name{datastore.Running, datastore.Candidate, datastore.Startup} {
		reply := s.GetConfig(l.ctx, d, "")
		if reply.Data != nil {
			state += string(d) + reply.Data.OutputXML(false)
		}
	}
	return state
}

func TestARunThatWasKilledIsUndone(t *testing.T) {
	for name, change := range map[string]func(l *lab){
		"an edit of the candidate": func(l *lab) {
			l.edit(l.spec(effect.Candidate), datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
		},
		"a commit": func(l *lab) {
			s := l.spec(effect.Running)
			l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("left", "")+l.config.Fixture.List.Config(""))
			l.do(s, netconf.Commit())
		},
		"a broken rule in the candidate": func(l *lab) {
			l.do(l.spec(effect.Candidate), netconf.EditConfig(datastore.Candidate, l.config.Fixture.Constraint.Broken, netconf.TestOption("set")))
		},
		"a changed model": func(l *lab) {
			s := l.spec(effect.Running)
			l.edit(s, datastore.Candidate, l.config.Fixture.Model.Top(`<interface><name>left</name></interface>`))
			l.do(s, netconf.Commit())
		},
		"a persistent confirmed commit": func(l *lab) {
			s := l.spec(effect.Running)
			l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
			l.do(s, netconf.CommitWith(netconf.Confirmed(), netconf.Persist("token")))
		},
		"a copy to startup": func(l *lab) {
			s := l.spec(effect.Startup)
			l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
			l.do(s, netconf.Commit())
			l.do(s, netconf.CopyConfig(datastore.Startup, datastore.Running))
		},
	} {
		t.Run(name, func(t *testing.T) {
			l, folder := journalled(t, reference.Options{})
			before := l.state()
			change(l)
			l.Expect(l.state()).NotTo(Equal(before))
			recovery, err := l.recover(t, folder)
			l.Expect(err).NotTo(HaveOccurred())
			l.Expect(recovery.Left).To(BeEmpty())
			l.Expect(recovery.Elsewhere).To(BeEmpty())
			l.Expect(l.state()).To(Equal(before))
			_, record := l.killed(t, folder)
			l.Expect(record).To(BeNil(), "the journal is gone")
		})
	}
}

func TestWhatAnotherManagerDidMeanwhileStays(t *testing.T) {
	l, folder := journalled(t, reference.Options{})
	s := l.spec(effect.Running)
	l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
	l.do(s, netconf.Commit())
	other := l.open()
	l.edit(other, datastore.Candidate, system("<location>moved</location>"))
	l.do(other, netconf.Commit())
	recovery, err := l.recover(t, folder)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(recovery.Left).To(BeEmpty())
	l.Expect(recovery.Elsewhere).To(ContainElement(ContainSubstring("moved")))
	l.Expect(l.state()).To(And(ContainSubstring("moved"), Not(ContainSubstring("left"))))
}

func TestWhatAnotherManagerHasNotCommittedIsNotLost(t *testing.T) {
	l, folder := journalled(t, reference.Options{})
	l.edit(l.spec(effect.Candidate), datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
	other := l.open()
	l.edit(other, datastore.Candidate, system("<location>moved</location>"))
	_, err := l.recover(t, folder)
	l.Expect(err).To(MatchError(And(ContainSubstring("moved"), ContainSubstring("commit or discard"))))
	l.Expect(l.state()).To(ContainSubstring("moved"))
	l.do(other, netconf.DiscardChanges())
	_, err = l.recover(t, folder)
	l.Expect(err).NotTo(HaveOccurred(), "the journal has stayed")
}

func TestNothingIsChangedWithoutAJournal(t *testing.T) {
	l, folder := journalled(t, reference.Options{})
	l.Expect(os.RemoveAll(folder)).To(Succeed())
	reply := l.spec(effect.Candidate).RPC(l.ctx, netconf.EditConfig(datastore.Candidate, l.config.Fixture.Leaf.Config("left", "")))
	l.Expect(reply.HarnessError()).To(MatchError(ContainSubstring("nothing is changed without a journal")))
	l.Expect(strings.Join(l.sent(), "")).NotTo(ContainSubstring("edit-config"))
}

func TestARunThatPutsAllBackLeavesNoJournal(t *testing.T) {
	l, folder := journalled(t, reference.Options{})
	s := l.spec(effect.Running)
	l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("left", ""))
	l.do(s, netconf.Commit())
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
	_, record := l.killed(t, folder)
	l.Expect(record).To(BeNil())
}

func TestAReadingRunWritesNoJournal(t *testing.T) {
	l, folder := journalled(t, reference.Options{})
	l.spec(effect.Nothing).Ping(l.ctx)
	_, record := l.killed(t, folder)
	l.Expect(record).To(BeNil())
}

// A device without a fixture may have been sent what changes no data, such as discard-changes.
func TestARunWithoutAFixtureIsRecoveredToo(t *testing.T) {
	folder := t.TempDir()
	l := newLab(t, reference.Options{}, func(c *guard.Config) { c.Fixture, c.Journal = nil, place(t, folder) })
	l.begin()
	l.do(l.spec(effect.Running), netconf.DiscardChanges())
	recovery, err := l.recover(t, folder)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(recovery.Left).To(BeEmpty())
}
