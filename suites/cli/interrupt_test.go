package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// cue tells when a server receives a message that holds a text for the nth time.
type cue struct {
	text  string
	nth   int
	given chan struct{}
	mutex sync.Mutex
}

func newCue(nth int, text string) *cue { return &cue{text: text, nth: nth, given: make(chan struct{})} }

func (c *cue) received(message string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if strings.Contains(message, c.text) {
		if c.nth--; c.nth == 0 {
			close(c.given)
		}
	}
}

// latency is how late the server answers: what is sent on a cue arrives ahead of the answer.
const latency = 10 * time.Millisecond

func TestCtrlC(t *testing.T) {
	alone(t)
	for name, c := range map[string]struct {
		args    []string
		signals []os.Signal
		cues    []*cue // one for each signal
	}{
		"while the hello is waited for": {nil, interrupt(), cues(newCue(1, "<hello"))},
		"while the first answer is due": {nil, interrupt(), cues(newCue(1, "<get-config"))},
		"while the target is looked at": {nil, interrupt(), cues(newCue(3, "<get-config"))},
		"while locks are tried":         {nil, interrupt(), cues(newCue(2, "<lock>"))},
		// The guard has tried the locks on running and candidate by then.
		"while a lock is asked for":       {[]string{"--spec", "lock/denied-names-holder"}, interrupt(), cues(newCue(3, "<lock>"))},
		"while a lock is held":            {[]string{"--spec", "lock/denied-names-holder"}, interrupt(), cues(newCue(4, "<lock>"))},
		"while the candidate is edited":   {[]string{"--suite", "lock"}, interrupt(), cues(newCue(1, "<edit-config"))},
		"while an edit is committed":      {[]string{"--suite", "lock"}, interrupt(), cues(newCue(1, "<commit"))},
		"while an edit is undone":         {[]string{"--suite", "lock"}, interrupt(), cues(newCue(2, "<commit"))},
		"while a transcript has the lock": {[]string{"--spec", "session/documented-session.commit"}, interrupt(), cues(newCue(1, "<edit-config"))},
		"while a transcript commits":      {[]string{"--spec", "session/documented-session.commit"}, interrupt(), cues(newCue(1, "<commit"))},
		"SIGTERM":                         {[]string{"--suite", "lock"}, []os.Signal{syscall.SIGTERM}, cues(newCue(1, "<edit-config"))},
		"and once more, impatiently": {[]string{"--spec", "session/documented-session.commit"}, append(interrupt(), interrupt()...),
			cues(newCue(1, "<commit"), newCue(2, "<commit"))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, reference.Options{Latency: latency, Received: func(_ uint32, message []byte) {
				for _, cue := range c.cues {
					cue.received(string(message))
				}
			}})
			args, dir := withOut(t, append([]string{"run", "ssh://admin@" + server.Addr(), "--host-key", fingerprint(server), "--seed", "1"}, c.args...))
			command, out, errs := start(t, args...)
			ended := make(chan struct{})
			go func() { _ = command.Wait(); close(ended) }()
			for i, signal := range c.signals {
				select {
				case <-c.cues[i].given:
					_ = command.Process.Signal(signal)
				case <-ended:
				}
			}
			<-ended
			o := outcome{code: command.ProcessState.ExitCode(), out: out.String(), errs: errs.String(), dir: dir}
			interrupted(t, o)
			untouched(t, server)
		})
	}
}

func TestCtrlCAndTheEmbeddedServer(t *testing.T) {
	alone(t)
	args, dir := withOut(t, []string{"run", "--suite", "lock", "--quiet"})
	command, out, errs := start(t, args...)
	recordings := func() ([]string, error) { return filepath.Glob(filepath.Join(dir, "transcripts", "lock", "*.yaml")) }
	NewWithT(t).Eventually(recordings, time.Minute, 5*time.Millisecond).ShouldNot(BeEmpty(), "a first spec has ended")
	_ = command.Process.Signal(os.Interrupt)
	_ = command.Wait()
	interrupted(t, outcome{code: command.ProcessState.ExitCode(), out: out.String(), errs: errs.String(), dir: dir})
}

func TestCtrlCEndsHello(t *testing.T) {
	alone(t)
	opened := make(chan struct{}, 1)
	address := subsystem(t, func(gossh.Channel) { opened <- struct{}{} })
	file := write(t, "device.yaml", "address: "+address+"\nuser: admin\nhost-key: accept\ngrace: 10m\n")
	command, out, errs := start(t, "hello", file)
	<-opened
	g := NewWithT(t)
	g.Expect(command.Process.Signal(os.Interrupt)).To(Succeed())
	_ = command.Wait()
	g.Expect(command.ProcessState.ExitCode()).To(Equal(exitInterrupted), "%s\n%s", out, errs)
}

func interrupt() []os.Signal  { return []os.Signal{os.Interrupt} }
func cues(all ...*cue) []*cue { return all }

// interrupted holds the reports of a run against what they must say when somebody has ended it.
func interrupted(t *testing.T, o outcome) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(exitInterrupted), "%s\n%s", o.out, o.errs)
	report := o.report(t)
	g.Expect(report.Run.Interrupted).To(BeTrue())
	g.Expect(report.Run.Complete).To(BeFalse())
	g.Expect(report.Run.Exit).To(Equal(exitInterrupted))
	g.Expect(report.State.LeftBehind).To(BeEmpty())
	g.Expect(red(t, filepath.Join(o.dir, "junit.xml"))).NotTo(BeEmpty())
}

// untouched holds a server against what it was: nothing locked, no candidate, the configuration it started with.
func untouched(t *testing.T, server *reference.Server) {
	t.Helper()
	g := NewWithT(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s := manager(ctx, t, server)
	for _, d := range []datastore.Name{datastore.Running, datastore.Candidate} {
		g.Expect(s.Lock(ctx, d).OK).To(BeTrue(), "the lock of %s", d)
		config := string(s.GetConfig(ctx, d, "").Message.Octets)
		g.Expect(config).To(ContainSubstring("admin@ncspec.example"))
		g.Expect(config).NotTo(Or(ContainSubstring("network-mgmt"), ContainSubstring("ncspec-a")))
	}
}

// manager is somebody else's session, which lasts as long as the test.
func manager(ctx context.Context, t *testing.T, server *reference.Server) *session.Session {
	t.Helper()
	g := NewWithT(t)
	dialer, err := ssh.New(ssh.Config{Address: server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(fingerprint(server))})
	g.Expect(err).NotTo(HaveOccurred())
	conn, err := dialer.Dial(ctx)
	g.Expect(err).NotTo(HaveOccurred())
	stream, err := conn.Open(ctx)
	g.Expect(err).NotTo(HaveOccurred())
	s := session.New(stream, conn, session.Config{})
	t.Cleanup(func() { _ = s.Close() })
	g.Expect(s.Exchange(ctx)).To(Succeed())
	return s
}
