package guard_test

import (
	"errors"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// ways are all the ways in which a spec can send something.
func ways() map[string]func(*lab, *session.Session, string) error {
	whole := func(s *session.Session, operation string) (netconf.Request, []byte) { return s.Frame(operation) }
	return map[string]func(*lab, *session.Session, string) error{
		"RPC": func(l *lab, s *session.Session, operation string) error {
			return s.RPC(l.ctx, operation).HarnessError()
		},
		"in chunks of one octet": func(l *lab, s *session.Session, operation string) error {
			return s.RPC(l.ctx, operation, session.InChunks(1)).HarnessError()
		},
		"pipelined": func(l *lab, s *session.Session, operation string) error {
			all := s.Pipeline(l.ctx, []string{session.Nothing(), operation})
			return s.Await(l.ctx, all[1]).HarnessError()
		},
		"in pieces": func(l *lab, s *session.Session, operation string) error {
			r, frame := whole(s, operation)
			return s.Await(l.ctx, s.SendAs(l.ctx, []netconf.Request{r}, wire.Cut(frame, 20, 30, 40, 50)...)[0]).HarnessError()
		},
		"in writes of one octet": func(l *lab, s *session.Session, operation string) error {
			_, frame := whole(s, operation)
			for _, octet := range frame {
				if err := s.Write(l.ctx, []byte{octet}); err != nil {
					return err
				}
			}
			return nil
		},
		"in broken framing": func(l *lab, s *session.Session, operation string) error {
			return s.Break(l.ctx, []byte("\n#000\n<rpc>"+operation+"</rpc>\n##\n"))
		},
	}
}

func TestNothingBeyondTheSafetyLevelLeaves(t *testing.T) {
	change := system(`<location>x</location>`)
	for _, c := range []struct {
		safety    effect.Safety
		operation string
	}{
		{effect.ReadOnly, netconf.Lock(datastore.Running)},
		{effect.ReadOnly, netconf.EditConfig(datastore.Candidate, change)},
		{effect.Careful, netconf.EditConfig(datastore.Running, change)},
		{effect.Careful, netconf.Commit()},
		{effect.Careful, `<nc:commit xmlns:nc="` + netconf.BaseNamespace + `"/>`},
		{effect.Careful, `<edit-config><target><!-- candidate --><running/></target><config>` + change + `</config></edit-config>`},
		{effect.Normal, netconf.CopyConfig(datastore.Startup, datastore.Running)},
		{effect.Normal, netconf.DeleteConfig(datastore.Startup)},
	} {
		for name, send := range ways() {
			t.Run(fmt.Sprintf("%s/%s/%s", c.safety, c.operation, name), func(t *testing.T) {
				l := newLab(t, reference.Options{}, func(g *guard.Config) { g.Safety = c.safety })
				err := send(l, l.spec(effect.Server), c.operation) // whatever the spec declares
				var excess *guard.Excess
				l.Expect(errors.As(err, &excess)).To(BeTrue(), "%v", err)
				l.Expect(excess.Error()).To(And(ContainSubstring("--safety "+string(c.safety)), ContainSubstring("would admit it")))
				_ = l.server.Close() // it has read all that came
				for _, message := range l.sent() {
					l.Expect(message).NotTo(ContainSubstring("</" + operationName(c.operation)))
				}
			})
		}
	}
}

func TestNothingBeyondWhatTheSpecDeclaresLeaves(t *testing.T) {
	for name, send := range ways() {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			err := send(l, l.spec(effect.Session), netconf.Lock(datastore.Running))
			l.Expect(err).To(MatchError(ContainSubstring("its effect lock goes beyond session, which is all that suite/spec declares")))
		})
	}
}

func TestOnlySessionsOfOursAreKilled(t *testing.T) {
	for name, send := range ways() {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, reference.Options{})
			stranger := l.open()
			for _, id := range []string{stranger.ID(), " " + stranger.ID() + "\n", "<![CDATA[" + stranger.ID() + "]]>",
				"<!-- -->" + stranger.ID(), fmt.Sprintf("&#%d;", stranger.ID()[0])} {
				err := send(l, l.spec(effect.Session), "<kill-session><session-id>"+id+"</session-id></kill-session>")
				l.Expect(err).To(MatchError(ContainSubstring("kill-session would end somebody's work")), id)
			}
			l.Expect(stranger.Ping(l.ctx).Data).NotTo(BeNil())
		})
	}
}

func TestAKillThatHurtsNobodyIsSent(t *testing.T) {
	l := newLab(t, reference.Options{})
	victim := l.spec(effect.Session)
	s := l.spec(effect.Session)
	for _, operation := range []string{"<kill-session/>", netconf.KillSession("0"), netconf.KillSession("4294967295"),
		netconf.KillSession("none"), netconf.KillSession(victim.ID())} {
		l.Expect(s.RPC(l.ctx, operation).HarnessError()).NotTo(HaveOccurred(), operation)
	}
	l.guard.Disown(victim.ID())
	l.Expect(s.RPC(l.ctx, netconf.KillSession(victim.ID())).HarnessError()).To(HaveOccurred(), "the id may be another's by now")
}

// operationName is the local name of the operation element.
func operationName(operation string) string {
	name := ""
	for _, r := range operation[1:] {
		switch r {
		case ':':
			name = ""
		case ' ', '>', '/':
			return name
		default:
			name += string(r)
		}
	}
	return name
}
