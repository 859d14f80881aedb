package dsl_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/verdict"
)

// The requirements of this catalogue are made up.
const (
	must      = "rfc6241-1-must"
	more      = "rfc6241-1-more"
	should    = "rfc6241-1-should"
	candidate = "rfc6241-1-candidate"
	either    = "rfc6241-1-either"
	without   = "rfc6241-1-without"
	url       = "rfc6241-1-url"
	locks     = "rfc6241-1-locks"
	edits     = "rfc6241-1-edits"
	server    = "rfc6241-1-server"
	slow      = "rfc6241-1-slow"
)

func catalogue(t *testing.T) *requirement.Catalogue {
	t.Helper()
	var text strings.Builder
	for _, q := range []struct{ id, level, requires, touches, waits string }{
		{must, "MUST", "", "nothing", ""}, {more, "MUST", "", "nothing", ""}, {should, "SHOULD", "", "nothing", ""},
		{candidate, "MUST", "candidate", "nothing", ""}, {either, "MUST", "url|candidate", "nothing", ""},
		{without, "MUST", "'!candidate'", "nothing", ""}, {url, "MUST", "url", "server", ""}, {locks, "MUST", "", "lock", ""},
		{edits, "MUST", "", "candidate", ""}, {server, "MUST", "", "server", ""}, {slow, "MUST", "", "nothing", "11s"},
	} {
		fmt.Fprintf(&text, "- id: %s\n  section: '1'\n  level: %s\n  requires: [%s]\n  server_must: Behave.\n  probe: Ask.\n"+
			"  assert: It does.\n  touches: %s\n  testable: 'yes'\n", q.id, q.level, q.requires, q.touches)
		if q.waits != "" {
			fmt.Fprintf(&text, "  waits: %s\n", q.waits)
		}
	}
	list, err := requirement.Parse("requirements.yaml", []byte(text.String()))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	all, err := requirement.New(list)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return all
}

// lab is a reference server and a run against it that has not begun.
type lab struct {
	*WithT
	t        *testing.T
	server   *reference.Server
	run      *dsl.Run
	mutex    sync.Mutex
	received []string
	ginkgo   types.Report // of the last run
	lost     bool         // the target cannot be put back
}

func newLab(t *testing.T, o reference.Options, mend ...func(*dsl.Run)) *lab {
	t.Helper()
	l := &lab{WithT: NewWithT(t), t: t}
	o.Received = func(_ uint32, message []byte) {
		l.mutex.Lock()
		defer l.mutex.Unlock()
		l.received = append(l.received, string(message))
	}
	var err error
	l.server, err = reference.Start(context.Background(), o)
	l.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = l.server.Close() })
	dialer, err := ssh.New(ssh.Config{Address: l.server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(gossh.FingerprintSHA256(l.server.HostKey()))})
	l.Expect(err).NotTo(HaveOccurred())
	redactor, err := redact.New()
	l.Expect(err).NotTo(HaveOccurred())
	l.run = &dsl.Run{Target: &target.Target{Name: "lab", Grace: 5 * time.Second}, Dialer: dialer, Catalogue: catalogue(t),
		Safety: effect.Normal, Redactor: redactor}
	l.run.Monitor = monitor.New(l.run.Current)
	first, err := l.run.OpenPlain(t.Context(), "first")
	l.Expect(err).NotTo(HaveOccurred())
	l.run.Claims = first.Hello().Capabilities
	l.Expect(first.Leave(t.Context())).To(Succeed())
	l.run.Target.Fixture = target.BuiltIn(l.run.Claims)
	for _, m := range mend {
		m(l.run)
	}
	return l
}

// open opens a session that the run knows nothing of.
func (l *lab) open() *session.Session {
	l.t.Helper()
	s, err := l.run.OpenPlain(l.t.Context(), "somebody")
	l.Expect(err).NotTo(HaveOccurred())
	l.t.Cleanup(func() { _ = s.Close() })
	return s
}

// perform runs specs and judges them.
func (l *lab) perform(specs func()) *verdict.Report {
	l.t.Helper()
	l.run.Guard = guard.New(guard.Config{Safety: l.run.Safety, Fixture: l.run.Target.Fixture, Claims: l.run.Claims, Redactor: l.run.Redactor,
		Open: func(ctx context.Context) (*session.Session, error) { return l.run.OpenPlain(ctx, "guard") }})
	l.Expect(l.run.Guard.Begin(l.t.Context())).To(Succeed())
	globals.Reset()
	defer globals.Reset()
	ginkgo.Describe("", func() {
		dsl.Gate()
		specs()
	})
	ginkgo.ReportAfterSuite("", func(r ginkgo.Report) { l.ginkgo = r })
	quiet(func() { ginkgo.RunSpecs(silent{}, "lab", ginkgo.AroundNode(dsl.Around(l.run))) })
	l.run.LeaveAll(l.t.Context())
	_, err := l.run.Guard.End(l.t.Context())
	l.Expect(err != nil).To(Equal(l.lost), "%v", err)
	l.run.Guard.Close(l.t.Context())
	return verdict.Judge(l.ginkgo.SpecReports, verdict.Input{Requirements: l.run.Catalogue.All(), Strict: l.run.Strict})
}

// one runs one spec and gives its outcome.
func (l *lab) one(body func(ginkgo.SpecContext), decorators ...any) verdict.Spec {
	l.t.Helper()
	report := l.perform(func() { dsl.It("does something", append(decorators, dsl.Spec("lab/spec"), body)...) })
	l.Expect(report.Specs).To(HaveLen(1))
	l.Expect(report.Specs[0].ID).To(Equal("lab/spec"))
	return report.Specs[0]
}

// sent is all that the server has received so far.
func (l *lab) sent() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return strings.Join(l.received, "\n")
}

// requests are those of the messages that it has received that are no hello.
func (l *lab) requests() []string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return slices.DeleteFunc(slices.Clone(l.received), func(m string) bool { return strings.Contains(m, "<hello") })
}

type silent struct{}

func (silent) Fail() {}

func quiet(f func()) {
	out := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = out }()
	f()
}
