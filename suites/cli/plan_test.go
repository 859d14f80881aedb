package cli_test

import (
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
)

// recorder is a server that keeps every message it receives.
type recorder struct {
	*reference.Server
	mutex    sync.Mutex
	messages []string
}

func record(t *testing.T) *recorder {
	t.Helper()
	r := &recorder{}
	r.Server = serve(t, reference.Options{Received: func(_ uint32, message []byte) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.messages = append(r.messages, string(message))
	}})
	return r
}

// holding are the messages that hold one of the texts.
func (r *recorder) holding(texts ...string) []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var all []string
	for _, message := range r.messages {
		for _, text := range texts {
			if strings.Contains(message, text) {
				all = append(all, message)
				break
			}
		}
	}
	return all
}

func TestASafetyLevelHoldsForEveryRequestOfARun(t *testing.T) {
	writes := []string{"edit-config", "copy-config", "delete-config", "commit", "discard-changes", "edit-data"}
	for level, never := range map[string][]string{
		"read-only": append(writes, "<lock", "<unlock", "<partial-lock"),
		"candidate": {"commit", "delete-config", "config><target><running/>", "config><target><startup/>", "config><target><url>"},
	} {
		t.Run(level, func(t *testing.T) {
			alone(t)
			server := record(t)
			o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server.Server), "--safety", level)
			g := NewWithT(t)
			g.Expect(o.code).To(Equal(0), o.out+o.errs)
			g.Expect(server.holding("<get-config")).NotTo(BeEmpty(), "the run has asked for something")
			g.Expect(server.holding(never...)).To(BeEmpty())
		})
	}
}

func TestADryRunReadsOnly(t *testing.T) {
	alone(t)
	server := record(t)
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server.Server), "--dry-run")
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(0), o.errs)
	g.Expect(o.out).To(And(MatchRegexp(`(?s)── nothing.*get/.*── lock.*lock/.*── candidate.*edit/.*── running.*commit/`),
		MatchRegexp(`of \d+ specs \d+ would run`), ContainSubstring("--safety is running")))
	g.Expect(server.holding("lock", "edit-config", "commit", "discard")).To(BeEmpty())
	g.Expect(o.dir).NotTo(BeADirectory(), "there is no report")
}

func TestADryRunOfWhatIsSelected(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	failed := ncspec(t, append(fewLocks(), "--defect", "own-lock-granted-again")...)
	for _, c := range []struct {
		args  []string
		code  int
		tells string
	}{
		{[]string{"--rerun-failed", failed.dir}, exitOK, " specs 1 would run"},
		{[]string{"--spec", "session/lock-contention.denied"}, exitOK, "session/lock-contention.lock "},
		{[]string{"--suite", "locks"}, exitUsage, `there is no suite "locks"`},
		{[]string{"--waivers", write(t, "w.yaml", "waivers:\n  - id: lock/none\n    reason: r\n")}, exitUsage, "w.yaml:2:5:"},
	} {
		o := ncspec(t, append([]string{"run", "--dry-run"}, c.args...)...)
		g.Expect(o.code).To(Equal(c.code), "%s\n%s", o.out, o.errs)
		g.Expect(o.out + o.errs).To(ContainSubstring(c.tells))
	}
}

func TestVersionNamesTheBuild(t *testing.T) {
	o := ncspec(t, "version")
	NewWithT(t).Expect(o.out).To(MatchRegexp(`^ncspec \S+, commit \S+, go\S+, \w+/\w+\n$`))
}
