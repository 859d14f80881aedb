package get

import (
	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/sample"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

func getConfig() {
	entireConfiguration()
	dataElement()
	const subtree, unknown = "rfc6241-7.1-filter-type-default-subtree", "rfc6241-7.1-filter-type-unknown"
	It("filters by subtree where nothing else is said", Spec("get/get-config-filter-type-default"), Covers(subtree), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		cast := FindCast(ctx, s)
		if cast.State {
			NoVerdict("running has nothing for this probe")
		}
		defaultIsSubtree(ctx, subtree, s, cast, running)
	})
	It("refuses a filter type that is not defined", Spec("get/get-config-filter-type-unknown"), Covers(unknown), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		refuse(ctx, unknown, s, "an unknown filter type (get-config)", running(`<filter type="regex"/>`))
		refuse(ctx, unknown, s, "an unknown filter type on a filter (get-config)", running(unknownType(ctx)))
	})
	xpathNotClaimed()
	negativeResponse()
}

// unknownType is a filter of a type that is not defined.
func unknownType(ctx ginkgo.SpecContext) string {
	content := `<top xmlns="urn:example:ncspec"/>`
	if f := FromContext(ctx).Target.Fixture; f != nil && f.Leaf != nil {
		content = f.Leaf.Filter()
	}
	return `<filter type="regex">` + content + `</filter>`
}

func entireConfiguration() {
	const id = "rfc6241-7.1-no-filter-entire-config"
	It("returns the entire configuration without a filter", Spec("get/get-config-no-filter"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		whole := wholeConfiguration(ctx, id, s)
		for _, n := range tops(ctx, s, whole) {
			filter := selecting(n.Namespace, n.Local)
			part := s.GetConfig(ctx, datastore.Running, filter)
			if !holds(CarryData(), part) {
				continue // what filters select is judged elsewhere
			}
			if found := find(part.Data, n.Namespace, n.Local); len(found) == 1 && !holds(contain(found[0]), whole) {
				// Somebody may have changed it meanwhile.
				whole, part = wholeConfiguration(ctx, id, s), s.GetConfig(ctx, datastore.Running, filter)
				Given(part).To(CarryData())
			}
			for _, found := range find(part.Data, n.Namespace, n.Local) {
				Demand(id, whole).To(contain(found))
			}
		}
		for _, once := range fixtureTops(ctx) {
			Demand(id, whole).To(HaveXPath("count(" + data + "/n:" + once.Local + ") < 2").In(map[string]string{"n": once.Namespace}))
		}
	})
}

// wholeConfiguration reads running without a filter.
func wholeConfiguration(ctx ginkgo.SpecContext, id string, s *session.Session) *session.Reply {
	whole := s.GetConfig(ctx, datastore.Running, "")
	Observe("get-config without filter", outcome(whole), "data", "rpc-error too-big", "rpc-error resource-denied")
	if holds(BeRPCError("too-big", "resource-denied"), whole) {
		NoVerdict("the server finds running too big for one reply")
	}
	Demand(id, whole).To(BeUnrefused())
	Demand(id, whole).To(HaveXPath(data))
	return whole
}

// contain holds for a reply with a top-level node of that content.
func contain(n *xmlquery.Node) Matcher {
	want := sample.Text(n, nil)
	return BeReply("below data\n"+want, func(r *session.Reply) bool {
		for _, found := range find(r.Data, n.NamespaceURI, n.Data) {
			if sample.Text(found, nil) == want {
				return true
			}
		}
		return false
	})
}

// tops gives the top-level nodes that get and get-config show, and those that the fixture knows.
func tops(ctx ginkgo.SpecContext, s *session.Session, whole *session.Reply) []target.Node {
	all := fixtureTops(ctx)
	replies := []*session.Reply{whole}
	if state := Everything(ctx, s); holds(CarryData(), state) {
		replies = append(replies, state)
	}
	for _, reply := range replies {
		for _, n := range topLevel(reply.Data) {
			all = append(all, target.Node{Namespace: n.NamespaceURI, Local: n.Data})
		}
	}
	return distinct(all)
}

func distinct(all []target.Node) []target.Node {
	var kept []target.Node
	seen := map[[2]string]bool{}
	for _, n := range all {
		if name := [2]string{n.Namespace, n.Local}; !seen[name] {
			seen[name] = true
			kept = append(kept, n)
		}
	}
	return kept
}

// fixtureTops gives the top-level nodes of the fixture, each of which is there once at the most.
func fixtureTops(ctx ginkgo.SpecContext) []target.Node {
	f := FromContext(ctx).Target.Fixture
	if f == nil {
		return nil
	}
	var all []target.Node
	if f.Leaf != nil {
		all = append(all, f.Leaf.Path[0])
	}
	if f.List != nil {
		all = append(all, f.List.Path[0])
	}
	if f.Model != nil {
		all = append(all, target.Node{Namespace: f.Model.Namespace, Local: "top"})
	}
	return distinct(all)
}

func dataElement() {
	const id = "rfc6241-7.1-data-element-in-reply"
	It("returns one data element", Spec("get/get-config-data-element"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		whole := s.GetConfig(ctx, datastore.Running, "")
		Given(whole).To(CarryData())
		selected := ""
		for _, n := range topLevel(whole.Data) {
			selected += selecting(n.NamespaceURI, n.Data)
		}
		for _, filter := range []string{selected, `<none xmlns="urn:example:ncspec"/>`, " "} {
			reply := s.RPC(ctx, running(`<filter type="subtree">`+filter+`</filter>`))
			if filter != selected && filter != " " && holds(BeRPCError(), reply) {
				continue // an error for a model that is not there is judged elsewhere
			}
			Demand(id, reply).To(BeAnswered())
			Demand(id, reply).To(HaveXPath("count(" + data + ") = 1"))
			Demand(id, reply).To(HaveXPath(`not(/nc:rpc-reply/*[not(self::nc:data or self::nc:rpc-error[nc:error-severity = "warning"])])`))
			Demand(id, reply).To(HaveXPath(`not(/nc:rpc-reply/nc:rpc-error[preceding-sibling::nc:data])`))
			if len(reply.Errors) > 0 {
				Observe("warning beside data", reply.Errors[0].Tag)
			}
		}
	})
}

// defaultIsSubtree wants a filter without type to be one with type subtree.
func defaultIsSubtree(ctx ginkgo.SpecContext, id string, s *session.Session, cast Cast, read func(string) string) {
	filter := cast.XML(`<t:top><t:users/></t:top>`)
	whole := s.RPC(ctx, running(""))
	if cast.State {
		whole = Everything(ctx, s)
	}
	Given(whole).To(CarryData())
	known := sample.PathsOf(whole.Data) // get may add state data, which changes
	explicit, implicit := s.RPC(ctx, read(`<filter type="subtree">`+filter+`</filter>`)), s.RPC(ctx, read(`<filter>`+filter+`</filter>`))
	for _, reply := range []*session.Reply{explicit, implicit} {
		Demand(id, reply).To(BeUnrefused())
		for _, expr := range []string{"{data}/t:top/t:users", "not({data}/*[not(self::t:top)][normalize-space()])",
			"not({data}/t:top/*[not(self::t:users)][normalize-space()])"} {
			Demand(id, reply).To(HaveXPath(cast.XPath(expr)).In(cast.Namespaces()))
		}
	}
	Demand(id, implicit).To(beLike(explicit, known))
}

func xpathNotClaimed() {
	const id = "rfc6241-7.1-filter-type-xpath-unsupported"
	It("refuses XPath that is not claimed", Spec("get/get-config-filter-type-xpath-unsupported"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		refuse(ctx, id, s, "filter type xpath without the capability (get-config)", running(`<filter type="xpath" select="/*"/>`))
	})
}

func negativeResponse() {
	const id = "rfc6241-7.1-negative-response"
	It("refuses what cannot be completed", Spec("get/get-config-negative-response"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		refuse(ctx, id, s, "an undefined source", `<get-config><source><no-such-datastore/></source></get-config>`)
		refuse(ctx, id, s, "an empty source", `<get-config><source/></get-config>`)
		refuse(ctx, id, s, "no source", `<get-config/>`)
		Given(s).To(StillAnswer(ctx))
	})
}
