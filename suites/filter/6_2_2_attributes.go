package filter

import (
	"context"
	"encoding/xml"
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

func attributes() {
	acceptedAnywhere()
	judge("undefined-attribute-not-selected", "rfc6241-6.2.2-undefined-attribute-not-selected", "select nothing where the data is not defined to have them",
		probe{filter: `<t:top><t:users t:bogus="1"/></t:top>`, none: "a qualified attribute that no data has", holds: []string{"not(//t:users[normalize-space()])"}},
		probe{filter: `<t:top><t:users bogus="1"/></t:top>`, none: "an unqualified attribute that no data has", holds: []string{"not(//t:users[normalize-space()])"}},
		probe{filter: inside(`<t:user><t:name t:bogus="1">{fred}</t:name></t:user>`), none: "an attribute on a content match node that no data has",
			holds: []string{"not({entries})"}})
	valueMatch()
	allMustMatch()
}

func acceptedAnywhere() {
	const id = "rfc6241-6.2.2-attributes-accepted-anywhere"
	It("may be on any node", Spec("filter/attributes-accepted-anywhere"), Covers(id), func(ctx ginkgo.SpecContext) {
		r := begin(ctx)
		for _, node := range [][2]string{
			{"a containment node", `<t:top %s><t:users/></t:top>`}, {"a selection node", `<t:top %s/>`},
			{"a content match node", inside(`<t:user><t:name %s>{fred}</t:name></t:user>`)},
		} {
			for _, kind := range [][2]string{{"qualified", `t:bogus="1" t:more="2"`}, {"unqualified", `bogus="1" more="2"`}} {
				filter := r.cast.XML(strings.Replace(node[1], "%s", kind[1], 1))
				for _, op := range r.operations(probe{}) {
					Observe(fmt.Sprintf("%s attributes on %s (%s)", kind[0], node[0], op), r.survive(op, filter),
						"data", "data with nothing in it", "rpc-error …", session.Ended.String())
				}
			}
		}
	})
}

// survive says what becomes of a filter, and goes on with a new session where it ended this one.
func (r *reader) survive(op operation, filter string) string {
	reply := r.ask(op, filter)
	if reply.Outcome == session.Ended {
		r.s = Open(r.ctx)
	}
	return outcome(reply)
}

func valueMatch() {
	const id = "rfc6241-6.2.2-attribute-value-match"
	It("must have the values of the data", Spec("filter/attribute-value-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		a := findAttributes(ctx, func(attribute) bool { return true })
		a.demandValue(id)
	})
}

// demandValue wants only elements with the attribute's value, and none for a value that does not occur.
func (a *attributed) demandValue(id string) {
	reply := a.ask(a.first)
	Demand(id, reply).To(BeUnrefused())
	Demand(id, reply).To(a.selected())
	Demand(id, reply).NotTo(HaveXPath(fmt.Sprintf("%s[not(%s)]", a.path, a.first.test())).In(a.prefixes()))
	other := a.first
	other.value = "ncspec-none"
	a.demandNothing(id, a.ask(other))
}

func allMustMatch() {
	const id = "rfc6241-6.2.2-all-attributes-must-match"
	It("must all have the values of the data", Spec("filter/all-attributes-must-match"), Covers(id), func(ctx ginkgo.SpecContext) {
		a := findAttributes(ctx, func(attribute) bool { return true })
		if a.second == nil {
			NoVerdict("no element of the server's data has two attributes")
		}
		both := a.ask(a.first, *a.second)
		Demand(id, both).To(BeUnrefused())
		Demand(id, both).To(a.selected())
		other := *a.second
		other.value = "ncspec-none"
		a.demandNothing(id, a.ask(a.first, other))
		a.demandNothing(id, a.ask(other, a.first))
	})
}

func (a *attributed) demandNothing(id string, reply *session.Reply) {
	if holds(BeRPCError(), reply) {
		Demand(id, reply).To(BeRPCError())
		return
	}
	Demand(id, reply).To(BeUnrefused())
	Demand(id, reply).NotTo(HaveXPath(a.path).In(a.prefixes()))
}

// attribute is one of an element of data.
type attribute struct{ namespace, local, value string }

// test is an XPath that is true of an element with the attribute.
func (a attribute) test() string {
	if a.namespace == "" {
		return fmt.Sprintf("@%s = %s", a.local, netconf.Literal(a.value))
	}
	return fmt.Sprintf("@a:%s = %s", a.local, netconf.Literal(a.value))
}

// attributed is an element of the server's data that has attributes.
type attributed struct {
	ctx    context.Context
	s      *session.Session
	way    []*xmlquery.Node // from the top-level node to the element
	path   string           // XPath of elements of its name there
	first  attribute
	second *attribute // nil where it has one only
}

// findAttributes finds an element with an attribute of a kind. Where there is none the spec has no verdict.
func findAttributes(ctx context.Context, fits func(attribute) bool) *attributed {
	s := Open(ctx)
	whole := Everything(ctx, s)
	Given(whole).To(CarryData())
	a := &attributed{ctx: ctx, s: s}
	if !a.find(whole.Data, fits) {
		NoVerdict("the server's data has no such XML attributes, as YANG cannot define them")
	}
	a.path = "/nc:rpc-reply/nc:data"
	for i, n := range a.way {
		a.path += fmt.Sprintf("/n%d:%s", i, n.Data)
	}
	return a
}

func (a *attributed) find(n *xmlquery.Node, fits func(attribute) bool) bool {
	for _, child := range elements(n) {
		a.way = append(a.way, child)
		found := attributesOf(child)
		if i := slices.IndexFunc(found, fits); i >= 0 {
			a.first = found[i]
			if len(found) > 1 {
				a.second = &found[(i+1)%len(found)]
			}
			return true
		}
		if a.find(child, fits) {
			return true
		}
		a.way = a.way[:len(a.way)-1]
	}
	return false
}

// attributesOf gives the attributes that are data: no declarations, none of XML's, of NETCONF's or of RFC 6243's own.
func attributesOf(n *xmlquery.Node) []attribute {
	var all []attribute
	for _, a := range n.Attr {
		switch a.NamespaceURI {
		case "http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace", netconf.BaseNamespace,
			"urn:ietf:params:xml:ns:netconf:default:1.0":
		default:
			all = append(all, attribute{a.NamespaceURI, a.Name.Local, a.Value})
		}
	}
	return all
}

// ask gets the elements that have the attributes.
func (a *attributed) ask(attributes ...attribute) *session.Reply {
	written := ""
	for i, each := range attributes {
		name := each.local
		if each.namespace != "" {
			name = fmt.Sprintf("a%d:%s", i, each.local)
			written += fmt.Sprintf(` xmlns:a%d="%s"`, i, escape(each.namespace))
		}
		written += fmt.Sprintf(` %s="%s"`, name, escape(each.value))
	}
	filter := ""
	for i, n := range slices.Backward(a.way) {
		start := fmt.Sprintf(`%s xmlns="%s"`, n.Data, escape(n.NamespaceURI))
		if i == len(a.way)-1 {
			filter = "<" + start + written + "/>"
		} else {
			filter = "<" + start + ">" + filter + "</" + n.Data + ">"
		}
	}
	return a.s.RPC(a.ctx, get.subtree(filter))
}

// escape writes text for an attribute.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// selected holds for a reply with an element that has the first attribute with its value.
func (a *attributed) selected() *XPathMatcher {
	return HaveXPath(fmt.Sprintf("%s[%s]", a.path, a.first.test())).In(a.prefixes())
}

// prefixes binds n0, n1, … to the namespaces on the way, and a to that of the first attribute.
func (a *attributed) prefixes() map[string]string {
	bound := map[string]string{}
	for i, n := range a.way {
		bound[fmt.Sprintf("n%d", i)] = n.NamespaceURI
	}
	if a.first.namespace != "" {
		bound["a"] = a.first.namespace
	}
	return bound
}
