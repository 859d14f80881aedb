package xpath

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
)

func filterElement() {
	It("takes type xpath in get and in get-config", Spec("xpath/get-and-get-config"), Needs("fixture:model"),
		Covers("rfc6241-8.9.5.1-get-and-get-config"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-get-and-get-config"
			// Not by a reader: a server that takes no expression at all is to be found here.
			s := Open(ctx)
			for _, operation := range []func(string) string{getConfig, get} {
				all := s.RPC(ctx, operation(""))
				Given(all).To(CarryData())
				if count(ctx, all, "/"+users+"/t:user") == 0 {
					NoVerdict("running has no users, whom the expression is about")
				}
				reply := s.RPC(ctx, operation(filter(users, bound(ctx))))
				Demand(id, reply).To(CarryData())
				Demand(id, reply).To(have(ctx, "/nc:rpc-reply/nc:data/t:top/t:users/t:user"))
			}
			state := "/t:system/t:clock"
			if all := s.RPC(ctx, get("")); all.Data != nil && count(ctx, all, "/"+state) > 0 {
				Demand(id, s.RPC(ctx, get(filter(state, bound(ctx))))).To(have(ctx, "/nc:rpc-reply/nc:data"+state))
			}
			Demand(id, s.RPC(ctx, getConfig(filter(state, bound(ctx))))).NotTo(have(ctx, "/nc:rpc-reply/nc:data"+state))
		})

	It("requires select with type xpath", Spec("xpath/select-required"), Covers("rfc6241-8.9.5.1-select-required"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-select-required"
			s := works(ctx)
			for _, operation := range []string{getConfig(`<filter type="xpath"/>`), `<get><filter type="xpath"/></get>`,
				getConfig(`<filter type="xpath"><top xmlns="urn:example:ncspec"/></filter>`)} {
				reply := s.RPC(ctx, operation)
				Demand(id, reply).To(BeRPCError())
				Demand(id, reply).To(HaveXPath("not(/nc:rpc-reply/nc:data)"))
				Observe("error-tag", reply.Errors[0].Tag, MissingAttribute)
			}
			Given(s).To(StillAnswer(ctx))
		})

	It("does not take what stands inside the filter for the filter", Spec("xpath/filter-must-be-empty"), Needs("fixture:model"),
		Covers("rfc6241-8.9.5.1-filter-must-be-empty"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-filter-must-be-empty"
			r := newReader(ctx)
			full := strings.Replace(filter(users, bound(ctx)), "/>", "><t:top><t:interface/></t:top></filter>", 1)
			reply := r.RPC(ctx, r.operation(full))
			if refused, _ := BeRPCError().Match(reply); refused {
				Demand(id, reply).To(BeRPCError())
				Observe("content inside the filter", "refused", "refused", "ignored")
				return
			}
			Demand(id, reply).To(CarryData())
			Demand(id, strings.Join(guard.Canonical(reply.Data), "\n")).To(Equal(strings.Join(selection(ctx, r.all.Data, users), "\n")))
			Observe("content inside the filter", "ignored", "refused", "ignored")
		})
}

func capability() {
	It("has its registered name", Spec("xpath/identifier"), Bare(), Covers("rfc6241-8.9.3-identifier"), func(ctx ginkgo.SpecContext) {
		claims := FromContext(ctx).Claims
		if !claims.Has("urn:ietf:params:netconf:capability:xpath:1.0") && len(nearXPath(ctx)) == 0 {
			NoVerdict("the server claims neither the capability nor anything near it")
		}
		near := nearXPath(ctx)
		if claims.Has("urn:ietf:params:netconf:capability:xpath:1.0") {
			near = nil // beside the right one a near miss does no harm
		}
		Demand("rfc6241-8.9.3-identifier", strings.Join(near, ", ")).To(Hold("no near miss of the URI that stands alone",
			func(text string) bool { return text == "" }))
	})
}

// nearXPath lists capabilities that look as if :xpath was meant.
func nearXPath(ctx ginkgo.SpecContext) []string {
	var near []string
	for _, c := range FromContext(ctx).Claims {
		lower := strings.ToLower(c.Base)
		if strings.HasPrefix(lower, "urn:ietf:params:") && strings.Contains(lower, "capability:xpath") &&
			c.Base != "urn:ietf:params:netconf:capability:xpath:1.0" {
			near = append(near, c.URI)
		}
	}
	return near
}
