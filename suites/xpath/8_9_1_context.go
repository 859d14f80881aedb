package xpath

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

const users = "/t:top/t:users"

func expressionContext() {
	It("resolves prefixes with the declarations in scope on filter", Spec("xpath/namespaces-in-scope"), Needs("fixture:model"),
		Covers("rfc6241-8.9.1-namespaces-in-scope"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-namespaces-in-scope"
			r := newReader(ctx)
			want := ""
			for _, reply := range []*session.Reply{
				r.RPC(ctx, r.operation(filter(users, bound(ctx)))),
				r.RPC(ctx, strings.Replace(r.operation(filter(users)), ">", bound(ctx)+">", 1)),
				r.RPC(ctx, r.operation(filter(users)), session.WithAttribute("xmlns:t", model(ctx).Namespace)),
				r.RPC(ctx, r.operation(filter(users, bound(ctx))), session.WithAttribute("xmlns:t", "urn:example:other")),
			} {
				Demand(id, reply).To(CarryData())
				Demand(id, reply).To(have(ctx, "/nc:rpc-reply/nc:data/t:top/t:users/t:user"))
				got := strings.Join(guard.Canonical(reply.Data), "\n")
				if want == "" {
					want = got
				}
				Demand(id, got).To(Equal(want))
			}
		})

	It("takes unprefixed names for names without a namespace, or for names in the default namespace", Needs("fixture:model"),
		Spec("xpath/default-namespace"), Covers("rfc6241-8.9.1-default-namespace-not-applied"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-default-namespace-not-applied"
			r := newReader(ctx)
			prefixed := r.selecting(ctx, users)
			Given(prefixed).To(CarryData())
			// The default namespace of filter is the fixture's, so filter itself needs a prefix.
			reply := r.RPC(ctx, r.operation(`<nc:filter xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"`+
				attribute("xmlns", model(ctx).Namespace)+attribute("type", "xpath")+attribute("select", "/top/users")+"/>"))
			Demand(id, reply).To(CarryData())
			lines := guard.Canonical(reply.Data)
			if len(lines) > 0 {
				Demand(id, strings.Join(lines, "\n")).To(Equal(strings.Join(guard.Canonical(prefixed.Data), "\n")))
			}
			Observe("unprefixed names", map[bool]string{true: "in no namespace", false: "in the default namespace"}[len(lines) == 0],
				"in no namespace", "in the default namespace")
		})

	It("has no variables", Spec("xpath/no-variables"), Needs("fixture:model"), Covers("rfc6241-8.9.1-no-variables"),
		func(ctx ginkgo.SpecContext) {
			r := newReader(ctx)
			reply := r.selecting(ctx, "/t:top[$x]")
			Demand("rfc6241-8.9.1-no-variables", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag, InvalidValue)
			Given(r.Session).To(StillAnswer(ctx))
		})

	It("evaluates relative paths from the root", Spec("xpath/context-is-root"), Needs("fixture:model"),
		Covers("rfc6241-8.9.1-context-is-root"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-context-is-root"
			r := newReader(ctx)
			r.returnsSelection(ctx, id, "t:top/t:users")
			r.returnsSelection(ctx, id, users)
		})

	It("has all top-level nodes below the root", Spec("xpath/root-has-many-children"), Needs("fixture:model"),
		Covers("rfc6241-8.9.1-root-has-many-children"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-root-has-many-children"
			r := newReader(ctx)
			reply := r.selecting(ctx, "/*")
			if tooBig, _ := BeRPCError("too-big", "resource-denied").Match(reply); tooBig {
				NoVerdict("the server finds all of running too big for an XPath filter")
			}
			Demand(id, reply).To(CarryData())
			Demand(id, topLevel(reply)).To(Equal(topLevel(r.all)))
			one := r.selecting(ctx, "/*[last()]")
			Demand(id, one).To(CarryData())
			Demand(id, one).To(HaveXPath("count(/nc:rpc-reply/nc:data/*) = 1"))
			for _, each := range []*session.Reply{reply, one} {
				Demand(id, each).To(HaveXPath("not(/nc:rpc-reply/nc:data/nc:data)"))
			}
		})
}

// topLevel names the top-level nodes of a reply, sorted.
func topLevel(r *session.Reply) string {
	var names []string
	for _, line := range guard.Canonical(r.Data) {
		end := strings.Index(line[2:], "}") + 3 // the namespace may hold slashes
		name := line
		if i := strings.IndexAny(line[end:], "/[="); i >= 0 {
			name = line[:end+i]
		}
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return strings.Join(names, "\n")
}
