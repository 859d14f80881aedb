package commit

import (
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func candidateLock() {
	ginkgo.Describe("RFC 6241 §8.3.5.2, the lock on candidate", func() {
		lockUnlock()
		unlockDiscards()
		closeDiscards()
		for _, way := range append(losses(), killed()) {
			failureDiscards(way)
		}
		unlockAfterCommit()
		unlockOfRunning()
	})
}

func lockUnlock() {
	const id = "rfc6241-8.3.5.2-lock-unlock-candidate"
	It("is granted and given back", Spec("commit/lock-unlock-candidate"), Covers(id), func(ctx ginkgo.SpecContext) {
		first, second := Open(ctx, Named("first")), Open(ctx, Named("second"))
		cleared(ctx, first)
		Given(second).To(StillAnswer(ctx))
		Demand(id, first.Lock(ctx, candidate)).To(BeOK())
		reply := second.Lock(ctx, candidate)
		observeLock(reply)
		if reply.Normal() {
			Given(second.Unlock(ctx, candidate)).To(BeOK())
		}
		Demand(id, first.Unlock(ctx, candidate)).To(BeOK())
		Demand(id, second.Lock(ctx, candidate)).To(BeOK())
		Demand(id, second.Unlock(ctx, candidate)).To(BeOK())
	})
}

func unlockDiscards() {
	const id = "rfc6241-8.3.5.2-unlock-discards"
	It("takes what was not committed with it when it is given back", Spec("commit/unlock-discards"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			was := p.read(ctx, s, running)
			cleared(ctx, s)
			Given(s.Lock(ctx, candidate)).To(BeOK())
			p.edit(ctx, s, p.other(was))
			Demand(id, s.Unlock(ctx, candidate)).To(BeOK())
			Demand(id, p.read(ctx, s, candidate)).To(Equal(was))
			Demand(id, whole(ctx, s, candidate)).To(beEqualTo(whole(ctx, s, running)))
		})
}

// lockedChange locks a candidate that is shared, and changes it.
func (c *scene) lockedChange(ctx ginkgo.SpecContext) {
	if !c.shared(ctx, c.issuer, c.second) {
		NoVerdict(notShared)
	}
	Given(c.issuer.Lock(ctx, candidate)).To(BeOK())
	c.edit(ctx, c.issuer, c.value)
	Given(c.read(ctx, c.second, candidate)).To(Equal(c.value))
}

// changeGone waits until candidate shows nothing of the change, and gives what it shows in the end.
func (c *scene) changeGone(ctx ginkgo.SpecContext, limit time.Duration) string {
	return Becomes(ctx, c.was, limit, func() string { return c.read(ctx, c.second, candidate) })
}

func closeDiscards() {
	const id = "rfc6241-8.3.5.2-close-session-discards"
	It("takes what was not committed with it when its owner closes the session", Spec("commit/close-session-discards"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.lockedChange(ctx)
			closed().cause(ctx, c.issuer, c.second)
			Demand(id, c.changeGone(ctx, 3*c.second.Grace())).To(Equal(c.was))
		})
}

func failureDiscards(way end) {
	const id = "rfc6241-8.3.5.2-session-failure-discards"
	It("takes what was not committed with it when "+way.text, Spec("commit/"+way.slug+"-discards"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.lockedChange(ctx)
			way.cause(ctx, c.issuer, c.second)
			began, limit := time.Now(), noticed*c.second.Grace()
			Demand(id, c.changeGone(ctx, limit)).To(Equal(c.was))
			lock := Poll(ctx, began.Add(limit), func() *session.Reply { return c.second.Lock(ctx, candidate) }, (*session.Reply).Normal)
			Observe("seconds until candidate could be locked", time.Since(began).Seconds())
			Demand(id, lock).To(BeOK())
		})
}

func unlockAfterCommit() {
	const id = "rfc6241-8.3.5.2-unlock-after-commit-keeps"
	It("leaves what was committed when it is given back", Spec("commit/unlock-after-commit"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			Given(s.Lock(ctx, candidate)).To(BeOK())
			value := p.other(p.read(ctx, s, candidate))
			p.edit(ctx, s, value)
			Given(s.Commit(ctx)).To(BeOK())
			Given(s.Unlock(ctx, candidate)).To(BeOK())
			Demand(id, p.read(ctx, s, running)).To(Equal(value))
			Demand(id, p.read(ctx, s, candidate)).To(Equal(value))
		})
}

func unlockOfRunning() {
	const id = "rfc6241-8.3.5.2-running-unlock-keeps-candidate"
	It("is the only one that takes changes of candidate with it", Spec("commit/running-unlock-keeps-candidate"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			value := p.other(p.read(ctx, s, candidate))
			Given(s.Lock(ctx, running)).To(BeOK())
			p.edit(ctx, s, value)
			Given(s.Unlock(ctx, running)).To(BeOK())
			Demand(id, p.read(ctx, s, candidate)).To(Equal(value))
		})
}
