package edit

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// written is a text and one way to write it in XML.
type written struct{ doing, xml, text string }

func texts() []written {
	const markup, references = `a&b<c>d'e"f]]>g`, "a&amp;b&lt;c&gt;d&apos;e&quot;f]]&gt;g"
	return []written{
		{"markup characters as references", references, markup},
		{"markup characters in CDATA sections", `<![CDATA[a&b<c>d'e"f]]]]><![CDATA[>g]]>`, markup},
		{"white space inside a text", "a  b&#9;c&#10;d&#13;e", "a  b\tc\nd\re"},
	}
}

func content() {
	const id = "rfc6241-5.2-content-opaque"
	It("carries every character of a text", Spec("edit/content-opaque"), Covers(id), Needs("fixture:text"),
		func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			for _, w := range texts() {
				b.prepare(ctx, l.usual())
				Demand(id, b.send(ctx, netconf.EditConfig(l.Store, l.Around(w.xml)))).To(upon(w.doing, BeOK()))
				Demand(id, l.Value(b.read(ctx))).To(upon(w.doing, Equal(w.text)))
			}
			b.prepare(ctx, l.usual())
			edges := b.send(ctx, netconf.EditConfig(l.Store, l.Around("  a  ")))
			Observe("answer to blanks at both ends of a text", answer(edges))
			Observe("blanks at both ends of a text come back", l.Value(b.read(ctx)) == "  a  ", "true", "false")
		})

	specify(probe{slug: "content-layout", text: "takes an edit on one line and an indented one for the same", id: id,
		model: func(m model) []trial {
			return bothLayouts(m.users(wilma().xml("")), people(root(), fred(), barney(), wilma()))
		},
		leaf: func(l leaf) []trial { return bothLayouts(l.edit(l.Values[1], ""), l.Values[1]) }})
}

// bothLayouts are two trials that write the same operation in two ways.
func bothLayouts(operation, after string) []trial {
	return []trial{
		{doing: "an edit on one line", send: operation, reply: BeOK(), after: after},
		{doing: "an indented edit", send: strings.ReplaceAll(operation, "><", ">\n  <"), reply: BeOK(), after: after},
	}
}
