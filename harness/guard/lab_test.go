package guard_test

import (
	"context"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// lab is a reference server, and a guard that has begun on it.
type lab struct {
	*WithT
	t        *testing.T
	ctx      context.Context
	server   *reference.Server
	dialer   transport.Dialer
	config   guard.Config
	guard    *guard.Guard
	mutex    sync.Mutex
	received []string // what the server was sent
}

// newLab starts the server; the guard begins with begin.
func newLab(t *testing.T, o reference.Options, mend ...func(*guard.Config)) *lab {
	t.Helper()
	l := &lab{WithT: NewWithT(t), t: t, ctx: t.Context()}
	o.Received = func(_ uint32, message []byte) {
		l.mutex.Lock()
		defer l.mutex.Unlock()
		l.received = append(l.received, string(message))
	}
	var err error
	l.server, err = reference.Start(context.Background(), o)
	l.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = l.server.Close() })
	l.dialer, err = ssh.New(ssh.Config{Address: l.server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(gossh.FingerprintSHA256(l.server.HostKey()))})
	l.Expect(err).NotTo(HaveOccurred())
	claims := l.open().Hello().Capabilities
	redactor, err := redact.New()
	l.Expect(err).NotTo(HaveOccurred())
	l.config = guard.Config{Safety: effect.Normal, Claims: claims, Fixture: target.BuiltIn(claims), Redactor: redactor,
		Open: func(context.Context) (*session.Session, error) { return l.open(), nil }}
	for _, m := range mend {
		m(&l.config)
	}
	l.guard = guard.New(l.config)
	t.Cleanup(func() { l.guard.Close(context.Background()) })
	return l
}

// open opens a session that the guard knows nothing of.
func (l *lab) open() *session.Session { return l.session(session.Config{}) }

// spec opens a session as a spec does that may have the effect.
func (l *lab) spec(e effect.Effect) *session.Session {
	l.guard.Enter("suite/spec", e)
	s := l.session(session.Config{Permit: l.guard.Permit})
	l.guard.Own(s.ID())
	return s
}

func (l *lab) session(c session.Config) *session.Session {
	l.t.Helper()
	conn, err := l.dialer.Dial(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	stream, err := conn.Open(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	if c.Grace == 0 {
		c.Grace = 5 * time.Second
	}
	s := session.New(stream, conn, c)
	l.t.Cleanup(func() { _ = s.Close() })
	l.Expect(s.Exchange(l.ctx)).To(Succeed())
	return s
}

func (l *lab) begin() { l.t.Helper(); l.Expect(l.guard.Begin(l.ctx)).To(Succeed()) }

// do has a request carried out.
func (l *lab) do(s *session.Session, operation string) {
	l.t.Helper()
	reply := s.RPC(l.ctx, operation)
	l.Expect(reply.HarnessError()).NotTo(HaveOccurred())
	l.Expect(reply.OK).To(BeTrue(), "%s: %v", operation, reply.Errors)
}

func (l *lab) edit(s *session.Session, d datastore.Name, config string) {
	l.t.Helper()
	l.do(s, netconf.EditConfig(d, config))
}

// end ends the run, which must leave nothing behind.
func (l *lab) end() guard.Outcome {
	l.t.Helper()
	outcome, err := l.guard.End(l.ctx)
	l.Expect(err).NotTo(HaveOccurred())
	l.Expect(outcome.LeftBehind).To(BeEmpty())
	l.Expect(outcome.Restored).To(BeTrue())
	l.Expect(outcome.After).To(Equal(outcome.Before))
	return outcome
}

func (l *lab) sent() []string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]string(nil), l.received...)
}

// system is configuration of the reference module below system.
func system(inner string) string {
	return `<system xmlns="` + reference.Namespace + `">` + inner + `</system>`
}
