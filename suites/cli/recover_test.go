package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/reference"
)

// killed is a server that a run has been killed on when it received a message with a text for the nth time.
func killed(t *testing.T, nth int, text string, args ...string) (*reference.Server, []string) {
	t.Helper()
	alone(t)
	moment := newCue(nth, text)
	server := serve(t, reference.Options{Latency: latency, Received: func(_ uint32, message []byte) { moment.received(string(message)) }})
	login := []string{"ssh://admin@" + server.Addr(), "--host-key", fingerprint(server), "--journal", t.TempDir()}
	run, _ := withOut(t, append(append([]string{"run", "--seed", "1"}, login...), args...))
	command, _, _ := start(t, run...)
	<-moment.given
	_ = command.Process.Kill()
	_ = command.Wait()
	return server, login
}

func TestAKilledRunIsRecovered(t *testing.T) {
	// The second commit of this transcript would put back what the first has changed.
	server, login := killed(t, 2, "<commit", "--spec", "session/documented-session.commit")
	g := NewWithT(t)
	o := ncspec(t, append([]string{"run", "--suite", "get"}, login...)...)
	fails(t, o, exitUnusable, "has not come to its end", "ncspec recover", "--recover")
	o = ncspec(t, append([]string{"recover"}, login...)...)
	g.Expect(o.code).To(Equal(0), o.errs)
	g.Expect(o.out).To(ContainSubstring(server.Addr() + ": "))
	untouched(t, server)
	o = ncspec(t, append([]string{"recover"}, login...)...)
	g.Expect(o.code).To(Equal(0), o.errs)
	g.Expect(o.out).To(ContainSubstring("nothing to undo"))
	g.Expect(ncspec(t, append([]string{"run", "--suite", "get"}, login...)...).code).To(Equal(0))
}

func TestTheNextRunRecoversWhereItIsTold(t *testing.T) {
	server, login := killed(t, 1, "<edit-config", "--suite", "edit")
	g := NewWithT(t)
	o := ncspec(t, append([]string{"run", "--recover", "--suite", "get"}, login...)...)
	g.Expect(o.code).To(Equal(0), o.errs)
	untouched(t, server)
}

func TestARunSaysWhereItCannotRecover(t *testing.T) {
	server, login := killed(t, 1, "<edit-config", "--suite", "edit")
	g, ctx := NewWithT(t), t.Context()
	other := manager(ctx, t, server)
	location := `<system xmlns="` + reference.Namespace + `"><location>moved</location></system>`
	g.Expect(other.EditConfig(ctx, datastore.Candidate, location).OK).To(BeTrue())
	o := ncspec(t, append([]string{"run", "--recover", "--suite", "get"}, login...)...)
	g.Expect(o.code).To(Equal(exitError))
	g.Expect(o.errs).To(And(ContainSubstring("somebody has uncommitted changes in the candidate"), ContainSubstring("moved")))
	g.Expect(red(t, filepath.Join(o.dir, "junit.xml"))).To(ContainElement(ContainSubstring("could not be undone")))
	g.Expect(string(other.GetConfig(ctx, datastore.Candidate, "").Message.Octets)).To(ContainSubstring("moved"), "it is not lost")
}

func TestTwoRunsDoNotShareATarget(t *testing.T) {
	alone(t)
	moment := newCue(1, "<get-config")
	server := serve(t, reference.Options{Latency: latency, Received: func(_ uint32, message []byte) { moment.received(string(message)) }})
	login := []string{"ssh://admin@" + server.Addr(), "--host-key", fingerprint(server), "--journal", t.TempDir()}
	run, _ := withOut(t, append([]string{"run"}, login...))
	command, _, _ := start(t, run...)
	<-moment.given
	fails(t, ncspec(t, append([]string{"run"}, login...)...), exitUnusable, "another run of ncspec is at work on this target")
	_ = command.Process.Signal(os.Interrupt)
	_ = command.Wait()
}
