package edit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// The error-tags that RFC 6241 §7.2 prescribes.
const (
	dataExists  = "data-exists"
	dataMissing = "data-missing"
)

func operations() {
	ginkgo.Describe("operations", func() {
		specify(mergeProbes()...)
		specify(replaceProbes()...)
		specify(replaceScopeProbes()...)
		specify(createProbes()...)
		specify(deleteProbes()...)
		specify(removeProbes()...)
		existenceInTarget()
	})
}

func mergeProbes() []probe {
	return []probe{
		{slug: "merge-by-default", text: "merges what has no operation", id: "rfc6241-7.2-op-absent-is-merge",
			model: func(m model) []trial {
				return []trial{{doing: "a new entry, and a leaf of an entry that is there", reply: BeOK(),
					send:  m.users(wilma().xml("") + `<user><name>fred</name><type>superuser</type></user>`),
					after: people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney(), wilma())}}
			},
			leaf: func(l leaf) []trial {
				return []trial{
					{doing: "a new value", send: l.edit(l.Values[1], ""), reply: BeOK(), after: l.Values[1]},
					{doing: "a new leaf", given: nothing, send: l.edit(l.Values[1], ""), reply: BeOK(), after: l.Values[1]},
				}
			}},
		{slug: "merge", text: "merges into what is there, and makes what is missing", id: "rfc6241-7.2-op-merge",
			model: func(m model) []trial {
				return []trial{
					{doing: "merge of one leaf into an entry", reply: BeOK(),
						send:  m.users(`<user xc:operation="merge"><name>fred</name><type>superuser</type></user>`),
						after: people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney())},
					{doing: "merge of an entry that is not there", reply: BeOK(),
						send:  m.users(wilma().xml(`xc:operation="merge"`)),
						after: people(root(), fred(), barney(), wilma())},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{
					{doing: "merge of a new value", send: l.edit(l.Values[1], "merge"), reply: BeOK(), after: l.Values[1]},
					{doing: "merge of a new leaf", given: nothing, send: l.edit(l.Values[1], "merge"), reply: BeOK(), after: l.Values[1]},
				}
			}},
	}
}

func replaceProbes() []probe {
	return []probe{
		{slug: "replace", text: "takes away what a replace does not give", id: "rfc6241-7.2-op-replace-existing",
			model: func(m model) []trial {
				return []trial{
					{doing: "replace of an entry by its key and one leaf", reply: BeOK(),
						send:  m.users(`<user xc:operation="replace"><name>fred</name><type>superuser</type></user>`),
						after: people(root(), user{name: "fred", kind: "superuser"}, barney())},
					{doing: "replace of a leaf", reply: BeOK(),
						send:  m.users(`<user><name>barney</name><full-name xc:operation="replace">B. Rubble</full-name></user>`),
						after: people(root(), fred(), user{"barney", "admin", "B. Rubble", "2", "3"})},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "replace of the leaf", send: l.edit(l.Values[1], "replace"), reply: BeOK(), after: l.Values[1]}}
			}},
		{slug: "replace-missing", text: "makes what a replace does not find", id: "rfc6241-7.2-op-replace-missing-creates",
			model: func(m model) []trial {
				return []trial{{doing: "replace of an entry that is not there", send: m.users(wilma().xml(`xc:operation="replace"`)),
					reply: BeOK(), after: people(root(), fred(), barney(), wilma())}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "replace of a leaf that is not there", given: nothing, send: l.edit(l.Values[1], "replace"),
					reply: BeOK(), after: l.Values[1]}}
			}},
	}
}

func replaceScopeProbes() []probe {
	return []probe{
		{slug: "replace-scope", text: "leaves alone what a replace does not name", id: "rfc6241-7.2-op-replace-scope",
			model: func(m model) []trial {
				return []trial{
					{doing: "replace of one entry", reply: BeOK(),
						send:  m.users(user{"fred", "superuser", "F. Flintstone", "8", "9"}.xml(`xc:operation="replace"`)),
						after: people(root(), user{"fred", "superuser", "F. Flintstone", "8", "9"}, barney())},
					{doing: "replace of a container in one entry", reply: BeOK(),
						send: m.users(`<user><name>barney</name><company-info xc:operation="replace"><dept>8</dept><id>9</id>` +
							`</company-info></user>`),
						after: people(root(), fred(), user{"barney", "admin", "Barney Rubble", "8", "9"})},
				}
			}},
		{slug: "replace-list-parent", text: "takes away the entries that a replace of what holds them does not give",
			id: "rfc6241-7.2-op-replace-list-parent",
			model: func(m model) []trial {
				return []trial{{doing: "replace of users by a single one", reply: BeOK(),
					send: m.edit(`<users xc:operation="replace">` + wilma().xml("") + `</users>`), after: people(wilma())}}
			}},
	}
}

func createProbes() []probe {
	return []probe{
		{slug: "create", text: "makes what is not there", id: "rfc6241-7.2-op-create-new",
			model: func(m model) []trial {
				return []trial{{doing: "create of an entry", send: m.users(wilma().xml(`xc:operation="create"`)), reply: BeOK(),
					after: people(root(), fred(), barney(), wilma())}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "create of the leaf", given: nothing, send: l.edit(l.Values[1], "create"), reply: BeOK(),
					after: l.Values[1]}}
			}},
		{slug: "create-existing", text: "answers create of what is there with data-exists, and leaves it alone",
			id: "rfc6241-7.2-op-create-exists",
			model: func(m model) []trial {
				return []trial{
					{doing: "create of an entry that is there", reply: BeRPCError(dataExists),
						send: m.users(`<user xc:operation="create"><name>fred</name><type>superuser</type></user>`)},
					{doing: "create of a leaf that is there", reply: BeRPCError(dataExists),
						send: m.users(`<user><name>barney</name><full-name xc:operation="create">B. Rubble</full-name></user>`)},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "create of a leaf that is there", send: l.edit(l.Values[1], "create"), reply: BeRPCError(dataExists)}}
			}},
	}
}

func deleteProbes() []probe {
	return []probe{
		{slug: "delete", text: "deletes what is there, with all below it", id: "rfc6241-7.2-op-delete-existing",
			model: func(m model) []trial {
				return []trial{
					{doing: "delete of an entry by its key", send: m.users(`<user xc:operation="delete"><name>fred</name></user>`),
						reply: BeOK(), after: people(root(), barney())},
					{doing: "delete of a container",
						send:  m.users(`<user><name>barney</name><company-info xc:operation="delete"/></user>`),
						reply: BeOK(), after: people(root(), fred(), user{"barney", "admin", "Barney Rubble", "", ""})},
					{doing: "delete of a leaf", send: m.users(`<user><name>root</name><full-name xc:operation="delete"/></user>`),
						reply: BeOK(), after: people(user{"root", "superuser", "", "1", "1"}, fred(), barney())},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "delete of the leaf", send: l.edit("", "delete"), reply: BeOK(), after: nothing}}
			}},
		{slug: "delete-missing", text: "answers delete of what is not there with data-missing", id: "rfc6241-7.2-op-delete-missing",
			model: func(m model) []trial {
				return []trial{
					{doing: "delete of an entry that is not there", reply: BeRPCError(dataMissing),
						send: m.users(`<user xc:operation="delete"><name>wilma</name></user>`)},
					{doing: "delete of a leaf that is not there", reply: BeRPCError(dataMissing),
						send: m.edit(`<interface><name>eth1</name><description xc:operation="delete"/></interface>`)},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "delete of a leaf that is not there", given: nothing, send: l.edit("", "delete"),
					reply: BeRPCError(dataMissing)}}
			}},
	}
}

func removeProbes() []probe {
	return []probe{
		{slug: "remove", text: "removes what is there", id: "rfc6241-7.2-op-remove-existing",
			model: func(m model) []trial {
				return []trial{
					{doing: "remove of an entry", send: m.users(`<user xc:operation="remove"><name>fred</name></user>`),
						reply: BeOK(), after: people(root(), barney())},
					{doing: "remove of a leaf", send: m.users(`<user><name>barney</name><full-name xc:operation="remove"/></user>`),
						reply: BeOK(), after: people(root(), fred(), user{"barney", "admin", "", "2", "3"})},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "remove of the leaf", send: l.edit("", "remove"), reply: BeOK(), after: nothing}}
			}},
		{slug: "remove-missing", text: "ignores a remove of what is not there", id: "rfc6241-7.2-op-remove-missing-ignored",
			model: func(m model) []trial {
				const missing = `<user xc:operation="remove"><name>wilma</name></user>`
				return []trial{
					{doing: "remove of an entry that is not there", send: m.users(missing), reply: BeOK()},
					{doing: "remove of an entry that is not there beside a merge", reply: BeOK(),
						send:  m.users(missing + `<user><name>fred</name><type>superuser</type></user>`),
						after: people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney())},
				}
			},
			leaf: func(l leaf) []trial {
				return []trial{
					{doing: "remove of a leaf that is not there", given: nothing, send: l.edit("", "remove"), reply: BeOK()},
					{doing: "remove of a leaf from a container that is not there", given: nothing, fresh: true, send: l.edit("", "remove"),
						reply: BeOK()},
				}
			}},
		{slug: "remove-makes-no-parents", text: "makes nothing for a remove that it ignores",
			id: "rfc6241-7.2-op-remove-creates-no-parents",
			model: func(m model) []trial {
				return []trial{{doing: "remove of an entry that is not there, by default none", reply: BeOK(),
					send: m.users(`<user xc:operation="remove"><name>wilma</name></user>`, netconf.DefaultOperation("none"))}}
			}},
	}
}

func existenceInTarget() {
	const id = "rfc6241-7.2-op-create-existence-in-target"
	It("looks for what exists in the target, not in running", Spec("edit/existence-in-target"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			b.prepare(ctx, l.usual())
			Given(b.s.Commit(ctx)).To(BeOK())
			for _, step := range []trial{
				{doing: "delete of what is in both", send: l.edit("", "delete"), reply: BeOK(), after: nothing},
				{doing: "delete of what is in running only", send: l.edit("", "delete"), reply: BeRPCError(dataMissing), after: nothing},
				{doing: "create of what is in running only", send: l.edit(l.Values[1], "create"), reply: BeOK(), after: l.Values[1]},
			} {
				Demand(id, b.send(ctx, step.send)).To(upon(step.doing, step.reply))
				b.demand(ctx, id, step.doing, step.after)
			}
		})
}
