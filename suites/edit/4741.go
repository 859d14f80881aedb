package edit

import (
	"slices"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// oldEdits are about servers with base:1.0 alone (RFC 4741 §7.2).
func oldEdits() {
	ginkgo.Describe("edit-config of RFC 4741", func() { specify(oldProbes()...) })
}

func oldProbes() []probe {
	return []probe{
		{slug: "old-remove", text: "refuses remove, or removes", id: "rfc4741-7.2-no-remove-operation",
			model: func(m model) []trial {
				return []trial{{doing: "remove of an entry", sound: m.users(`<user xc:operation="delete"><name>fred</name></user>`),
					send: m.users(`<user xc:operation="remove"><name>fred</name></user>`), reply: settle(), ifOK: people(root(), barney()),
					legal: []string{"ok", "bad-attribute operation user"}}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "remove of the leaf", sound: l.edit("", "delete"), send: l.edit("", "remove"), reply: settle(),
					ifOK: nothing, legal: []string{"ok", "bad-attribute operation"}}}
			}},
		{slug: "old-delete-missing", text: "changes nothing for delete of what is not there", id: "rfc4741-7.2-delete-missing",
			model: func(m model) []trial {
				return []trial{{doing: "delete of an entry that is not there", reply: settle(), legal: []string{"ok", dataMissing},
					send: m.users(`<user xc:operation="delete"><name>wilma</name></user>`)}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "delete of a leaf that is not there", given: nothing, send: l.edit("", "delete"), reply: settle(),
					legal: []string{"ok", dataMissing}}}
			}},
		{slug: "old-replace-missing", text: "makes what replace does not find, or says that it is missing",
			id: "rfc4741-7.2-replace-missing",
			model: func(m model) []trial {
				return []trial{{doing: "replace of an entry that is not there", send: m.users(wilma().xml(`xc:operation="replace"`)),
					reply: okOr(dataMissing), ifOK: people(root(), fred(), barney(), wilma()), legal: []string{"ok", dataMissing}}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "replace of a leaf that is not there", given: nothing, send: l.edit(l.Values[1], "replace"),
					reply: okOr(dataMissing), ifOK: l.Values[1], legal: []string{"ok", dataMissing}}}
			}},
		{slug: "old-test-only", text: "changes nothing for test-only, which it does not know", id: "rfc4741-7.2-test-only-not-known",
			leaf: func(l leaf) []trial {
				return []trial{{doing: "an edit with test-only", sound: l.edit(l.Values[1], "", netconf.TestOption("set")),
					send: l.edit(l.Values[1], "", netconf.TestOption("test-only")), reply: settle(),
					legal: []string{"ok", InvalidValue, "bad-element test-option"}}}
			}},
	}
}

// okOr holds for ok, and for an rpc-error with that error-tag.
func okOr(tag string) Matcher {
	return BeReply("ok, or an rpc-error "+tag, func(r *session.Reply) bool {
		tagged := func(e netconf.RPCError) bool { return e.Tag == tag }
		return r.OK && len(r.Errors) == 0 || !r.OK && slices.ContainsFunc(r.Errors, tagged)
	})
}
