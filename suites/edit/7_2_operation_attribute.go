package edit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func operationAttribute() {
	ginkgo.Describe("the operation attribute", func() {
		specify(nestedProbe(), invalidOperationProbe(), attributeNamespaceProbe(), attributePrefixProbe())
	})
}

func nestedProbe() probe {
	return probe{slug: "operation-nested", text: "applies an operation where it stands, and merges around it",
		id: "rfc6241-7.2-operation-attr-nested",
		model: func(m model) []trial {
			return []trial{{doing: "a delete inside a merge", reply: BeOK(),
				send:  m.users(`<user><name>fred</name><type>superuser</type><full-name xc:operation="delete"/></user>`),
				after: people(root(), user{"fred", "superuser", "", "2", "2"}, barney())}}
		}}
}

func invalidOperationProbe() probe {
	values := []string{"update", "MERGE", ""}
	legal := []string{"bad-attribute operation user", "bad-attribute operation"}
	return probe{slug: "operation-invalid", text: "refuses any other operation", id: "rfc6241-7.2-operation-attr-invalid",
		model: func(m model) []trial {
			edit := func(operation string) string {
				return m.users(`<user xc:operation="` + operation + `"><name>fred</name><type>superuser</type></user>`)
			}
			var all []trial
			for _, value := range values {
				all = append(all, trial{doing: `operation "` + value + `"`, sound: edit("merge"), send: edit(value), reply: refuse(),
					legal: legal})
			}
			return all
		},
		leaf: func(l leaf) []trial {
			edit := func(operation string) string { return l.marked(l.Values[1], xc, `xc:operation="`+operation+`"`) }
			var all []trial
			for _, value := range values {
				all = append(all, trial{doing: `operation "` + value + `"`, sound: edit("merge"), send: edit(value), reply: refuse(),
					legal: legal})
			}
			return all
		}}
}

// marked is an edit-config of the leaf with attributes as they stand.
func (l leaf) marked(value string, attributes ...string) string {
	return netconf.EditConfig(l.Store, l.Around(value, attributes...))
}

// attributeNamespaceProbe gives the leaf its own value, so that an edit which is merged changes nothing either.
func attributeNamespaceProbe() probe {
	const foreign = `xmlns:ex="http://ncspec.example/ns/foreign"`
	const none = `operation="delete"`
	usual := []string{"unknown-attribute operation"}
	return probe{slug: "operation-namespace", text: "knows the attribute in the base namespace only",
		id: "rfc6241-7.2-operation-attr-namespace",
		leaf: func(l leaf) []trial {
			value := l.usual()
			return []trial{
				{doing: "a delete in the base namespace", send: l.marked(value, xc, `xc:operation="delete"`), reply: BeOK(), after: nothing},
				{doing: "a delete without a namespace", send: l.marked(value, none), reply: settle(), legal: usual},
				{doing: "a delete in a foreign namespace", send: l.marked(value, foreign, `ex:operation="delete"`), reply: settle(),
					legal: usual},
			}
		},
		model: func(m model) []trial {
			edit := func(attributes string) string { return m.users(`<user ` + attributes + `><name>fred</name></user>`) }
			return []trial{
				{doing: "a delete in the base namespace", send: edit(`xc:operation="delete"`), reply: BeOK(), after: people(root(), barney())},
				{doing: "a delete without a namespace", send: edit(none), reply: settle(), legal: usual},
				{doing: "a delete in a foreign namespace", send: edit(foreign + ` ex:operation="delete"`), reply: settle(), legal: usual},
			}
		}}
}

func attributePrefixProbe() probe {
	declare := func(prefix string) string { return "xmlns:" + prefix + `="` + netconf.BaseNamespace + `"` }
	return probe{slug: "operation-prefix", text: "takes the attribute with any prefix, declared anywhere",
		id: "rfc6241-7.2-operation-attr-any-prefix",
		leaf: func(l leaf) []trial {
			deleted := func(prefix string) string { return prefix + `:operation="delete"` }
			onConfig := "<config " + declare("b") + ">" + l.Around("", deleted("b")) + "</config>"
			return []trial{
				{doing: "a prefix that rpc declares", send: l.marked("", deleted("a-1")), reply: BeOK(), after: nothing,
					with: []session.Option{session.WithAttribute("xmlns:a-1", netconf.BaseNamespace)}},
				{doing: "a prefix that config declares", send: l.raw(onConfig), reply: BeOK(), after: nothing},
				{doing: "a prefix that the element declares", send: l.marked("", declare("_c"), deleted("_c")), reply: BeOK(), after: nothing},
			}
		}}
}
