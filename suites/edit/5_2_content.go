package edit

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

const opaque = "rfc6241-5.2-content-opaque"

// written is a text and a way to write it in XML.
type written struct{ slug, doing, xml, text string }

func texts() []written {
	const markup, references = `a&b<c>d'e"f]]>g`, "a&amp;b&lt;c&gt;d&apos;e&quot;f]]&gt;g"
	return []written{
		{"content-references", "markup characters as references", references, markup},
		{"content-cdata", "markup characters in CDATA sections", `<![CDATA[a&b<c>d'e"f]]]]><![CDATA[>g]]>`, markup},
		{"content-white-space", "white space inside a text", "a  b&#9;c&#10;d&#13;e", "a  b\tc\nd\re"},
	}
}

func content() {
	ginkgo.Describe("content", func() {
		for _, w := range texts() {
			w.specify()
		}
		layouts()
	})
}

func (w written) specify() {
	It("carries "+w.doing, Spec("edit/"+w.slug), Covers(opaque), Needs("fixture:text"), func(ctx ginkgo.SpecContext) {
		l := fixtureLeaf(ctx)
		b := begin(ctx, l)
		b.prepare(ctx, l.usual())
		Demand(opaque, b.send(ctx, netconf.EditConfig(l.Store, l.Around(w.xml)))).To(BeOK())
		Demand(opaque, l.Value(b.read(ctx))).To(Equal(w.text))
		if w.slug == "content-white-space" {
			Observe("answer to blanks at both ends of a text", answer(b.send(ctx, netconf.EditConfig(l.Store, l.Around("  a  ")))))
			Observe("blanks at both ends of a text are kept", l.Value(b.read(ctx)) == "  a  ", "true", "false")
		}
	})
}

func layouts() {
	specify(probe{slug: "content-layout", text: "takes an edit on one line and an indented one for the same", id: opaque,
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
