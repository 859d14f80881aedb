package guard_test

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
)

func disruptive(c *guard.Config) { c.Safety = effect.Disruptive }

// saved is the request that the guard puts startup back with.
var saved = netconf.CopyConfig(datastore.Startup, datastore.Running)

func (l *lab) startup() string {
	l.t.Helper()
	return string(l.open().GetConfig(l.ctx, datastore.Startup, "").Message.Octets)
}

func TestStartupIsPutBack(t *testing.T) {
	for _, profile := range []string{"full", "base10"} {
		for name, then := range map[string]string{"saved": "", "deleted": netconf.DeleteConfig(datastore.Startup)} {
			t.Run(profile+"/"+name, func(t *testing.T) {
				l := newLab(t, reference.Options{Profile: profile}, disruptive)
				was := l.startup()
				l.begin()
				s := l.spec(effect.Server)
				l.edit(s, datastore.Running, l.config.Fixture.Leaf.Config("ncspec-a", ""))
				l.do(s, saved)
				if then != "" {
					l.do(s, then)
				}
				l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
				l.Expect(l.startup()).To(Equal(was))
				l.end()
			})
		}
	}
}

func TestStartupThatWasNotRunningIsNamedAndLeft(t *testing.T) {
	l := newLab(t, reference.Options{}, disruptive)
	l.edit(l.open(), datastore.Running, system(`<location>not saved</location>`))
	l.begin()
	l.do(l.spec(effect.Startup), saved)
	before := len(l.sent())
	l.Expect(l.guard.Settle(l.ctx)).To(MatchError(ContainSubstring("was not what running was")))
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).To(HaveOccurred())
	l.Expect(outcome.LeftBehind).To(ContainElement(And(HavePrefix("startup has "), HaveSuffix("location=not saved"))))
	l.Expect(strings.Join(l.sent()[before:], "")).NotTo(ContainSubstring("copy-config"))
}

func TestStartupIsNotSavedFromARunningThatIsAnother(t *testing.T) {
	l := newLab(t, reference.Options{}, disruptive)
	l.begin()
	s := l.spec(effect.Startup)
	l.edit(s, datastore.Running, system(`<location>elsewhere</location>`))
	l.do(s, netconf.CopyConfig(datastore.Startup, datastore.Running))
	before := len(l.sent())
	l.Expect(l.guard.Settle(l.ctx)).To(MatchError(ContainSubstring("running is not what it was")))
	l.Expect(strings.Join(l.sent()[before:], "")).NotTo(ContainSubstring("copy-config"))
	outcome, _ := l.guard.End(l.ctx)
	l.Expect(outcome.LeftBehind).To(ContainElement(And(HavePrefix("startup has "), HaveSuffix("location=elsewhere"))))
}

func TestStartupIsNotReadWhereItMayNotBeTouched(t *testing.T) {
	l := newLab(t, reference.Options{})
	l.begin()
	l.edit(l.spec(effect.Running), datastore.Running, l.config.Fixture.Leaf.Config("ncspec-a", ""))
	l.Expect(l.guard.Settle(l.ctx)).To(Succeed())
	l.end()
	l.Expect(strings.Join(l.sent(), "")).NotTo(ContainSubstring("<startup"))
}
