package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func cancelling() {
	ginkgo.Describe("RFC 6241 §8.4.4.1, cancel-commit", func() {
		cancelReverts()
		cancelElsewhere()
		cancelPersistent()
		cancelAbandoned()
		cancelWrongToken()
		cancelWithoutToken()
		cancelNeedlessToken()
		cancelNothing()
		unavailable("cancel-commit", netconf.CancelCommit(), "rfc6241-8.4.4.1-cancel-unavailable")
	})
}

func cancelReverts() {
	const id = "rfc6241-8.4.4.1-cancel-reverts"
	It("reverts at once", Spec("commit/cancel-reverts"), Covers(id), Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
		c := newScene(ctx)
		c.pending(ctx, long)
		Demand(id, c.issuer.RPC(ctx, netconf.CancelCommit())).To(BeOK())
		Demand(id, c.whileWaiting(ctx, c.was)).To(Equal(c.was))
	})
}

func cancelElsewhere() {
	const id = "rfc6241-8.4.4.1-cancel-same-session"
	It("is refused to another session", Spec("commit/cancel-same-session"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long)
			reply := c.second.RPC(ctx, netconf.CancelCommit())
			Demand(id, reply).To(BeRPCError())
			observeTag(reply)
			Demand(id, c.look(ctx)).To(Equal(c.value))
			Demand(id, c.issuer.RPC(ctx, netconf.CancelCommit())).To(BeOK())
		})
}

func cancelPersistent() {
	const id = "rfc6241-8.4.4.1-cancel-persist-id"
	It("takes the token from any session", Spec("commit/cancel-persistent"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long, netconf.Persist(token))
			Demand(id, c.second.RPC(ctx, netconf.CancelPersistent(token))).To(BeOK())
			Demand(id, c.look(ctx)).To(Equal(c.was))
		})
}

func cancelAbandoned() {
	const id = "rfc6241-8.4.4.1-cancel-persist-id"
	It("takes the token when the session that committed is gone", Spec("commit/cancel-abandoned"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long, netconf.Persist(token))
			closed().cause(ctx, c.issuer, c.second)
			Demand(id, c.second.RPC(ctx, netconf.CancelPersistent(token))).To(BeOK())
			Demand(id, c.look(ctx)).To(Equal(c.was))
		})
}

func cancelWrongToken() {
	const id = "rfc6241-8.4.4.1-cancel-wrong-persist-id"
	It("is refused with another token", Spec("commit/cancel-wrong-persist-id"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long, netconf.Persist("tok1"))
			for _, s := range []*session.Session{c.issuer, c.second} {
				for _, wrong := range []string{"tok2", "TOK1", ""} {
					Demand(id, s.RPC(ctx, netconf.CancelPersistent(wrong))).To(BeRPCError(InvalidValue))
				}
			}
			Demand(id, c.look(ctx)).To(Equal(c.value))
		})
}

func cancelWithoutToken() {
	const id = "rfc6241-8.4.4.1-cancel-persist-without-id"
	It("is refused without the token, to the session that committed too", Spec("commit/cancel-persistent-without-id"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long, netconf.Persist(token))
			c.demandNotCancelled(ctx, id, netconf.CancelCommit())
		})
}

func cancelNeedlessToken() {
	const id = "rfc6241-8.4.4.1-cancel-persist-id-non-persistent"
	It("is refused with a token that was never given", Spec("commit/cancel-needless-persist-id"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.pending(ctx, long)
			c.demandNotCancelled(ctx, id, netconf.CancelPersistent("x"))
		})
}

// demandNotCancelled sends a cancel-commit that must be refused to the session that committed.
func (c *scene) demandNotCancelled(ctx ginkgo.SpecContext, id, operation string) {
	reply := c.issuer.RPC(ctx, operation)
	Demand(id, reply).To(BeRPCError())
	observeTag(reply)
	Demand(id, c.look(ctx)).To(Equal(c.value))
}

func cancelNothing() {
	const id = "rfc6241-8.4.4.1-cancel-nothing-ongoing"
	It("changes nothing when nothing is pending", Spec("commit/cancel-nothing"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			before := c.issuer.RPC(ctx, netconf.CancelCommit())
			Demand(id, c.look(ctx)).To(Equal(c.was))
			c.pending(ctx, long)
			Given(c.issuer.Commit(ctx)).To(BeOK())
			after := c.issuer.RPC(ctx, netconf.CancelCommit())
			Demand(id, c.look(ctx)).To(Equal(c.value))
			Observe("cancel-commit with nothing pending", outcome(before), OperationFailed, InvalidValue, "another error-tag", "ok")
			Observe("cancel-commit of what was confirmed", outcome(after), OperationFailed, InvalidValue, "another error-tag", "ok")
		})
}
