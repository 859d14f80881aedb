package callhome

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func roles() {
	It("is the server of NETCONF on a connection that it makes", Spec("callhome/roles-preserved"), Bare(), Covers("rfc8071-1-roles-preserved"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx, Mute())
			_, err := s.ReceiveHello(ctx)
			Given(err).To(Succeed())
			Demand("rfc8071-1-roles-preserved", s.ID()).NotTo(Equal(""))
		})
}
