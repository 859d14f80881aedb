package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func lockTarget() {
	ginkgo.Describe("lock without a datastore to lock", func() {
		refusesTarget("lock/no-target", "refuses lock without target", `<lock/>`)
		refusesTarget("lock/empty-target", "refuses lock with an empty target", `<lock><target/></lock>`)
	})
}

func refusesTarget(spec, text, operation string) {
	const id = "rfc6241-7.5-target-mandatory"
	It(text, Spec(spec), Covers(id), func(ctx ginkgo.SpecContext) {
		asker, rival := Open(ctx, Named("asker")), Open(ctx, Named("rival"))
		Given(rival.Lock(ctx, datastore.Running)).To(BeOK())
		Given(rival.Unlock(ctx, datastore.Running)).To(BeOK())
		Given(asker).To(StillAnswer(ctx))
		reply := asker.RPC(ctx, operation)
		Demand(id, reply).To(BeRPCError())
		observeMissingTarget(reply)
		Demand(id, hold(ctx, rival, datastore.Running)).To(BeOK())
	})
}

// observeMissingTarget records whether a refusal says that target is missing (RFC 6241 Appendix A).
func observeMissingTarget(reply *session.Reply) {
	named := "no"
	if holds(BeRPCError(MissingElement).WithInfo("bad-element", "target"), reply) {
		named = "yes"
	}
	observeTag(reply)
	Observe("missing-element that names target", named, "yes", "no")
}
