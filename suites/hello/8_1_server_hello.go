package hello

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func serverHello() {
	It("sends a hello with its capabilities", Spec("hello/server-sends-hello"), Bare(),
		Covers("rfc6241-8.1-server-sends-hello"), func(ctx ginkgo.SpecContext) {
			_, m := first(ctx)
			Demand("rfc6241-8.1-server-sends-hello", m).To(HaveXPath("/nc:hello/nc:capabilities/nc:capability"))
		})

	It("sends its hello without waiting for ours", Spec("hello/hello-without-waiting"), Bare(),
		Covers("rfc6241-8.1-hello-without-waiting"), func(ctx ginkgo.SpecContext) {
			s, m := first(ctx)
			if !isHello(m) {
				// Only one that comes now shows that the server has waited.
				Given(s.SendHello(ctx)).To(Succeed())
				late, err := s.Next(ctx)
				Given(err).To(Succeed())
				Given(late).To(HaveXPath("/nc:hello"))
			}
			Demand("rfc6241-8.1-hello-without-waiting", m).To(HaveXPath("/nc:hello"))
		})

	It("sends its hello at once and as one document", Spec("hello/hello-immediate-and-complete"), Bare(),
		Covers("rfc6242-3.1-hello-immediate-and-complete"), func(ctx ginkgo.SpecContext) {
			began := time.Now()
			_, m := first(ctx)
			Demand("rfc6242-3.1-hello-immediate-and-complete", m).To(HaveXPath("/nc:hello"))
			Observe("time until the hello was complete, connecting included (ms)", m.At.Sub(began).Milliseconds())
		})

	It("announces base:1.1", Spec("hello/advertises-base-1.1"), Bare(), Covers("rfc6241-8.1-server-advertises-base-1.1"),
		func(ctx ginkgo.SpecContext) {
			expr := fmt.Sprintf("/nc:hello/nc:capabilities/nc:capability[substring-before(concat(normalize-space(),'?'),'?')=%s]",
				netconf.Literal(netconf.Base11))
			Demand("rfc6241-8.1-server-advertises-base-1.1", theirHello(ctx)).To(HaveXPath(expr))
			base, _ := FromContext(ctx).Claims.Get("base:1.1")
			Observe("parameters of base:1.1", len(base.Params))
		})

	It("may announce base:1.0 too", Spec("hello/advertises-older-base"), Bare(), Covers("rfc6241-8.1-server-advertises-older-base"),
		func(ctx ginkgo.SpecContext) {
			Observe("base:1.0", announces(ctx, "base:1.0"), "announced", "not announced")
			Observe("base:1.1", announces(ctx, "base:1.1"), "announced", "not announced")
		})

	It("gives the session-id", Spec("hello/session-id-present"), Bare(), Covers("rfc6241-8.1-session-id-present"),
		func(ctx ginkgo.SpecContext) {
			m := theirHello(ctx)
			Demand("rfc6241-8.1-session-id-present", m).To(HaveXPath("count(/nc:hello/nc:session-id) = 1"))
			Demand("rfc6241-8.1-session-id-present", m).To(HaveXPath("/nc:hello/nc:session-id", beSessionID()))
		})
}

func isHello(m session.Message) bool { return m.Document != nil && m.Document.Is("hello") }

func announces(ctx context.Context, name string) string {
	if FromContext(ctx).Claims.Has(name) {
		return "announced"
	}
	return "not announced"
}
