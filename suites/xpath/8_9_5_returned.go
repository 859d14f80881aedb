package xpath

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func returned() {
	It("returns nothing but nodes of the data model", Spec("xpath/non-data-nodes"), Needs("fixture:model"),
		Covers("rfc6241-8.9.5.1-non-data-nodes"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-non-data-nodes"
			r := newReader(ctx)
			for _, expression := range []string{"//t:name/text()", "//@*", "/t:top/comment()", "/"} {
				reply := r.selecting(ctx, expression)
				if refused, _ := BeRPCError().Match(reply); refused {
					Observe(expression, "rpc-error "+reply.Errors[0].Tag, "rpc-error", "data")
					continue
				}
				Demand(id, reply).To(CarryData())
				Demand(id, reply).To(HaveXPath("not(/nc:rpc-reply/nc:data/text()[normalize-space()])"))
				Demand(id, reply).To(HaveXPath("not(/nc:rpc-reply/nc:data/nc:data)"))
				if expression == "/" {
					Demand(id, topLevel(reply)).To(Equal(topLevel(r.all)))
				}
				Observe(expression, "data", "rpc-error", "data")
			}
		})

	It("encodes all ancestors", Spec("xpath/ancestors-encoded"), Needs("fixture:model"), Covers("rfc6241-8.9.5.1-ancestors-encoded"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-ancestors-encoded"
			r := newReader(ctx)
			reply := r.selecting(ctx, "//t:dept")
			Demand(id, reply).To(CarryData())
			Demand(id, reply).To(have(ctx, "/nc:rpc-reply/nc:data/t:top/t:users/t:user/t:company-info/t:dept"))
			Demand(id, reply).To(have(ctx, "count(//t:dept) = count(/nc:rpc-reply/nc:data/t:top/t:users/t:user/t:company-info/t:dept)"))
		})

	It("adds the keys", Spec("xpath/keys-encoded"), Needs("fixture:model"), Covers("rfc6241-8.9.5.1-keys-encoded"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-keys-encoded"
			r := newReader(ctx)
			r.returnsSelection(ctx, id, users+"/t:user[t:name='fred']/t:company-info/t:id")
			r.returnsSelection(ctx, id, users+"/t:user/t:full-name")
		})

	It("returns empty data for an empty node-set", Spec("xpath/empty-node-set"), Needs("fixture:model"),
		Covers("rfc6241-8.9.5.1-empty-node-set"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.5.1-empty-node-set"
			r := newReader(ctx)
			Demand(id, r.selecting(ctx, users+"/t:user[t:name='nobody']")).To(HaveXPath("/nc:rpc-reply/nc:data[not(*)]"))
			reply := r.selecting(ctx, users+"/t:user[t:no-such-node='x']")
			if refused, _ := BeRPCError().Match(reply); refused {
				Observe("a name that the model lacks", "rpc-error "+reply.Errors[0].Tag, "empty data", "rpc-error")
				return
			}
			Demand(id, reply).To(HaveXPath("/nc:rpc-reply/nc:data[not(*)]"))
			Observe("a name that the model lacks", "empty data", "empty data", "rpc-error")
		})
}
