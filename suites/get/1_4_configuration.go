package get

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/target"
)

func configurationOnly() {
	const id = "rfc6241-1.4-get-config-config-only"
	It("are apart in get-config", Spec("get/get-config-config-only"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		running := s.GetConfig(ctx, datastore.Running, "")
		Demand(id, running).To(BeUnrefused())
		seen := 0
		for _, state := range target.KnownState() {
			there := HaveXPath(state.Expr()).In(state.Namespaces())
			Demand(id, running).NotTo(there)
			if !holds(there, s.RPC(ctx, netconf.Get(state.Filter()))) {
				continue
			}
			seen++
			reply := s.GetConfig(ctx, datastore.Running, state.Filter())
			Demand(id, reply).To(BeAnswered())
			Observe("get-config of state data, "+strings.TrimPrefix(state.Expr(), data), outcome(reply), "data with nothing in it", "data", "rpc-error …")
			Demand(id, reply).NotTo(there)
		}
		Observe("kinds of state data that get returns", seen)
	})
}
