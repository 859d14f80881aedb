package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// narrowGet asks for no more than that get is carried out: its filter selects nothing (RFC 6241 §6.4.2).
const narrowGet = `<get><filter type="subtree"/></get>`

func reads() {
	const id = "rfc6241-7.5-reads-not-blocked"
	ginkgo.Describe("reading what is locked", func() {
		It("lets other sessions read a locked running", Spec("lock/reads-not-blocked"), Covers(id), func(ctx ginkgo.SpecContext) {
			holder, reader := Open(ctx, Named("holder")), Open(ctx, Named("reader"))
			asks := []func() *session.Reply{
				func() *session.Reply { return reader.GetConfig(ctx, datastore.Running, "") },
				func() *session.Reply { return reader.RPC(ctx, narrowGet) },
			}
			for _, ask := range asks {
				Given(ask()).To(CarryData())
			}
			Given(hold(ctx, holder, datastore.Running)).To(BeOK())
			for _, ask := range asks {
				Demand(id, ask()).To(CarryData())
			}
		})
	})
}
