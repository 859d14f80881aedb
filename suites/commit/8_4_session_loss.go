package commit

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func sessionLoss() {
	ginkgo.Describe("RFC 6241 §8.4.1, the end of the session that committed", func() {
		endReverts("commit/reverted-by-", "rfc6241-8.4.1-close-session-reverts", closed())
		for _, way := range losses() {
			endReverts("commit/reverted-by-", "rfc6241-8.4.1-transport-loss-reverts", way)
		}
		othersEnd()
		reboots()
	})
}

// endReverts ends the session of a confirmed commit long before its timeout.
func endReverts(slug, id string, way end) {
	It("reverts when "+way.text, Spec(slug+way.slug), Covers(id), Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
		c := newScene(ctx)
		c.pending(ctx, longer)
		way.cause(ctx, c.issuer, c.second)
		began := time.Now()
		limit := min(noticed*c.second.Grace(), longer/2*time.Second)
		Demand(id, Becomes(ctx, c.was, limit, func() string { return c.look(ctx) })).To(Equal(c.was))
		Observe("seconds until running was as before", time.Since(began).Seconds())
	})
}

func othersEnd() {
	const id = "rfc6241-8.4.1-other-session-end-no-revert"
	It("does not revert when other sessions end", Spec("commit/other-sessions-end"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long)
			closed().cause(ctx, Open(ctx, Named("closing")), nil)
			tcpRST().cause(ctx, Open(ctx, Named("dropping")), nil)
			Demand(id, c.whileWaiting(ctx, c.value)).To(Equal(c.value))
			Demand(id, c.issuer.Commit(ctx)).To(BeOK())
			Demand(id, c.look(ctx)).To(Equal(c.value))
			c.observeKillOfOther(ctx)
		})
}

// observeKillOfOther shows what becomes of a confirmed commit when another session is killed: section 7.9 read by the
// letter restores whatever session it is.
func (c *scene) observeKillOfOther(ctx context.Context) {
	const name = "a confirmed commit while another session is killed"
	victim := Open(ctx, Named("victim"))
	c.value = c.spot.other(c.value)
	c.pending(ctx, long)
	if reply := c.second.KillSession(ctx, victim.ID()); !reply.Normal() {
		Observe(name, "kill-session was refused: "+outcome(reply))
		return
	}
	kept := c.whileWaiting(ctx, c.value) == c.value
	Observe(name, map[bool]string{true: "kept", false: "reverted"}[kept], "kept", "reverted")
	c.issuer.RPC(ctx, netconf.CancelCommit()) // the end of the session reverts it too
}

// starting bounds how long a device may take to answer again.
const starting = 2 * time.Minute

func reboots() {
	const id = "rfc6241-8.4.1-reboot-reverts"
	It("reverts when the device reboots", Spec("commit/reverted-by-reboot"), Covers(id), Needs(anyFixture, "candidate", "reboot"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			startsFromStartup := FromContext(ctx).Claims.Has("startup")
			if startsFromStartup {
				mindStartup(ctx, c.second)
			}
			c.pending(ctx, 3600, netconf.Persist(token))
			Given(FromContext(ctx).Target.Rebooter.Reboot(ctx)).To(Succeed())
			Given(c.second.AwaitEndFor(ctx, starting)).To(BeOver())
			began := time.Now()
			c.second = Reopen(ctx, starting, Named("afterwards"))
			Observe("seconds until a session could be opened", time.Since(began).Seconds())
			if startsFromStartup {
				c.startupAfterwards(c.second, c.was)
			}
			Demand(id, c.look(ctx)).To(Equal(c.was))
		})
}
