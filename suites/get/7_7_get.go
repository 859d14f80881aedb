package get

import (
	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/sample"
)

func get() {
	runningAndState()
	notCandidate()
	const subtree, bad = "rfc6241-7.7-filter-type-default-subtree", "rfc6241-7.7-filter-type-bad"
	It("filters by subtree where nothing else is said", Spec("get/get-filter-type-default"), Covers(subtree), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		defaultIsSubtree(ctx, subtree, s, FindCast(ctx, s), everything)
	})
	It("refuses a filter type that is not defined, or not claimed", Spec("get/get-filter-type-bad"), Covers(bad), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s.RPC(ctx, everything(`<filter type="subtree"/>`))).To(CarryData())
		refuse(ctx, bad, s, "an unknown filter type (get)", everything(`<filter type="regex"/>`))
		refuse(ctx, bad, s, "an unknown filter type on a filter (get)", everything(unknownType(ctx)))
		if !FromContext(ctx).Claims.Has("xpath") {
			refuse(ctx, bad, s, "filter type xpath without the capability (get)", everything(`<filter type="xpath" select="/*"/>`))
		}
	})
}

func runningAndState() {
	const id = "rfc6241-7.7-running-and-state"
	It("returns running and state data together", Spec("get/running-and-state"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		configuration, whole := s.GetConfig(ctx, datastore.Running, ""), Everything(ctx, s)
		Given(configuration).To(CarryData())
		Given(whole).To(CarryData())
		held := topLevel(configuration.Data)
		state := stateOf(whole.Data, sample.PathsOf(configuration.Data))
		if len(held) == 0 || state == nil {
			NoVerdict("the server has no configuration or no top-level node of state data")
		}
		one, other := selecting(held[0].NamespaceURI, held[0].Data), selecting(state.NamespaceURI, state.Data)
		both := s.RPC(ctx, netconf.Get(one+other))
		for _, n := range []*xmlquery.Node{held[0], state} {
			there := HaveXPath(data + "/n:" + n.Data + "[*]").In(map[string]string{"n": n.NamespaceURI})
			Demand(id, both).To(BeUnrefused())
			Demand(id, both).To(there)
			alone := s.RPC(ctx, netconf.Get(selecting(n.NamespaceURI, n.Data)))
			Demand(id, alone).To(BeUnrefused())
			Demand(id, alone).To(there)
		}
	})
}

// stateOf gives a top-level node that running has not got, nil where there is none.
func stateOf(data *xmlquery.Node, configuration sample.Paths) *xmlquery.Node {
	for _, n := range topLevel(data) {
		if sample.Text(n, configuration) == "" && n.FirstChild != nil {
			return n
		}
	}
	return nil
}

func notCandidate() {
	const id = "rfc6241-7.7-not-candidate"
	It("returns running and not the candidate", Spec("get/not-candidate"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		s, leaf := Open(ctx), FixtureLeaf(ctx)
		before := leaf.Read(ctx, s, datastore.Running)
		leaf.Change(ctx, s)
		reply := s.RPC(ctx, netconf.Get(leaf.Filter()))
		Demand(id, reply).To(BeUnrefused())
		Demand(id, leaf.Value(reply)).To(Equal(before))
		Given(s.DiscardChanges(ctx)).To(BeOK())
	})
}
