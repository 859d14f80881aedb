package reference

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestLockContention(t *testing.T) {
	s := start(t, Options{})
	a, b := open(t, s), open(t, s)
	for _, datastore := range []string{"running", "candidate", "startup"} {
		a.ok(on("lock", datastore))
		for _, c := range []*client{a, b} {
			reply := c.errorTag(on("lock", datastore), "lock-denied")
			c.g.Expect(reply).To(ContainSubstring("<session-id>" + a.sessionID() + "</session-id>"))
		}
		b.errorTag(on("unlock", datastore), "operation-failed")
	}
	b.errorTag(edit("running", place("x")), "in-use")
	b.errorTag(edit("candidate", place("x")), "in-use")
	b.errorTag("<discard-changes/>", "in-use")
	b.errorTag("<commit/>", "in-use")
	b.errorTag(on("delete-config", "startup"), "in-use")
	b.errorTag("<copy-config><target><candidate/></target><source><startup/></source></copy-config>", "in-use")
	b.g.Expect(b.rpc(getConfig("candidate", ""))).To(ContainSubstring("<data>"))
	a.g.Expect(s.ChangeOutside("x")).To(MatchError(ErrLocked))
	a.g.Expect(s.LockOutside()).To(MatchError(ErrLocked))
	a.ok(edit("candidate", place("y")))
	a.ok(on("unlock", "candidate"))
	a.g.Expect(a.location("candidate")).To(Equal("Laboratory"), "an unlock discards")
	a.errorTag(on("unlock", "candidate"), "operation-failed")
}

func TestModifiedCandidateIsNotLocked(t *testing.T) {
	s := start(t, Options{})
	a, b := open(t, s), open(t, s)
	a.ok(edit("candidate", place("x")))
	a.errorTag(on("lock", "candidate"), "operation-failed")
	b.errorTag(on("lock", "candidate"), "operation-failed")
	b.ok("<discard-changes/>")
	a.ok(on("lock", "candidate"))
}

func TestLocksEndWithTheSession(t *testing.T) {
	s := start(t, Options{})
	watcher := open(t, s)
	for name, end := range map[string]func(*client){
		"close-session": func(c *client) { c.ok("<close-session/>") },
		"channel":       func(c *client) { c.channel.Close() },
		"half close":    func(c *client) { c.channel.CloseWrite() },
		"disconnect":    func(c *client) { c.conn.Close() },
		"tcp":           func(c *client) { c.tcp.Close() },
		"kill-session": func(c *client) {
			watcher.ok("<kill-session><session-id>" + c.sessionID() + "</session-id></kill-session>")
			c.ended()
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := open(t, s)
			c.ok(on("lock", "running"))
			c.ok(on("lock", "candidate"))
			c.ok(edit("candidate", place("x")))
			end(c)
			lock := func() string { return watcher.rpc(on("lock", "running")) }
			NewWithT(t).Eventually(lock, limit, "1ms").Should(ContainSubstring("<ok/>"))
			watcher.ok(on("unlock", "running"))
			NewWithT(t).Expect(watcher.location("candidate")).To(Equal("Laboratory"))
		})
	}
}

func TestOutsider(t *testing.T) {
	s := start(t, Options{})
	c := open(t, s)
	c.g.Expect(s.LockOutside()).To(Succeed())
	c.g.Expect(c.errorTag(on("lock", "running"), "lock-denied")).To(ContainSubstring("<session-id>0</session-id>"))
	c.g.Expect(s.ChangeOutside("Attic")).To(Succeed())
	c.g.Expect(s.UnlockOutside()).To(Succeed())
	c.g.Expect(s.UnlockOutside()).NotTo(Succeed())
	c.g.Expect(c.rpc(getConfig("running", system("<contact/>")))).To(ContainSubstring("<contact>Attic</contact>"))
}

func TestPartialLock(t *testing.T) {
	s := start(t, Options{})
	a, b := open(t, s), open(t, s)
	take := `<partial-lock xmlns="` + partialLockNS + `"><select xmlns:m="` + Namespace +
		`">/m:top/m:interface[m:name='eth0']</select></partial-lock>`
	reply := a.rpc(take)
	a.g.Expect(reply).To(And(ContainSubstring(">1</lock-id>"), ContainSubstring("/r:top/r:interface[r:name='eth0']</locked-node>")))
	b.g.Expect(b.errorTag(take, "lock-denied")).To(ContainSubstring("<session-id>" + a.sessionID() + "<"))
	b.errorTag(on("lock", "running"), "lock-denied")
	b.errorTag(edit("running", top("<interface><name>eth0</name><mtu>1400</mtu></interface>")), "in-use")
	b.errorTag(edit("running", `<top xmlns="`+Namespace+`" nc:operation="delete"/>`), "in-use")
	b.ok(edit("running", top("<interface><name>eth1</name><mtu>1400</mtu></interface>")))
	a.ok(edit("running", top("<interface><name>eth0</name><mtu>1400</mtu></interface>")))
	b.errorTag(`<partial-unlock xmlns="`+partialLockNS+`"><lock-id>1</lock-id></partial-unlock>`, "invalid-value")
	a.ok(`<partial-unlock xmlns="` + partialLockNS + `"><lock-id>1</lock-id></partial-unlock>`)
	b.ok(on("lock", "running"))
	for path, tag := range map[string]string{"/m:top/m:none": "operation-failed", "//m:top": "invalid-value", "/m:top[": "invalid-value", "/q:top": "invalid-value"} {
		a.errorTag(strings.Replace(take, "/m:top/m:interface[m:name='eth0']", path, 1), tag)
	}
}

func TestGuestMayOnlyRead(t *testing.T) {
	s := start(t, Options{})
	c := openAs(t, s, "guest", "guest")
	c.g.Expect(c.rpc("<get/>")).To(ContainSubstring("<data>"))
	for _, op := range []string{on("lock", "running"), edit("candidate", place("x")), edit("running", place("x")), "<discard-changes/>",
		on("delete-config", "startup"), "<kill-session><session-id>1</session-id></kill-session>",
		"<copy-config><target><candidate/></target><source><running/></source></copy-config>"} {
		c.errorTag(op, "access-denied")
	}
	c.ok("<close-session/>")
}
