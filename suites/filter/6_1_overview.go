package filter

import (
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func overview() {
	onlySelected()
	judge("ancestors-included", "rfc6241-6.1-ancestors-included", "comes with the path of elements to it",
		probe{filter: inside(`<t:user><t:full-name/></t:user>`),
			holds: []string{"{entries}/t:full-name", "not(//t:full-name[not(parent::t:user)])"}})
	judge("criteria-echoed", "rfc6241-6.1-criteria-echoed", "comes with the selection criteria",
		probe{filter: inside(`<t:user><t:type>{admin}</t:type><t:full-name/></t:user>`),
			holds: []string{"{entries}/t:full-name", "not({entries}[not(t:type = {admin})])"}})
	judge("union-of-subtrees", "rfc6241-6.1-union-of-subtrees", "is the union of what its subtrees select",
		probe{filter: inside(`<t:user><t:name>{root}</t:name></t:user>`, `<t:user><t:name>{fred}</t:name></t:user>`),
			holds: []string{"{entries}[t:name = {root}]", "{entries}[t:name = {fred}]", "count({entries}) = 2"}})
	noDuplicates()
	judge("unmatched-node-selects-nothing", "rfc6241-6.1-unmatched-node-selects-nothing", "is nothing for an element without a counterpart",
		probe{filter: `<t:top><t:no-such-node/></t:top>`, none: "a node that no model has",
			holds: []string{"not({data}/*[not(self::t:top)])", "not({data}/t:top/*)"}},
		probe{filter: `<thing xmlns="urn:example:ncspec:none"/>`, none: "a namespace that no model has", holds: []string{"not({data}/*)"}})
	judge("path-starts-below-filter", "rfc6241-6.1-path-starts-below-filter", "is looked for from the top",
		probe{filter: `<t:users/>`, none: "a node that is none of the top", holds: []string{"not(//t:users)"}},
		probe{filter: `<nc:data xmlns:nc="` + netconf.BaseNamespace + `"><t:top/></nc:data>`, none: "nc:data around the top",
			holds: []string{"not(//t:users)"}})
	sameForGet()
	namedDatastore()
	manySubtrees()
}

func onlySelected() {
	const id = "rfc6241-6.1-only-selected-returned"
	It("is all that is returned", Spec("filter/only-selected-returned"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		if r.count("{data}/t:top/*[not(self::t:users)][normalize-space()] | {data}/*[not(self::t:top)][normalize-space()]") == 0 {
			NoVerdict("there is nothing beside what the filter selects")
		}
		r.judge(id, []probe{{filter: `<t:top><t:users/></t:top>`, holds: []string{"{data}/t:top/t:users",
			"not({data}/t:top/*[not(self::t:users)][normalize-space()])", "not({data}/*[not(self::t:top)][normalize-space()])"}}})
	})
}

func noDuplicates() {
	const id = "rfc6241-6.1-no-duplicate-instances"
	fred := `<t:user><t:name>{fred}</t:name></t:user>`
	once := "not({entries}[t:name = {fred}]) or count({entries}[t:name = {fred}]) = 1 and count({data}/t:top) = 1"
	back := []note{{"entry that two filters select", "{entries}[t:name = {fred}]"}}
	judge("no-duplicate-instances", id, "is returned once where several filters select it",
		probe{filter: inside(`<t:user/>`, fred), holds: []string{once}, notes: back},
		probe{filter: `<t:top><t:users/><t:users/></t:top>`, holds: []string{once}, notes: back},
		probe{filter: inside(fred) + inside(fred), holds: []string{once}, notes: back})
}

func sameForGet() {
	const id = "rfc6241-6.1-same-rules-for-get"
	It("is the same for get and for get-config", Spec("filter/same-rules-for-get"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		if r.cast.State {
			NoVerdict("running has nothing for this probe")
		}
		for _, text := range []string{`<t:top><t:users/></t:top>`, inside(`<t:user><t:name/></t:user>`),
			inside(`<t:user><t:name>{fred}</t:name></t:user>`), inside(`<t:user><t:name>{fred}</t:name><t:type/></t:user>`)} {
			filter, err := r.cast.Filter(text)
			if err != nil {
				continue
			}
			configuration := r.ask(getConfig, filter)
			Given(configuration).To(CarryData())
			reply := r.ask(get, filter)
			Demand(id, reply).To(BeUnrefused())
			Demand(id, reply).To(r.beLike(configuration, data))
		}
	})
}

func namedDatastore() {
	const id = "rfc6241-6.1-applies-to-named-datastore"
	It("is looked for in the datastore named", Spec("filter/applies-to-named-datastore"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), FixtureLeaf(ctx)
			before, after := leaf.Change(ctx, s)
			Demand(id, leaf.Value(s.GetConfig(ctx, datastore.Candidate, leaf.Filter()))).To(Equal(after))
			Demand(id, leaf.Value(s.GetConfig(ctx, datastore.Running, leaf.Filter()))).To(Equal(before))
			match := leaf.Config(after, "")
			Demand(id, leaf.Value(s.GetConfig(ctx, datastore.Candidate, match))).To(Equal(after))
			Demand(id, leaf.Value(s.GetConfig(ctx, datastore.Running, match))).To(Equal(""))
			Given(s.DiscardChanges(ctx)).To(BeOK())
		})
}

func manySubtrees() {
	const id = "rfc6241-6.1-many-subtrees"
	It("is found by many subtrees as by few", Spec("filter/many-subtrees"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		wanted := []string{"root", "fred"}
		if _, err := r.cast.Value("barney"); err == nil {
			wanted = append(wanted, "barney")
		}
		p := probe{filter: inside(subtrees(200, wanted)), tooMuch: true, holds: []string{fmt.Sprintf("count({entries}) = %d", len(wanted))}}
		for _, word := range wanted {
			p.same = append(p.same, "{entries}[t:name = {"+word+"}]")
		}
		r.judge(id, []probe{p})
	})
}

// subtrees gives n subtrees, each for one entry: those wanted, at the start, in the middle and at the end, and else such as
// are not there.
func subtrees(n int, wanted []string) string {
	var b strings.Builder
	for i := range n {
		name := fmt.Sprintf("ncspec-none-%d", i)
		switch {
		case i == 0:
			name = "{" + wanted[0] + "}"
		case i == n/2:
			name = "{" + wanted[1] + "}"
		case i == n-1:
			name = "{" + wanted[len(wanted)-1] + "}"
		}
		b.WriteString("<t:user><t:name>" + name + "</t:name></t:user>")
	}
	return b.String()
}
