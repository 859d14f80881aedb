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
			s := Open(ctx)
			everything(ctx, s)
			want := ""
			for _, reply := range []*session.Reply{
				s.RPC(ctx, getConfig(filter(users, bound(ctx)))),
				s.RPC(ctx, strings.Replace(getConfig(filter(users)), "<get-config>", "<get-config"+bound(ctx)+">", 1)),
				s.RPC(ctx, getConfig(filter(users)), session.WithAttribute("xmlns:t", model(ctx).Namespace)),
				s.RPC(ctx, getConfig(filter(users, bound(ctx))), session.WithAttribute("xmlns:t", "urn:example:other")),
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
			s := Open(ctx)
			everything(ctx, s)
			prefixed := selecting(ctx, s, users)
			Given(prefixed).To(CarryData())
			// The default namespace of filter is the fixture's, so filter itself needs a prefix.
			reply := s.RPC(ctx, getConfig(`<nc:filter xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0"`+
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
			s := Open(ctx)
			Given(selecting(ctx, s, users)).To(CarryData())
			reply := selecting(ctx, s, "/t:top[$x]")
			Demand("rfc6241-8.9.1-no-variables", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag, InvalidValue)
			Given(s).To(StillAnswer(ctx))
		})

	It("evaluates relative paths from the root", Spec("xpath/context-is-root"), Needs("fixture:model"),
		Covers("rfc6241-8.9.1-context-is-root"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-context-is-root"
			s := Open(ctx)
			all := everything(ctx, s)
			returnsSelection(ctx, id, s, all, "t:top/t:users")
			returnsSelection(ctx, id, s, all, users)
		})

	It("has all top-level nodes below the root", Spec("xpath/root-has-many-children"), Needs("fixture:model"),
		Covers("rfc6241-8.9.1-root-has-many-children"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-root-has-many-children"
			s := Open(ctx)
			all := everything(ctx, s)
			reply := selecting(ctx, s, "/*")
			if tooBig, _ := BeRPCError("too-big", "resource-denied").Match(reply); tooBig {
				NoVerdict("the server finds all of running too big for an XPath filter")
			}
			Demand(id, reply).To(CarryData())
			Demand(id, topLevel(reply)).To(Equal(topLevel(all)))
			one := selecting(ctx, s, "/*[last()]")
			Demand(id, one).To(CarryData())
			Demand(id, one).To(HaveXPath("count(/nc:rpc-reply/nc:data/*) = 1"))
			for _, r := range []*session.Reply{reply, one} {
				Demand(id, r).To(HaveXPath("not(/nc:rpc-reply/nc:data/nc:data)"))
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
