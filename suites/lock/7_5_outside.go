package lock

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
)

func outside() {
	ginkgo.Describe("locks and other ways of management", func() {
		deniedByAnOutsider()
		keepsOutsidersOut()
	})
}

// sideChannelLimit is how long one command of the side channel may take.
const sideChannelLimit = time.Minute

// past makes one call of the side channel.
func past(ctx context.Context, call func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, sideChannelLimit)
	defer cancel()
	return call(limited)
}

func deniedByAnOutsider() {
	const id = "rfc6241-7.5-denied-non-netconf-owner"
	It("reports session-id 0 for a lock that is held outside NETCONF", Spec("lock/denied-by-outsider"), Covers(id),
		Needs("side-channel"), func(ctx ginkgo.SpecContext) {
			rival, channel := Open(ctx, Named("rival")), FromContext(ctx).Target.SideChannel
			Given(rival).To(StillAnswer(ctx))
			Given(past(ctx, channel.Lock)).To(Succeed())
			reply := hold(ctx, rival, datastore.Running)
			Given(past(ctx, channel.Unlock)).To(Succeed())
			if refused(reply) && refused(hold(ctx, rival, datastore.Running)) {
				NoVerdict("running cannot be locked without the lock from outside either")
			}
			Demand(id, reply).To(denied("0"))
		})
}

func keepsOutsidersOut() {
	const id = "rfc6241-7.5-blocks-non-netconf"
	It("refuses changes from outside NETCONF while running is locked", Spec("lock/blocks-outsider"), Covers(id),
		Needs("side-channel", "fixture:leaf"), func(ctx ginkgo.SpecContext) {
			run := FromContext(ctx)
			holder, leaf := Open(ctx, Named("holder")), run.Target.Fixture.Leaf
			value := func() []string { return content(read(ctx, holder, datastore.Running, leaf.Filter())) }
			before := value()
			Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
			run.Guard.Touched(effect.Running)
			fault := past(ctx, run.Target.SideChannel.Change)
			after := value()
			Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
			if fault != nil && past(ctx, run.Target.SideChannel.Change) != nil {
				NoVerdict("the side channel cannot change the leaf of an unlocked running either")
			}
			Demand(id, fault).NotTo(Succeed())
			Demand(id, after).To(Equal(before))
		})
}
