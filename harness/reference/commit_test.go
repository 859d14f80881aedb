package reference

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

const confirmed = "<commit><confirmed/></commit>"

func TestConfirmedCommitTimesOut(t *testing.T) {
	clock := &ManualClock{}
	s := start(t, Options{Clock: clock})
	a, b := open(t, s), open(t, s)
	a.ok(edit("candidate", place("A")))
	a.ok(confirmed)
	b.errorTag(on("lock", "running"), "in-use")
	b.errorTag("<commit/>", "in-use")
	b.errorTag("<cancel-commit/>", "in-use")
	clock.Advance(599 * time.Second)
	a.g.Expect(a.location("running")).To(Equal("A"))
	clock.Advance(time.Second)
	a.g.Expect(a.location("running")).To(Equal("Laboratory"))
	a.errorTag("<cancel-commit/>", "operation-failed")
	a.ok(on("lock", "candidate"))
}

func TestFollowUpAndConfirm(t *testing.T) {
	clock := &ManualClock{}
	s := start(t, Options{Clock: clock})
	c := open(t, s)
	c.ok(edit("candidate", place("A")))
	c.ok("<commit><confirmed/><confirm-timeout>5</confirm-timeout></commit>")
	c.ok(edit("candidate", place("B")))
	c.ok("<commit><confirmed/><confirm-timeout>10</confirm-timeout></commit>")
	clock.Advance(9 * time.Second)
	c.g.Expect(c.location("running")).To(Equal("B"))
	clock.Advance(time.Second)
	c.g.Expect(c.location("running")).To(Equal("Laboratory"))
	c.ok(edit("candidate", place("C")))
	c.ok(confirmed)
	c.ok("<commit/>")
	clock.Advance(time.Hour)
	c.g.Expect(c.location("running")).To(Equal("C"))
}

func TestPersistentCommit(t *testing.T) {
	s := start(t, Options{Clock: &ManualClock{}})
	a, b := open(t, s), open(t, s)
	a.ok(edit("candidate", place("A")))
	a.ok("<commit><confirmed/><persist>tok</persist></commit>")
	a.ok("<close-session/>")
	a.ended()
	b.g.Expect(b.location("running")).To(Equal("A"))
	b.errorTag("<commit/>", "invalid-value")
	b.errorTag("<commit><persist-id>kot</persist-id></commit>", "invalid-value")
	b.errorTag("<cancel-commit/>", "invalid-value")
	b.ok("<cancel-commit><persist-id>tok</persist-id></cancel-commit>")
	b.g.Expect(b.location("running")).To(Equal("Laboratory"))
	b.errorTag("<commit><persist-id>tok</persist-id></commit>", "invalid-value")
}

// TestPersistentFollowUp extends a persistent commit from another session, and lets it time out when both are gone.
func TestPersistentFollowUp(t *testing.T) {
	clock := &ManualClock{}
	s := start(t, Options{Clock: clock})
	a, b, watcher := open(t, s), open(t, s), open(t, s)
	a.ok(edit("candidate", place("A")))
	a.ok("<commit><confirmed/><confirm-timeout>5</confirm-timeout><persist>t</persist></commit>")
	b.ok(edit("candidate", place("B")))
	b.ok("<commit><confirmed/><confirm-timeout>60</confirm-timeout><persist-id>t</persist-id></commit>")
	a.ok("<close-session/>")
	b.ok("<close-session/>")
	clock.Advance(59 * time.Second)
	watcher.g.Expect(watcher.location("running")).To(Equal("B"))
	watcher.errorTag("<commit/>", "invalid-value")
	clock.Advance(time.Second)
	watcher.g.Expect(watcher.location("running")).To(Equal("Laboratory"))
	watcher.ok(edit("candidate", place("C")))
	watcher.ok("<commit/>")
}

// TestRevertNeedsNoLock lets a commit time out whose session holds all locks.
func TestRevertNeedsNoLock(t *testing.T) {
	clock := &ManualClock{}
	c := open(t, start(t, Options{Clock: clock}))
	c.ok(on("lock", "running"))
	c.ok(on("lock", "candidate"))
	c.ok(edit("candidate", place("A")))
	c.ok("<commit><confirmed/><confirm-timeout>4294967295</confirm-timeout></commit>")
	c.ok("<commit><confirmed/><confirm-timeout>1</confirm-timeout></commit>")
	clock.Advance(time.Second)
	c.g.Expect(c.location("running")).To(Equal("Laboratory"))
}

func TestSessionEndReverts(t *testing.T) {
	s := start(t, Options{})
	b := open(t, s)
	for name, end := range map[string]func(*client){
		"close": func(c *client) { c.ok("<close-session/>") },
		"tcp":   func(c *client) { c.tcp.Close() },
		"kill": func(c *client) {
			b.ok("<kill-session><session-id>" + c.sessionID() + "</session-id></kill-session>")
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := open(t, s)
			a.ok(edit("candidate", place("A")))
			a.ok(confirmed)
			a.ok(on("lock", "running"))
			end(a)
			NewWithT(t).Eventually(func() string { return b.location("running") }, limit, "1ms").Should(Equal("Laboratory"))
		})
	}
}

func TestCopyAndDelete(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.ok(edit("running", place("A")))
	c.g.Expect(c.location("startup")).To(Equal("Laboratory"))
	c.ok("<copy-config><target><startup/></target><source><running/></source></copy-config>")
	c.g.Expect(c.location("startup")).To(Equal("A"))
	c.ok("<copy-config><target><running/></target><source><config>" + place("B") + "</config></source></copy-config>")
	c.g.Expect(c.rpc(getConfig("running", ""))).To(ContainSubstring("<data>" + place("B") + "</data>"))
	c.ok(on("delete-config", "startup"))
	c.g.Expect(c.location("startup")).To(Equal("Laboratory"), "as it left the factory")
	c.errorTag("<copy-config><target><running/></target><source><running/></source></copy-config>", "invalid-value")
	c.ok("<validate><source><running/></source></validate>")
	c.errorTag("<validate><source><config>"+top("<x/>")+"</config></source></validate>", "unknown-element")
}
