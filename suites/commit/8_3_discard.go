package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func discarding() {
	ginkgo.Describe("RFC 6241 §8.3.4.2, discard-changes", func() {
		discardResets()
		discardAnswersOK()
		discardLeavesRunning()
		unavailable("discard-changes", netconf.DiscardChanges(), "rfc6241-8.3.4.2-discard-unavailable")
	})
}

func discardResets() {
	const id = "rfc6241-8.3.4.2-discard-resets-candidate"
	It("makes candidate what running is", Spec("commit/discard-resets-candidate"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			config := p.config(p.other(p.read(ctx, s, running)))
			if e, ok := entry(ctx); ok {
				config += e.config(there)
			}
			Given(s.EditConfig(ctx, candidate, config)).To(BeOK())
			Given(s.DiscardChanges(ctx)).To(BeCarriedOut())
			Demand(id, whole(ctx, s, candidate)).To(beEqualTo(whole(ctx, s, running)))
		})
}

func discardAnswersOK() {
	const id = "rfc6241-8.3.4.2-discard-ok-reply"
	It("answers ok, also with nothing to discard", Spec("commit/discard-ok"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		Demand(id, s.DiscardChanges(ctx)).To(BeOK())
		Demand(id, s.DiscardChanges(ctx)).To(BeOK())
	})
}

func discardLeavesRunning() {
	const id = "rfc6241-8.3.4.2-discard-leaves-running"
	It("does not touch running", Spec("commit/discard-leaves-running"), Covers(id), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
		s, p := Open(ctx), theSpot(ctx)
		p.edit(ctx, s, p.other(p.read(ctx, s, candidate)))
		config := whole(ctx, s, running)
		Given(s.DiscardChanges(ctx)).To(BeCarriedOut())
		Demand(id, whole(ctx, s, running)).To(beEqualTo(config))
	})
}
