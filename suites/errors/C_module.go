package errors

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func features() {
	const id = "rfc6241-C-features-match-capabilities"
	It("announces the features of ietf-netconf that go with its capabilities", Spec("errors/features"), Covers(id), func(ctx ginkgo.SpecContext) {
		claims := Open(ctx).Hello().Capabilities
		module, announced := claims.Get(netconf.BaseNamespace)
		if !announced {
			NoVerdict("the hello does not name the module ietf-netconf")
		}
		var named []string
		for _, value := range module.Params["features"] {
			named = append(named, strings.Split(value, ",")...)
		}
		for feature, capability := range featureCapabilities() {
			Demand(id, slices.Contains(named, feature)).To(upon("feature "+feature, Equal(claims.Has(capability))))
		}
	})
}

// featureCapabilities gives the capability that each feature of ietf-netconf stands for (RFC 6241 Appendix C).
func featureCapabilities() map[string]string {
	return map[string]string{"writable-running": "writable-running", "candidate": "candidate", "confirmed-commit": "confirmed-commit:1.1",
		"rollback-on-error": "rollback-on-error", "validate": "validate:1.1", "startup": "startup", "url": "url", "xpath": "xpath"}
}

func filters() {
	ginkgo.Describe("filter", func() {
		attributesUnqualified()
		selectWithoutType()
		oneFilter()
	})
}

func attributesUnqualified() {
	const id = "rfc6241-C-filter-attributes-unqualified"
	It("has attributes without a namespace", Spec("errors/filter-attributes-unqualified"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			b := begin(ctx)
			filter := `<filter xmlns:nc="` + netconf.BaseNamespace + `" nc:type="xpath" nc:select="/t:` + b.top() + `" xmlns:t="` + b.topNamespace() + `">` +
				b.fixture.Leaf.Filter() + `</filter>`
			demandNarrow(ctx, id, b, "qualified attributes of filter", filter)
		})
}

func selectWithoutType() {
	const id = "rfc6241-C-select-needs-xpath-type"
	It("has select with type xpath only", Spec("errors/select-without-type"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		selects := ` select="/t:` + b.top() + `" xmlns:t="` + b.topNamespace() + `"/>`
		demandNarrow(ctx, id, b, "select with type subtree", `<filter type="subtree"`+selects)
		demandNarrow(ctx, id, b, "select without type", `<filter`+selects)
	})
}

// top names the top-level node that the fixture's leaf is in.
func (b bench) top() string { return b.fixture.Leaf.Path[0].Local }

func (b bench) topNamespace() string { return b.fixture.Leaf.Path[0].Namespace }

// demandNarrow judges that a filter is refused, or selects nothing outside the fixture's top-level node.
func demandNarrow(ctx context.Context, id string, b bench, what, filter string) {
	reply := b.s.RPC(ctx, "<get-config><source><running/></source>"+filter+"</get-config>")
	Observe(what, narrow(reply), "rpc-error", "no data", "data")
	Demand(id, reply).To(upon(what, BeReply("an rpc-error, or no top-level node but "+b.top(), func(r *session.Reply) bool {
		if len(r.Errors) > 0 {
			return r.Data == nil
		}
		for _, n := range topLevel(r) {
			if n.Data != b.top() || n.NamespaceURI != b.topNamespace() {
				return false
			}
		}
		return r.Data != nil
	})))
}

func narrow(reply *session.Reply) string {
	if reply.Normal() && len(topLevel(reply)) == 0 {
		return "no data"
	}
	return outcome(reply)
}

func oneFilter() {
	const id = "rfc6241-C-one-filter"
	It("comes once at most", Spec("errors/one-filter"), Covers(id), func(ctx ginkgo.SpecContext) {
		const two = `<filter type="subtree"/><filter type="subtree"><top xmlns="` + foreign + `"/></filter>`
		refuses(ctx, id, begin(ctx).s,
			probe{"two filters in get", "<get>" + two + "</get>"},
			probe{"two filters in get-config", "<get-config><source><running/></source>" + two + "</get-config>"})
	})
}
