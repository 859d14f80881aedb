package xpath

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func refused() {
	It("refuses a prefix that is not declared", Spec("xpath/undeclared-prefix"), Covers("rfc6241-8.9.1-undeclared-prefix"),
		func(ctx ginkgo.SpecContext) {
			s := works(ctx)
			reply := s.RPC(ctx, getConfig(filter("/zz:top")))
			Demand("rfc6241-8.9.1-undeclared-prefix", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag, InvalidValue, "bad-attribute")
			Given(s).To(StillAnswer(ctx))
		})

	It("refuses an expression that gives no node-set", Spec("xpath/not-a-node-set"), Covers("rfc6241-8.9.1-not-a-node-set"),
		func(ctx ginkgo.SpecContext) {
			s := works(ctx)
			for _, expression := range []string{"count(/*)", "1+1", "'text'", "true()", "string(/*)"} {
				s.Note("select=%q", expression)
				reply := s.RPC(ctx, getConfig(filter(expression)))
				Demand("rfc6241-8.9.1-not-a-node-set", reply).To(BeRPCError(InvalidValue))
				Demand("rfc6241-8.9.1-not-a-node-set", reply).To(HaveXPath("not(/nc:rpc-reply/nc:data)"))
			}
			Given(s).To(StillAnswer(ctx))
		})

	It("refuses an expression that does not parse", Spec("xpath/syntax-error"), Covers("rfc6241-8.9.1-syntax-error"),
		func(ctx ginkgo.SpecContext) {
			s := works(ctx)
			for _, expression := range []string{"/*[", "///", "*/@@x", "unknown-fn(/*)", ""} {
				s.Note("select=%q", expression)
				reply := s.RPC(ctx, getConfig(filter(expression)))
				Demand("rfc6241-8.9.1-syntax-error", reply).To(BeRPCError())
				Observe("error-tag for "+expression, reply.Errors[0].Tag, InvalidValue, "bad-attribute")
			}
			Given(s).To(StillAnswer(ctx))
		})
}

// works opens a session that answers a filter by XPath.
func works(ctx context.Context) *session.Session {
	s := Open(ctx)
	Given(s.RPC(ctx, getConfig(filter("/*[false()]")))).To(CarryData())
	return s
}

// count counts what an expression selects in a reply.
func count(ctx context.Context, reply *session.Reply, expression string) int {
	x, err := netconf.CompileXPath(expression, netconf.Namespaces(model(ctx).Namespaces()))
	Given(err).To(Succeed())
	return len(x.Nodes(reply.Document))
}
