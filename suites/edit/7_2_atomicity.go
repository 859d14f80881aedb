package edit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// atomicity is about edits as a whole: ok says that all of it was made. What must become of an edit that fails depends on
// test-option and error-option.
func atomicity() {
	const id = "rfc6241-7.2-ok-response"
	ginkgo.Describe("edits as a whole", func() {
		specify(probe{slug: "ok", text: "answers ok when the change is made", id: id, leaf: func(l leaf) []trial {
			return []trial{{doing: "a new value", send: l.edit(l.Values[1], ""), reply: BeOK(), after: l.Values[1]}}
		}})
		wholeEdit(id)
		specify(probe{slug: "operations-in-one-edit", text: "carries out several operations in one edit",
			id: "rfc6241-7.2-operation-attr-multiple",
			model: func(m model) []trial {
				return []trial{{doing: "create, delete, replace and no operation in one edit", reply: BeOK(),
					send: m.edit(`<users>` + wilma().xml(`xc:operation="create"`) +
						`<user xc:operation="delete"><name>root</name></user>` +
						`<user><name>barney</name><company-info xc:operation="replace"><dept>9</dept></company-info></user>` +
						`<user><name>fred</name><type>superuser</type></user></users>`),
					after: people(user{"fred", "superuser", "Fred Flintstone", "2", "2"}, user{"barney", "admin", "Barney Rubble", "9", ""},
						wilma())}}
			}})
	})
}

func wholeEdit(id string) {
	It("makes all changes that it answers with ok", Spec("edit/ok-to-all"), Covers(id), Needs("fixture:model", "fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			m, l := fixtureModel(ctx), fixtureLeaf(ctx)
			b := begin(ctx, m)
			b.prepare(ctx, m.usual())
			value := l.Other(l.Value(b.before))
			edit := m.Users(wilma().xml("")) + l.Config(value, "")
			Demand(id, b.send(ctx, netconf.EditConfig(m.datastore, edit))).To(upon("an edit of two top-level nodes", BeOK()))
			view := b.read(ctx)
			Demand(id, m.has(view, people(root(), fred(), barney(), wilma()))).To(BeTrue("not all of the first node is there"))
			Demand(id, l.Value(view)).To(upon("an edit of two top-level nodes", Equal(value)))
		})
}
