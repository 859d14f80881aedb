package edit

import (
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
)

func namespaces() {
	const unknown = `<top xmlns="urn:example:unknown"><x/></top>`
	usual := []string{"unknown-namespace", "unknown-element"}
	specify(probe{slug: "config-namespace", text: "does not answer ok for data in a namespace that it does not know",
		id: "rfc6241-7.2-config-namespace",
		model: func(m model) []trial {
			const edit = `<user><name>fred</name><type>superuser</type></user>`
			after := people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney())
			elsewhere := func(namespace string) string {
				return strings.Replace(m.users(edit), `xmlns="`+m.Namespace+`"`, `xmlns="`+namespace+`"`, 1)
			}
			return []trial{
				{doing: "an unknown namespace", sound: m.users(edit), send: netconf.EditConfig(m.datastore, unknown), reply: refuse(),
					legal: usual},
				{doing: "no namespace", send: elsewhere(""), reply: settle(), ifOK: after, legal: usual},
				{doing: "the base namespace", send: elsewhere(netconf.BaseNamespace), reply: settle(), ifOK: after, legal: usual},
			}
		},
		leaf: func(l leaf) []trial {
			elsewhere := func(namespace string) string { return l.within(namespace).edit(l.Values[1], "") }
			return []trial{
				{doing: "an unknown namespace", sound: l.edit(l.Values[1], ""), send: netconf.EditConfig(l.Store, unknown), reply: refuse(),
					legal: usual},
				{doing: "no namespace", send: elsewhere(""), reply: settle(), ifOK: l.Values[1], legal: usual},
				{doing: "the base namespace", send: elsewhere(netconf.BaseNamespace), reply: settle(), ifOK: l.Values[1], legal: usual},
			}
		}})
}
