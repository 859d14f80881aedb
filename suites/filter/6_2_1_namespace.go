package filter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func namespaces() {
	namespaceMatch()
	prefixes()
	namespaceAlone()
	wildcards()
	severalModules()
	notForAttributes()
	withoutWildcard()
}

func namespaceMatch() {
	const id = "rfc6241-6.2.1-namespace-match"
	It("must be those of the data", Spec("filter/namespace-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		top, users := r.cast.Local("top"), r.cast.Local("users")
		r.judge(id, []probe{
			{filter: `<` + top + ` xmlns="urn:example:ncspec:other"/>`, none: "a top-level node in a foreign namespace", holds: []string{"not({data}/*)"}},
			{filter: `<t:top><` + users + ` xmlns="urn:example:ncspec:other"/></t:top>`, none: "an inner node in a foreign namespace",
				holds: []string{`not(//*[local-name() = "` + users + `"])`}},
		})
	})
}

func prefixes() {
	const id = "rfc6241-6.2.1-prefix-irrelevant"
	It("may have any prefix", Spec("filter/prefix-irrelevant"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, op := range r.operations(probe{}) {
			var first *session.Reply
			for _, spelling := range spellings(r.cast.Local("top"), r.cast.Local("users"), r.cast.Namespace) {
				reply := r.s.RPC(ctx, op.subtree(spelling.filter), spelling.options...)
				Demand(id, reply).To(BeUnrefused())
				Demand(id, reply).To(r.have(r.cast.XPath("{data}/t:top/t:users")))
				if first == nil {
					first = reply
				}
				Demand(id, reply).To(r.beLike(first, data))
			}
		}
	})
}

// spelling is one way to write a filter.
type spelling struct {
	filter  string
	options []session.Option
}

// spellings writes the same filter with the namespace declared in different ways.
func spellings(top, users, namespace string) []spelling {
	prefixed := func(prefix, declaration string) string {
		return fmt.Sprintf(`<%[1]s:%[2]s%[4]s><%[1]s:%[3]s/></%[1]s:%[2]s>`, prefix, top, users, declaration)
	}
	return []spelling{
		{filter: fmt.Sprintf(`<%[1]s xmlns="%[3]s"><%[2]s xmlns="%[3]s"/></%[1]s>`, top, users, namespace)},
		{filter: fmt.Sprintf(`<%[1]s xmlns="%[3]s"><%[2]s/></%[1]s>`, top, users, namespace)},
		{filter: prefixed("zz", ` xmlns:zz="`+namespace+`"`)},
		{filter: prefixed("if", ` xmlns:if="`+namespace+`"`)},
		{filter: prefixed("far", ""), options: []session.Option{session.WithAttribute("xmlns:far", namespace)}},
	}
}

func namespaceAlone() {
	const id = "rfc6241-6.2.1-namespace-alone-selects-nothing"
	It("select nothing by themselves", Spec("filter/namespace-alone"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, op := range r.operations(probe{}) {
			for _, filter := range []string{
				`<filter type="subtree" xmlns:t="` + r.cast.Namespace + `"/>`,
				// With the namespace as the default one, filter itself needs a prefix.
				`<nc:filter xmlns:nc="` + netconf.BaseNamespace + `" xmlns="` + r.cast.Namespace + `" type="subtree"/>`,
			} {
				reply := r.s.RPC(ctx, op.with(filter))
				Demand(id, reply).To(BeUnrefused())
				Demand(id, reply).To(HaveXPath("/nc:rpc-reply/nc:data[not(*)]"))
			}
		}
	})
}

func wildcards() {
	const top, nested = "rfc6241-6.2.1-wildcard-top-level", "rfc6241-6.2.1-wildcard-nested"
	It("are all meant by a top-level element without one", Spec("filter/wildcard-top-level"), Covers(top), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, op := range r.operations(probe{}) {
			want := r.ask(op, r.cast.XML(`<t:top/>`))
			Given(want).To(CarryData())
			reply := r.ask(op, `<`+r.cast.Local("top")+` xmlns=""/>`)
			Demand(top, reply).To(BeUnrefused())
			Demand(top, reply).To(r.have(r.cast.XPath("{data}/t:top")))
			Demand(top, reply).To(r.beLike(want, r.cast.XPath("{data}/t:top")))
		}
	})
	It("are all meant by an inner element without one", Spec("filter/wildcard-nested"), Covers(nested), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		qualified := r.cast.XML(inside(`<t:user><t:name>{fred}</t:name></t:user>`))
		unqualified := r.cast.XML(`<t:top>` + unqualified(r.cast) + `</t:top>`)
		for _, op := range r.operations(probe{}) {
			want := r.ask(op, qualified)
			Given(want).To(CarryData())
			reply := r.ask(op, unqualified)
			Demand(nested, reply).To(BeUnrefused())
			Demand(nested, reply).To(r.have(r.cast.XPath("{entries}[t:name = {fred}]")))
			Demand(nested, reply).To(r.beLike(want, data))
		}
	})
}

// unqualified is what leads from t:top to fred, without a namespace.
func unqualified(c Cast) string {
	filter := fmt.Sprintf("<%[1]s><%[2]s>{fred}</%[2]s></%[1]s>", c.Local("user"), c.Local("name"))
	for _, local := range slices.Backward(c.Path()[1:]) {
		filter = "<" + local + ">" + filter + "</" + local + ">"
	}
	return strings.Replace(filter, ">", ` xmlns="">`, 1)
}

func severalModules() {
	const id = "rfc6241-6.2.1-wildcard-several-modules"
	It("are all meant by a name that several modules have", Spec("filter/wildcard-several-modules"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		whole := Everything(ctx, s)
		Given(whole).To(CarryData())
		one, other := namesakes(whole.Data)
		if one == nil {
			NoVerdict("no two modules of the server have top-level nodes of one name, with data")
		}
		reply := s.RPC(ctx, get.subtree(`<`+one.Data+` xmlns=""/>`))
		Demand(id, reply).To(BeUnrefused())
		for _, n := range []*xmlquery.Node{one, other} {
			Demand(id, reply).To(HaveXPath("/nc:rpc-reply/nc:data/m:" + n.Data).In(map[string]string{"m": n.NamespaceURI}))
		}
	})
}

// namesakes finds two top-level nodes of one name in different namespaces.
func namesakes(data *xmlquery.Node) (one, other *xmlquery.Node) {
	seen := map[string]*xmlquery.Node{}
	for _, n := range elements(data) {
		if first, there := seen[n.Data]; there && first.NamespaceURI != n.NamespaceURI {
			return first, n
		}
		seen[n.Data] = n
	}
	return nil, nil
}

func notForAttributes() {
	const id = "rfc6241-6.2.1-wildcard-not-for-attributes"
	It("are not all meant by an attribute without one", Spec("filter/wildcard-not-for-attributes"), Covers(id), func(ctx ginkgo.SpecContext) {
		a := findAttributes(ctx, func(a attribute) bool { return a.namespace != "" })
		qualified, bare := a.ask(a.first), a.ask(attribute{local: a.first.local, value: a.first.value})
		Demand(id, qualified).To(BeUnrefused())
		Demand(id, qualified).To(a.selected())
		if holds(BeRPCError(), bare) {
			Demand(id, bare).To(BeRPCError())
			return
		}
		Demand(id, bare).To(BeUnrefused())
		Demand(id, bare).NotTo(a.selected())
	})
}

// withoutWildcard observes what RFC 4741, which has no wildcard, leaves open.
func withoutWildcard() {
	const id = "rfc4741-6.1-namespace-must-match"
	It("are required by RFC 4741", Spec("filter/namespace-must-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, op := range r.operations(probe{}) {
			reply := r.ask(op, `<`+r.cast.Local("top")+` xmlns=""/>`)
			Observe(string(op)+" with an element without namespace", outcome(reply), "data with nothing in it", "data")
		}
	})
}
