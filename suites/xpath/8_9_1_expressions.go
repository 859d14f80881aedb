package xpath

import (
	"fmt"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func expressions() {
	It("returns the subtrees selected", Spec("xpath/node-set-subtrees"), Needs("fixture:model"), Covers("rfc6241-8.9.1-node-set-subtrees"),
		func(ctx ginkgo.SpecContext) {
			newReader(ctx).returnsSelection(ctx, "rfc6241-8.9.1-node-set-subtrees", users+"/t:user[t:name='fred']")
		})

	It("knows the core functions", Spec("xpath/core-functions"), Needs("fixture:model"), Covers("rfc6241-8.9.1-core-functions"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-core-functions"
			r := newReader(ctx)
			for _, predicate := range coreFunctions() {
				r.returnsSelection(ctx, id, users+"/t:user["+predicate+"]")
			}
			for _, position := range []string{"position()=1", "last()", "position()=last()"} {
				reply := r.selecting(ctx, users+"/t:user["+position+"]")
				Demand(id, reply).To(CarryData())
				Demand(id, reply).To(have(ctx, "count(/nc:rpc-reply/nc:data/t:top/t:users/t:user) = 1"))
			}
		})

	It("returns an instance once", Spec("xpath/no-duplicates"), Needs("fixture:model"), Covers("rfc6241-8.9.1-no-duplicates"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-no-duplicates"
			r := newReader(ctx)
			reply := r.selecting(ctx, users+" | "+users+"/t:user[t:name='fred'] | //t:user")
			Demand(id, reply).To(CarryData())
			for _, expr := range []string{`count(//t:user[t:name="fred"]) = 1`, "count(//t:users) = 1", "count(//t:top) = 1"} {
				Demand(id, reply).To(have(ctx, expr))
			}
			x := have(ctx, fmt.Sprintf("count(//t:user) = %d", count(ctx, r.all, "//t:user")))
			Demand(id, reply).To(x)
		})

	It("knows all location paths", Spec("xpath/union-and-axes"), Needs("fixture:model"), Covers("rfc6241-8.9.1-union-and-axes"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-8.9.1-union-and-axes"
			r := newReader(ctx)
			for _, path := range locationPaths() {
				r.returnsSelection(ctx, id, path)
			}
			for _, sibling := range []string{users + "/t:user[not(following-sibling::t:user)]", users + "/t:user[not(preceding-sibling::t:user)]"} {
				reply := r.selecting(ctx, sibling)
				Demand(id, reply).To(CarryData())
				Demand(id, reply).To(have(ctx, "count(//t:user) = 1"))
			}
		})
}

// coreFunctions are predicates on t:user, together with a call of each function of XPath 1.0 §4 but for those that only
// documents with a DTD or languages have use for.
func coreFunctions() []string {
	return []string{
		"count(t:name)=1", "not(t:name='fred')", "t:name='fred' and t:type='admin'", "t:name='fred' or t:name='root'",
		"contains(t:name,'arn')", "starts-with(t:name,'f')", "string-length(t:name)=4", "substring(t:name,2,2)='re'",
		"normalize-space(t:name)='fred'", "translate(t:name,'f','F')='Fred'", "number(t:company-info/t:id)=2",
		"sum(t:company-info/t:id)=2", "floor(t:company-info/t:id div 2)=1", "boolean(t:full-name)", "true()",
		"concat(t:name,'!')='fred!'", "string(t:name)='fred'", "local-name(t:name)='name' and t:name='fred'",
		"namespace-uri(t:name)=namespace-uri(.) and t:name='fred'", "false()", "ceiling(t:company-info/t:id)=3",
		"round(t:company-info/t:id)=1", "substring-before(t:name,'e')='fr'", "substring-after(t:name,'fr')='ed'",
	}
}

// locationPaths walk along the axes of XPath 1.0 §2.2.
func locationPaths() []string {
	return []string{
		"//t:user", "/t:top//t:id", "/t:top/*", "/t:top/.", "//t:user[.//t:dept]", "//t:name/..", "//t:user[@*]",
		"//t:id/ancestor::t:user", "/t:top/descendant::t:type", "//t:user[self::t:user]", "//t:dept/parent::t:company-info",
		users + " | /t:top/t:interface", "//t:user[t:company-info[t:id='2']]", "/t:top/child::t:users/child::t:user[t:name='root']",
		"/descendant-or-self::t:interface", "//t:type/ancestor-or-self::t:user",
	}
}
