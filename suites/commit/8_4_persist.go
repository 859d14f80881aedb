package commit

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// token is what the specs let a confirmed commit persist under.
const token = "ncspec,d4668"

func persistence() {
	ginkgo.Describe("RFC 6241 §8.4.1 and §8.4.5.1, persist", func() {
		persistConfirmed()
		persistFollowedUp()
		persistNeedsID()
		for _, way := range []end{closed(), tcpFIN(), tcpRST()} {
			persistSurvives(way)
		}
		persistTimesOut()
		anyToken()
		wrongToken()
	})
}

func persistConfirmed() {
	const id = "rfc6241-8.4.1-persist-confirm-other-session"
	It("is confirmed by any session that has the token", Spec("commit/persist-confirm"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx), netconf.Persist(token))
			reply := c.second.RPC(ctx, netconf.CommitWith(netconf.PersistID(token)))
			p.mindTime()
			Demand(id, reply).To(BeOK())
			c.demandKept(ctx, id, p, c.spot, c.value)
		})
}

func persistFollowedUp() {
	const id = "rfc6241-8.4.1-persist-follow-up-other-session"
	It("is followed up by any session that has the token", Spec("commit/persist-follow-up"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx), netconf.Persist(token))
			reply := confirmed(ctx, c.second, long, netconf.PersistID(token)).reply
			p.mindTime()
			Demand(id, reply).To(BeOK())
			c.demandKept(ctx, id, p, c.spot, c.value)
			c.demandCancels(ctx, id, c.second, netconf.CancelPersistent(token))
		})
}

func persistNeedsID() {
	const id = "rfc6241-8.4.1-persist-requires-persist-id"
	It("is neither confirmed nor followed up without the token", Spec("commit/persist-without-id"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx), netconf.Persist(token))
			own, foreign, followUp := c.issuer.Commit(ctx), c.second.Commit(ctx), confirmed(ctx, c.issuer, long).reply
			p.mindTime()
			Observe("plain commit of the issuing session without persist-id", outcome(own), "ok", "an error-tag")
			Observe("plain commit of another session without persist-id", outcome(foreign), "ok", "an error-tag")
			Observe("follow-up of the issuing session without persist-id", outcome(followUp), "ok", "an error-tag")
			c.demandReverted(ctx, id, p)
		})
}

func persistSurvives(way end) {
	const id = "rfc6241-8.4.1-persist-survives-session"
	It("is kept when "+way.text, Spec("commit/persist-survives-"+way.slug), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long, netconf.Persist(token))
			way.cause(ctx, c.issuer, c.second)
			Demand(id, c.whileWaiting(ctx, c.value)).To(Equal(c.value))
			Demand(id, c.second.RPC(ctx, netconf.CommitWith(netconf.PersistID(token)))).To(BeOK())
			Demand(id, c.look(ctx)).To(Equal(c.value))
			if way.slug == closed().slug {
				c.observeKill(ctx)
			}
		})
}

// whileWaiting looks for a while whether running still has the value, and gives the last one seen.
func (c *scene) whileWaiting(ctx context.Context, value string) string {
	return Poll(ctx, time.Now().Add(c.second.Patience()), func() string { return c.look(ctx) },
		func(now string) bool { return now != value })
}

// observeKill shows what becomes of a persistent commit when its session is killed: section 7.9 restores without
// exception, section 8.4.1 and appendix C exempt persist.
func (c *scene) observeKill(ctx context.Context) {
	const name = "a persistent commit whose session is killed"
	victim, value := Open(ctx, Named("victim")), c.spot.other(c.value)
	c.edit(ctx, victim, value)
	Given(confirmed(ctx, victim, long, netconf.Persist(token)).reply).To(BeOK())
	if reply := c.second.KillSession(ctx, victim.ID()); !reply.Normal() {
		Observe(name, "kill-session was refused: "+outcome(reply))
		return
	}
	kept := c.whileWaiting(ctx, value) == value
	Observe(name, map[bool]string{true: "kept", false: "reverted"}[kept], "kept", "reverted")
}

func persistTimesOut() {
	const id = "rfc6241-8.4.1-persist-still-times-out"
	It("times out although its session is gone", Spec("commit/persist-times-out"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx), netconf.Persist(token))
			closed().cause(ctx, c.issuer, c.second)
			p.mindTime()
			c.demandReverted(ctx, id, p)
		})
}

func anyToken() {
	const id = "rfc6241-8.4.5.1-persist-sets-token"
	It("takes any string as a token", Spec("commit/persist-any-token"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			for _, text := range []string{"IQ,d4668", `<a href="b">&amp;</a>'`, "žluťoučký kůň 馬"} {
				c.edit(ctx, c.issuer, c.value)
				Demand(id, confirmed(ctx, c.issuer, long, netconf.Persist(text)).reply).To(BeOK())
				Demand(id, c.issuer.RPC(ctx, netconf.CommitWith(netconf.PersistID(text)))).To(BeOK())
				Demand(id, c.look(ctx)).To(Equal(c.value))
				c.value = c.spot.other(c.value)
			}
		})
}

func wrongToken() {
	const id = "rfc6241-8.4.5.1-persist-id-mismatch"
	It("refuses a commit with another token", Spec("commit/persist-id-mismatch"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			p := c.pending(ctx, c.short(ctx), netconf.Persist("tok1"))
			reply := c.second.RPC(ctx, netconf.CommitWith(netconf.PersistID("tok2")))
			p.mindTime()
			Demand(id, reply).To(BeRPCError(InvalidValue))
			c.demandReverted(ctx, id, p)
			Observe("commit with persist-id and nothing pending",
				outcome(c.second.RPC(ctx, netconf.CommitWith(netconf.PersistID("x")))), InvalidValue, "another error-tag", "ok")
		})
}
