package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func confirming() {
	ginkgo.Describe("RFC 6241 §8.4.1, confirming", func() {
		confirmingCommit()
		confirmingWithChanges()
		otherSessionConfirms()
		confirmedUnavailable()
	})
}

func confirmingCommit() {
	const id = "rfc6241-8.4.1-confirming-commit"
	It("makes a commit permanent by the next plain one", Spec("commit/confirming-commit"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			reply := c.issuer.Commit(ctx)
			p.mindTime()
			Demand(id, reply).To(BeOK())
			c.demandKept(ctx, id, p, c.spot, c.value)
		})
}

// more is a second change, on top of the first one: of the fixture's list where it has one beside the leaf, else of the
// same spot.
func (c *scene) more(ctx ginkgo.SpecContext) (spot, string) {
	if e, ok := entry(ctx); ok {
		return e, there
	}
	return c.spot, c.third(c.was, c.value)
}

func confirmingWithChanges() {
	const id = "rfc6241-8.4.1-confirming-may-change"
	It("takes more changes with the confirming commit", Spec("commit/confirming-commit-with-changes"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) { confirmWithChanges(ctx, id) })
}

func confirmWithChanges(ctx ginkgo.SpecContext, id string) {
	c := newScene(ctx)
	more, value := c.more(ctx)
	p := c.pending(ctx, c.short(ctx))
	more.edit(ctx, c.issuer, value)
	reply := c.issuer.Commit(ctx)
	p.mindTime()
	Demand(id, reply).To(BeOK())
	c.demandKept(ctx, id, p, more, value)
	if more != c.spot {
		Demand(id, c.look(ctx)).To(Equal(c.value))
	}
}

func otherSessionConfirms() {
	const id = "rfc6241-8.4.1-other-session-cannot-confirm"
	It("takes no confirmation from another session", Spec("commit/other-session-cannot-confirm"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			reply := c.second.Commit(ctx)
			p.mindTime()
			Observe("plain commit of another session", outcome(reply), "ok", "an error-tag")
			c.demandReverted(ctx, id, p)
		})
}

func confirmedUnavailable() {
	const id = "rfc6241-8.4.5.1-confirmed-unavailable"
	It("refuses confirmed where it is not claimed", Spec("commit/confirmed-unavailable"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.edit(ctx, c.issuer, c.value)
			reply := confirmed(ctx, c.issuer, 5).reply
			Demand(id, reply).To(BeRPCError())
			observeTag(reply)
			Demand(id, c.look(ctx)).To(Equal(c.was))
		})
}

func followUps() {
	ginkgo.Describe("RFC 6241 §8.4.1, follow-up confirmed commits", func() {
		followUpLater()
		followUpSooner()
		followUpDefault()
		followUpWithChanges()
		followUpCancelled()
		otherSessionFollowsUp()
	})
}

func followUpLater() {
	const id = "rfc6241-8.4.1-follow-up-resets-timer"
	It("waits longer where the follow-up says so", Spec("commit/follow-up-longer"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			reply := confirmed(ctx, c.issuer, long).reply
			p.mindTime()
			Demand(id, reply).To(BeOK())
			c.demandKept(ctx, id, p, c.spot, c.value)
			c.demandCancels(ctx, id, c.issuer, netconf.CancelCommit())
		})
}

func followUpSooner() {
	const id = "rfc6241-8.4.1-follow-up-resets-timer"
	It("waits less where the follow-up says so", Spec("commit/follow-up-shorter"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			seconds := c.short(ctx)
			c.pending(ctx, long)
			p := confirmed(ctx, c.issuer, seconds)
			Demand(id, p.reply).To(BeOK())
			c.demandReverted(ctx, id, p)
		})
}

func followUpDefault() {
	const id = "rfc6241-8.4.1-follow-up-default-timer"
	It("waits longer where the follow-up has no timeout", Spec("commit/follow-up-default"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			reply := c.issuer.RPC(ctx, netconf.CommitWith(netconf.Confirmed()))
			p.mindTime()
			Demand(id, reply).To(BeOK())
			c.demandKept(ctx, id, p, c.spot, c.value)
			c.demandCancels(ctx, id, c.issuer, netconf.CancelCommit())
		})
}

// followUpWithChanges waits until the change of the follow-up is gone, and looks then what has become of the first one.
func followUpWithChanges() {
	const mayChange, restores = "rfc6241-8.4.1-follow-up-may-change", "rfc6241-8.4.1-follow-up-restores-original"
	It("takes more changes with the follow-up, and reverts all of them", Spec("commit/follow-up-with-changes"), Covers(mayChange, restores),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			more, value := c.more(ctx)
			seconds := c.short(ctx)
			c.pending(ctx, long)
			more.edit(ctx, c.issuer, value)
			p := confirmed(ctx, c.issuer, seconds)
			Demand(mayChange, p.reply).To(BeOK())
			added, first := more.read(ctx, c.second, running), c.look(ctx)
			p.mindTime()
			Demand(mayChange, added).To(Equal(value))
			if more != c.spot {
				Demand(mayChange, first).To(Equal(c.value))
			}
			left := Poll(ctx, p.answered.Add(p.length+3*c.second.Grace()), func() string { return more.read(ctx, c.second, running) },
				func(now string) bool { return now != value })
			Demand(mayChange, left).NotTo(Equal(value))
			c.demandOriginal(ctx, restores)
		})
}

// demandOriginal demands that running is what it was before the first of several confirmed commits.
func (c *scene) demandOriginal(ctx ginkgo.SpecContext, id string) {
	now := c.look(ctx)
	Observe("what running is in the end", map[bool]string{true: "as before the first commit", false: "as something else"}[now == c.was])
	Demand(id, now).To(Equal(c.was))
}

func followUpCancelled() {
	const id = "rfc6241-8.4.1-follow-up-restores-original"
	It("goes back before the first commit when the follow-up is cancelled", Spec("commit/follow-up-cancelled"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			third := c.third(c.was, c.value)
			c.pending(ctx, long)
			c.edit(ctx, c.issuer, third)
			Given(confirmed(ctx, c.issuer, long).reply).To(BeOK())
			Given(c.look(ctx)).To(Equal(third))
			if reply := c.issuer.RPC(ctx, netconf.CancelCommit()); !reply.Normal() {
				NoVerdict("cancel-commit is refused: " + outcome(reply))
			}
			c.demandOriginal(ctx, id)
		})
}

func otherSessionFollowsUp() {
	const id = "rfc6241-8.4.1-other-session-cannot-follow-up"
	It("takes no follow-up from another session", Spec("commit/other-session-cannot-follow-up"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			reply := confirmed(ctx, c.second, long).reply
			p.mindTime()
			Observe("confirmed commit of another session", outcome(reply), "ok", "an error-tag")
			c.demandReverted(ctx, id, p)
		})
}

func savingStartup() {
	const id = "rfc6241-8.4.1-startup-needs-copy"
	It("saves to startup by copy-config only", Spec("commit/startup-needs-copy"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			mindStartup(ctx, c.second)
			c.startupAfterwards(c.second, c.was)
			c.pending(ctx, long)
			Given(c.issuer.Commit(ctx)).To(BeOK())
			Demand(id, c.read(ctx, c.second, startup)).To(Equal(c.was))
			Demand(id, c.issuer.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
			Demand(id, c.read(ctx, c.second, startup)).To(Equal(c.value))
		})
}
