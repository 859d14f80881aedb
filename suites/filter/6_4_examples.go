package filter

import (
	"slices"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

func examples() {
	noFilter()
	emptyFilter()
	judge("entire-subtree", "rfc6241-6.4.3-entire-subtree", "select an entire subtree", entireSubtree()...)
	const name, entry = `<t:user><t:name/></t:user>`, `<t:user><t:name>{fred}</t:name></t:user>`
	judge("one-leaf-of-all-entries", "rfc6241-6.4.4-one-leaf-of-all-entries", "select one leaf of all entries",
		probe{config: true, filter: inside(name), holds: exactly("{entries}", "name"), same: []string{"{entries}/t:name"}})
	judge("one-entry", "rfc6241-6.4.5-one-entry", "select one entry",
		probe{config: true, filter: inside(entry), holds: []string{"count({entries}) = 1"}, same: []string{"{entries}[t:name = {fred}]"}})
	judge("parts-of-one-entry", "rfc6241-6.4.6-parts-of-one-entry", "select parts of one entry",
		probe{config: true, filter: inside(`<t:user><t:name>{fred}</t:name><t:type/><t:full-name/></t:user>`), holds: only("name", "type", "full-name")})
	judge("three-subtrees", "rfc6241-6.4.7-three-subtrees", "select by each subtree for itself", threeSubtrees())
	attributeNaming()
}

func entireSubtree() []probe {
	const users = `<t:top><t:users/></t:top>`
	return []probe{{config: true, filter: users, same: []string{"{data}/t:top/t:users"}},
		{config: true, filter: inside(`<t:user/>`), same: []string{"{entries}"}}}
}

func threeSubtrees() probe {
	root, fred, barney := "{entries}[t:name = {root}]", "{entries}[t:name = {fred}]", "{entries}[t:name = {barney}]"
	return probe{config: true, filter: inside(`<t:user><t:name>{root}</t:name><t:company-info/></t:user>`,
		`<t:user><t:name>{fred}</t:name><t:company-info><t:id/></t:company-info></t:user>`,
		`<t:user><t:name>{barney}</t:name><t:type>{superuser}</t:type><t:company-info><t:dept/></t:company-info></t:user>`),
		holds: all(exactly(root, "name", "company-info"), exactly(fred, "name", "company-info"), exactly(fred+"/t:company-info", "id"),
			[]string{"not(" + barney + ")", "count({entries}) = 2"}),
		same: []string{root + "/t:company-info"}}
}

func noFilter() {
	const id = "rfc6241-6.4.1-get-no-filter"
	It("are left out for everything", Spec("filter/get-no-filter"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		running := s.GetConfig(ctx, datastore.Running, "")
		Given(running).To(CarryData())
		tops := topLevel(running)
		before := answered(ctx, s, tops)
		whole := Everything(ctx, s)
		Observe("get without filter", outcome(whole), "data", "rpc-error too-big", "rpc-error resource-denied")
		if holds(BeRPCError("too-big", "resource-denied"), whole) {
			NoVerdict("the server finds everything too big for one reply")
		}
		Demand(id, whole).To(BeUnrefused())
		Demand(id, whole).To(HaveXPath(data))
		after := answered(ctx, s, tops)
		for _, top := range tops {
			if slices.Contains(before, top) && slices.Contains(after, top) {
				Demand(id, whole).To(HaveXPath("/nc:rpc-reply/nc:data/n:" + top.Local).In(map[string]string{"n": top.Namespace}))
			}
		}
	})
}

// top is a top-level node.
type top struct{ Namespace, Local string }

// topLevel gives the top-level nodes of running, and those that are known to hold state data.
func topLevel(running *session.Reply) []top {
	var tops []top
	for _, n := range elements(running.Data) {
		tops = append(tops, top{n.NamespaceURI, n.Data})
	}
	for _, state := range target.KnownState() {
		tops = append(tops, top{state.Path[0].Namespace, state.Path[0].Local})
	}
	slices.SortFunc(tops, func(a, b top) int {
		return slices.Compare([]string{a.Namespace, a.Local}, []string{b.Namespace, b.Local})
	})
	return slices.Compact(tops)
}

// answered gives those nodes that get returns with content where the filter names them.
func answered(ctx ginkgo.SpecContext, s *session.Session, tops []top) []top {
	return slices.DeleteFunc(slices.Clone(tops), func(each top) bool {
		reply := s.RPC(ctx, get.subtree(`<`+each.Local+` xmlns="`+escape(each.Namespace)+`"/>`))
		full := func(n *xmlquery.Node) bool { return len(elements(n)) > 0 }
		return reply.Outcome != session.Answered || !slices.ContainsFunc(elements(reply.Data), full)
	})
}

func emptyFilter() {
	const id = "rfc6241-6.4.2-empty-filter"
	It("select nothing where they are empty", Spec("filter/empty-filter"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s.GetConfig(ctx, datastore.Running, "")).To(CarryData())
		for _, op := range []operation{get, getConfig} {
			for _, filter := range []string{`<filter type="subtree"></filter>`, `<filter type="subtree"/>`,
				"<filter type=\"subtree\">\n  </filter>", `<filter/>`} {
				reply := s.RPC(ctx, op.with(filter))
				Demand(id, reply).To(BeUnrefused())
				Demand(id, reply).To(HaveXPath("/nc:rpc-reply/nc:data[not(*)]"))
			}
		}
	})
}

func attributeNaming() {
	const id = "rfc6241-6.4.8-attribute-naming"
	judge("attribute-naming", id, "select an entry by the child that names it",
		probe{get: true, filter: inside(`<t:user><t:name>{fred}</t:name></t:user>`), holds: []string{"count({entries}) = 1"},
			same: []string{"{entries}[t:name = {fred}]"}})
	It("select an entry by the attribute that names it", Spec("filter/attribute-naming-attribute"), Covers(id), func(ctx ginkgo.SpecContext) {
		findAttributes(ctx, func(a attribute) bool { return a.namespace != "" }).demandValue(id)
	})
}
