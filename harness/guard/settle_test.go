package guard_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/target"
)

func TestEditsOfTheFixtureAreUndone(t *testing.T) {
	for _, profile := range []string{"full", "base10", "running-only"} {
		for name, edit := range map[string]func(target.Fixture) string{
			"leaf changed": func(f target.Fixture) string { return f.Leaf.Config("ncspec-a", "") },
			"leaf deleted": func(f target.Fixture) string { return f.Leaf.Config("", "delete") },
			"entry added":  func(f target.Fixture) string { return f.List.Config("create") },
			"both":         func(f target.Fixture) string { return f.Leaf.Config("ncspec-b", "") + f.List.Config("") },
		} {
			t.Run(profile+"/"+name, func(t *testing.T) {
				l := newLab(t, reference.Options{Profile: profile})
				l.begin()
				s := l.spec(effect.Running)
				l.edit(s, datastore.Running, edit(*l.config.Fixture))
				l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
				l.end()
			})
		}
	}
}

func TestEditsOfTheCandidateAreUndone(t *testing.T) {
	for name, commit := range map[string]bool{"uncommitted": false, "committed": true} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			l.begin()
			s := l.spec(effect.Running)
			l.edit(s, datastore.Candidate, l.config.Fixture.Leaf.Config("ncspec-a", ""))
			if commit {
				l.do(s, netconf.Commit())
				l.edit(s, datastore.Candidate, l.config.Fixture.List.Config("create"))
			}
			l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
			l.do(l.open(), netconf.Lock(datastore.Candidate)) // refused while it holds changes
			l.end()
		})
	}
}

func TestALeafThatWasNotThereIsTakenAway(t *testing.T) {
	l := newLab(t, reference.Options{}, func(c *guard.Config) {
		ns := reference.Namespace
		c.Fixture = &target.Fixture{Leaf: &target.Leaf{Values: [2]string{"a", "b"}, Path: []target.Node{{Namespace: ns, Local: "top"},
			{Namespace: ns, Local: "interface", Keys: []target.Key{{Name: "name", Value: "eth1"}}}, {Namespace: ns, Local: "description"}}}}
	})
	l.begin()
	l.edit(l.spec(effect.Running), datastore.Running, l.config.Fixture.Leaf.Config("a", ""))
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
}

func TestASpecThatChangesNothingCostsNothing(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.spec(effect.Running).Ping(l.ctx)
	before := len(l.sent())
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.Expect(l.sent()).To(HaveLen(before))
}

func TestWhatCannotBeUndoneIsNamed(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	s := l.spec(effect.Running)
	l.edit(s, datastore.Running, system(`<location>elsewhere</location><login><class><name>stranger</name></class></login>`))
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed(), "the fixture itself is in order")
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(outcome.Restored).To(BeFalse())
	l.Expect(outcome.After).NotTo(Equal(outcome.Before))
	at := "/{" + reference.Namespace + "}"
	l.Expect(outcome.LeftBehind).To(ConsistOf(
		"running lacks "+at+"system"+at+"location=Laboratory",
		"running has "+at+"system"+at+"location=elsewhere",
		"running has "+at+"system"+at+"login"+at+"class[name=stranger]",
		"running has "+at+"system"+at+"login"+at+"class[name=stranger]"+at+"name=stranger",
	))
}

func TestACandidateThatCannotBeDiscardedIsNamed(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.edit(l.spec(effect.Candidate), datastore.Candidate, l.config.Fixture.Leaf.Config("ncspec-a", ""))
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.edit(l.open(), datastore.Candidate, system(`<location>elsewhere</location>`)) // somebody's, meanwhile
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(outcome.LeftBehind).To(ContainElement(And(HavePrefix("the candidate has "), HaveSuffix("location=elsewhere"))))
}

func TestWhatIsRefusedIsTriedAgainAtTheEnd(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.edit(l.spec(effect.Running), datastore.Running, l.config.Fixture.Leaf.Config("ncspec-a", ""))
	stranger := l.open()
	l.do(stranger, netconf.Lock(datastore.Running))
	l.Expect(l.guard.Settle(l.ctx)).To(MatchError(ContainSubstring("committing the fixture as it was before was refused")))

	l.spec(effect.Nothing).Ping(l.ctx)
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed(), "this spec is not to blame")

	l.do(stranger, netconf.Unlock(datastore.Running))
	l.end()
}

func TestALostSessionOfTheGuardIsReplaced(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.edit(l.spec(effect.Running), datastore.Running, l.config.Fixture.Leaf.Config("ncspec-a", ""))
	killer := l.open()
	for _, id := range []string{"2", "1"} { // the guard's own among them
		killer.KillSession(l.ctx, id)
	}
	before, after, lost, err := l.guard.Renew(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(lost).To(BeTrue())
	l.Expect(after).NotTo(Equal(before))
	_, _, lost, _ = l.guard.Renew(l.ctx)
	l.Expect(lost).To(BeFalse())
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
}

func TestAChangePastNETCONFIsUndone(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.guard.Enter("suite/spec", effect.Running)
	l.Expect(l.server.ChangeOutside("changed")).To(Succeed())
	l.guard.Touched(effect.Running)
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
}

func TestSecretsAreNotNamed(t *testing.T) {
	l := newLab(t, reference.Options{}, func(c *guard.Config) { c.Redactor = hiding(t, "location", "name") })
	l.begin()
	s := l.spec(effect.Running)
	l.edit(s, datastore.Running, system(`<location>Canary-1</location><login><class><name>Canary-2</name></class></login>`))
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(outcome.LeftBehind).To(ContainElement(HaveSuffix("location=(secret)")))
	l.Expect(outcome.LeftBehind).To(ContainElement(HaveSuffix("class[name=(secret)]")))
	for _, line := range outcome.LeftBehind {
		l.Expect(line).NotTo(Or(ContainSubstring("Canary"), ContainSubstring("Laboratory")))
	}
}
