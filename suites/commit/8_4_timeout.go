package commit

import (
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func timeouts() {
	ginkgo.Describe("RFC 6241 §8.4.1, the timeout", func() {
		reverts()
		revertsLater()
		revertsWhileLocked()
		revertsWhileBusy()
		defaultTimeout()
	})
}

// revertsAfter demands that a confirmed commit is taken, seen, and reverted when that many seconds have passed.
func (c *scene) revertsAfter(ctx ginkgo.SpecContext, id string, seconds uint32) {
	c.edit(ctx, c.issuer, c.value)
	p := confirmed(ctx, c.issuer, seconds)
	Demand(id, p.reply).To(BeOK())
	now := c.look(ctx)
	p.mindTime()
	Demand(id, now).To(Equal(c.value))
	c.demandReverted(ctx, id, p)
}

// reverts also shows that nothing stays locked inside the server by a reversion.
func reverts() {
	const id, anyTime = "rfc6241-8.4.1-reverts-after-timeout", "rfc6241-8.3.1-commit-at-any-time"
	It("reverts a commit that nobody confirms, and takes the next", Spec("commit/reverts-after-timeout"), Covers(id, anyTime),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.revertsAfter(ctx, id, c.short(ctx))
			cleared(ctx, c.issuer)
			c.edit(ctx, c.issuer, c.value)
			Demand(anyTime, c.issuer.Commit(ctx)).To(BeOK())
			Demand(anyTime, c.look(ctx)).To(Equal(c.value))
		})
}

func revertsLater() {
	const id = "rfc6241-8.4.1-reverts-after-timeout"
	It("reverts later where the timeout is longer", Spec("commit/reverts-after-longer-timeout"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.revertsAfter(ctx, id, 2*c.short(ctx))
		})
}

func revertsWhileLocked() {
	const id = "rfc6241-8.4.1-reverts-while-locked"
	It("reverts while running and candidate are locked", Spec("commit/reverts-while-locked"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			seconds := c.short(ctx)
			cleared(ctx, c.issuer)
			Given(c.issuer.Lock(ctx, running)).To(BeOK())
			Given(c.issuer.Lock(ctx, candidate)).To(BeOK())
			c.edit(ctx, c.issuer, c.value)
			p := confirmed(ctx, c.issuer, seconds)
			Demand(id, p.reply).To(BeOK())
			c.demandReverted(ctx, id, p)
		})
}

func revertsWhileBusy() {
	const id = "rfc6241-8.4.1-reverts-while-busy"
	It("reverts while requests keep coming", Spec("commit/reverts-while-busy"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx))
			last := PollEvery(ctx, c.second.Grace()/50, p.answered.Add(p.length+3*c.second.Grace()),
				func() string { return c.look(ctx) }, func(now string) bool { return now == c.was })
			Demand(id, last).To(Equal(c.was))
		})
}

// The default timeout, and when it is known to be about to run out.
const (
	byDefault = 600 * time.Second
	nearly    = 590 * time.Second
	// often is the time between two reads: the issuing session is kept busy, so that no idle timeout ends it.
	often = 5 * time.Second
)

func defaultTimeout() {
	const id = "rfc6241-8.4.1-default-timeout-600"
	It("reverts after 600 seconds where no timeout is given", Spec("commit/default-timeout"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.second = c.issuer // whoever reads must not be idle
			c.edit(ctx, c.issuer, c.value)
			p := period{sent: time.Now(), length: byDefault}
			Given(c.issuer.RPC(ctx, netconf.CommitWith(netconf.Confirmed()))).To(BeOK())
			p.answered = time.Now()
			last := PollEvery(ctx, often, p.sent.Add(nearly), func() string { return c.look(ctx) },
				func(now string) bool { return now != c.value })
			Demand(id, last).To(Equal(c.value))
			c.demandReverted(ctx, id, p)
		})
}
