package errors

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func disclosure() {
	const id = "rfc6241-4.3-no-unauthorised-detail"
	It("tells nothing of what the user may not see", Spec("errors/no-unauthorised-detail"), Covers(id), Needs("second-user", "fixture:hidden"),
		func(ctx ginkgo.SpecContext) {
			owner, guest := begin(ctx, Named("owner")), Open(ctx, Named("second-user"), AsSecondUser())
			hidden := owner.fixture.Hidden
			hide(ctx, owner)
			Given(guest).To(StillAnswer(ctx))
			before := hiddenIn(ctx, owner)
			for _, operation := range []string{"create", "delete", "merge", "replace"} {
				there := guest.RPC(ctx, owner.edit(hidden.There.Config(operation)))
				missing := guest.RPC(ctx, owner.edit(hidden.Missing.Config(operation)))
				Observe(operation+" of hidden data that is there", outcome(there), "access-denied")
				Observe(operation+" of hidden data that is not there", outcome(missing), "access-denied")
				for _, reply := range []*session.Reply{there, missing} {
					Given(reply).To(BeAnswered())
					Demand(id, string(reply.Message.Octets)).To(Hold("nothing of what is hidden: "+strings.Join(hidden.Secrets, ", "),
						func(text string) bool { return !holdsAny(text, hidden.Secrets) }))
				}
			}
			Demand(id, hiddenIn(ctx, owner)).To(Equal(before))
		})
}

// hide puts data into T that the second user may not see, and takes it out again where T is running.
func hide(ctx context.Context, owner bench) {
	hidden := owner.fixture.Hidden
	Given(owner.s.RPC(ctx, owner.edit(hidden.Config()))).To(BeOK())
	if owner.store == "running" {
		ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
			Given(owner.s.RPC(ctx, owner.edit(hidden.There.Config("delete")))).To(BeOK())
			Given(owner.s.RPC(ctx, owner.edit(hidden.Other.Config("delete")))).To(BeOK())
		})
	}
}

// hiddenIn is the hidden data of T as the owner reads it.
func hiddenIn(ctx context.Context, owner bench) string {
	reply := owner.s.GetConfig(ctx, owner.store, owner.fixture.Hidden.Filter())
	Given(reply).To(CarryData())
	x, err := netconf.CompileXPath("/nc:rpc-reply/nc:data", nil)
	Given(err).To(Succeed())
	return strings.Join(x.Strings(reply.Document), "")
}

func holdsAny(text string, all []string) bool {
	for _, one := range all {
		if strings.Contains(text, one) {
			return true
		}
	}
	return false
}
