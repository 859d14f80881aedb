package hello

import (
	"context"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func serverHello() {
	It("sends a hello with its capabilities", Spec("hello/server-sends-hello"), Bare(),
		Covers("rfc6241-8.1-server-sends-hello"), func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			Demand("rfc6241-8.1-server-sends-hello", m).To(HaveXPath("/nc:hello/nc:capabilities/nc:capability"))
		})

	It("sends its hello without waiting for ours", Spec("hello/hello-without-waiting"), Bare(),
		Covers("rfc6241-8.1-hello-without-waiting", "rfc6242-3.1-hello-immediate-and-complete"), func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			Demand("rfc6241-8.1-hello-without-waiting", m).To(HaveXPath("/nc:hello"))
			Demand("rfc6242-3.1-hello-immediate-and-complete", m).To(HaveXPath("/nc:hello"))
		})

	It("announces base:1.1", Spec("hello/advertises-base-1.1"), Bare(), Covers("rfc6241-8.1-server-advertises-base-1.1"),
		func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			expr := fmt.Sprintf("/nc:hello/nc:capabilities/nc:capability[substring-before(concat(normalize-space(),'?'),'?')=%s]",
				netconf.Literal(netconf.Base11))
			Demand("rfc6241-8.1-server-advertises-base-1.1", m).To(HaveXPath(expr))
		})

	It("may announce base:1.0 too", Spec("hello/advertises-older-base"), Bare(), Covers("rfc6241-8.1-server-advertises-older-base"),
		func(ctx ginkgo.SpecContext) {
			Observe("base:1.0", announces(ctx, "base:1.0"), "announced", "not announced")
			Observe("base:1.1", announces(ctx, "base:1.1"), "announced", "not announced")
		})

	It("gives the session-id", Spec("hello/session-id-present"), Bare(), Covers("rfc6241-8.1-session-id-present"),
		func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			Demand("rfc6241-8.1-session-id-present", m).To(HaveXPath("count(/nc:hello/nc:session-id) = 1"))
			Demand("rfc6241-8.1-session-id-present", m).To(HaveXPath("/nc:hello/nc:session-id", BeSessionID()))
		})
}

func announces(ctx context.Context, name string) string {
	if FromContext(ctx).Claims.Has(name) {
		return "announced"
	}
	return "not announced"
}
