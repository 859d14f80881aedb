package filter

import (
	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

func processing() {
	judge("full-path-must-match", "rfc6241-6.3-full-path-must-match", "select nothing where the innermost element has no counterpart",
		probe{filter: inside(`<t:user><t:no-such-leaf/></t:user>`), none: "an innermost node that no model has",
			holds: []string{"not({entries}/*[not({key})][normalize-space()])"}, notes: []note{{"entry in which nothing was selected", "{entries}"}}})
	judge("root-elements-one-sibling-set", "rfc6241-6.3-root-elements-one-sibling-set", "are one at the top of the filter",
		probe{filter: `<t:top/><t:second/>`, holds: []string{"{data}/t:top", "{data}/t:second"}},
		probe{filter: `<t:top><t:users/></t:top><t:top><t:interface/></t:top>`,
			holds: []string{"{data}/t:top/t:users", "{data}/t:top/t:interface", "count({data}/t:top) = 1"}})
	severalNamespaces()
	judge("recursive-processing", "rfc6241-6.3-recursive-processing", "are processed on every level",
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:company-info><t:dept>{dept}</t:dept><t:id/></t:company-info></t:user>`),
			holds: all(only("name", "company-info"), exactly("{entries}/t:company-info", "dept", "id"))},
		probe{filter: inside(`<t:user><t:name>{fred}</t:name><t:company-info><t:dept>{elsewhere}</t:dept><t:id/></t:company-info></t:user>`),
			holds: []string{"not({entries}/t:company-info/*[normalize-space()])"}},
		probe{where: twoKeys, filter: `<t:services><t:route><t:from>north</t:from><t:to>south</t:to>` +
			`<t:hop><t:number>1</t:number><t:cost/></t:hop></t:route></t:services>`,
			holds: []string{"count(//t:route) = 1", "count(//t:hop) = 1", "//t:hop[t:number = 1]/t:cost", "not(//t:hop/*[not(self::t:number or self::t:cost)])"}})
	keysAdded()
}

func severalNamespaces() {
	const id = "rfc6241-6.3-several-modules"
	It("may be of several models", Spec("filter/several-modules"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		other := elsewhere(r.unfiltered().Data, r.cast.Namespace)
		operations := r.operations(probe{})
		if other == nil { // running holds one model, so only get can show several
			whole := Everything(ctx, r.s)
			Given(whole).To(CarryData())
			other, operations = elsewhere(whole.Data, r.cast.Namespace), []operation{get}
		}
		if other == nil {
			NoVerdict("the server has data of one model only")
		}
		foreign := HaveXPath("/nc:rpc-reply/nc:data/o:" + other.Data).In(map[string]string{"o": other.NamespaceURI})
		for _, op := range operations {
			reply := r.ask(op, r.cast.XML(`<t:top/><`+other.Data+` xmlns="`+escape(other.NamespaceURI)+`"/>`))
			Demand(id, reply).To(BeUnrefused())
			Demand(id, reply).To(r.have(r.cast.XPath("{data}/t:top")))
			Demand(id, reply).To(foreign)
		}
	})
}

// elsewhere gives a top-level node of another namespace with something in it, nil where there is none.
func elsewhere(data *xmlquery.Node, namespace string) *xmlquery.Node {
	for _, n := range elements(data) {
		if n.NamespaceURI != namespace && len(elements(n)) > 0 {
			return n
		}
	}
	return nil
}

func keysAdded() {
	const id = "rfc6241-6.3-keys-of-any-node-may-be-added"
	It("may get the keys of their entry added", Spec("filter/keys-of-any-node"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, beside := range [][2]string{{"a selection node", `<t:user><t:type/></t:user>`},
			{"a containment node", `<t:user><t:company-info><t:id/></t:company-info></t:user>`}} {
			filter, err := r.cast.Filter(inside(beside[1]))
			if err != nil {
				continue
			}
			for _, op := range r.operations(probe{}) {
				reply := r.ask(op, filter)
				Given(reply).To(CarryData())
				Observe("key beside "+beside[0]+" ("+string(op)+")", isThere(holds(r.have(r.cast.XPath("{entries}/t:name")), reply)),
					isThere(true), isThere(false))
			}
		}
	})
}
