package edit

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func config() {
	ginkgo.Describe("config and target", func() {
		specify(badValueProbe(), unknownElementProbe(), configMissingProbe())
		stateData()
		emptyConfig()
		targetMissing()
	})
}

func badValueProbe() probe {
	return probe{slug: "bad-value", text: "refuses a value that the model does not allow", id: "rfc6241-7.2-config-model-bad-value",
		model: func(m model) []trial {
			trials := []trial{
				{doing: "a number out of range", send: m.edit(mtu("99"))},
				{doing: "letters for a number", send: m.edit(mtu("abc"))},
				{doing: "64 KiB of letters for a number", send: m.edit(mtu(strings.Repeat("a", 64<<10)))},
				{doing: "a value that the enumeration lacks", send: m.users(`<user><name>fred</name><type>ncspec</type></user>`)},
			}
			for i := range trials {
				trials[i].sound, trials[i].reply, trials[i].late = m.edit(mtu("9000")), refuse(), true
				trials[i].legal = []string{InvalidValue, "bad-element"}
			}
			return trials
		}}
}

func unknownElementProbe() probe {
	const unknown = "ncspec-no-such-leaf"
	return probe{slug: "unknown-element", text: "refuses an element that the model does not have",
		id: "rfc6241-7.2-config-model-unknown-element",
		model: func(m model) []trial {
			trials := []trial{
				{doing: "an unknown leaf", send: m.edit("<" + unknown + ">1</" + unknown + ">")},
				{doing: "an unknown leaf beside a valid one",
					send: m.users("<user><name>fred</name><type>superuser</type><" + unknown + ">1</" + unknown + "></user>")},
				{doing: "an entry one level too high", send: m.edit(wilma().xml(""))},
				{doing: "an element inside a leaf", send: m.users("<user><name>fred</name><full-name><b>1</b></full-name></user>")},
			}
			if !m.tests {
				trials[1].orElse = people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney())
			}
			for i := range trials {
				trials[i].sound, trials[i].reply, trials[i].late = m.users(wilma().xml("")), refuse(), true
				trials[i].legal = []string{"unknown-element " + unknown, "unknown-element user", "unknown-element b"}
			}
			return trials
		},
		leaf: func(l leaf) []trial {
			return []trial{
				{doing: "an unknown leaf", sound: l.edit(l.Values[1], ""), reply: refuse(), late: true,
					send:  netconf.EditConfig(l.Store, l.Sibling(unknown).Config("1", "")),
					legal: []string{"unknown-element " + unknown}},
				{doing: "an element inside the leaf", send: l.marked("<b>1</b>"), reply: refuse(), late: true,
					legal: []string{"unknown-element b"}},
			}
		}}
}

func configMissingProbe() probe {
	return probe{slug: "config-missing", text: "refuses an edit without config", id: "rfc6241-7.2-config-required",
		leaf: func(l leaf) []trial {
			return []trial{{doing: "neither config nor url", send: l.raw(""), reply: refuse(),
				sound: l.raw("<config>" + l.Config(l.Values[1], "") + "</config>"),
				legal: []string{"missing-element config", "data-missing"}}}
		}}
}

func stateData() {
	const id = "rfc6241-7.2-config-model-state-node"
	It("refuses an edit of state data", Spec("edit/state-data"), Covers(id), Needs("fixture:model"), func(ctx ginkgo.SpecContext) {
		const value, counters = "98765432198765", "<interface><name>eth0</name><counters>"
		m := fixtureModel(ctx)
		b := begin(ctx, m)
		b.try(ctx, id, trial{doing: "a value for a counter", sound: m.edit(mtu("9000")), reply: refuse(),
			send:  m.edit(counters + "<in-octets>" + value + "</in-octets></counters></interface>"),
			legal: []string{"unknown-element counters", "unknown-element in-octets", OperationNotSupported, InvalidValue}})
		state := b.s.RPC(ctx, netconf.Get(m.Top(counters+"</counters></interface>")))
		Given(state).To(CarryData())
		Demand(id, state).NotTo(HaveXPath("//t:in-octets[.='" + value + "']").In(m.Namespaces()))
	})
}

func emptyConfig() {
	const id = "rfc6241-7.2-config-empty"
	It("changes nothing for an empty config", Spec("edit/config-empty"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			b.prepare(ctx, l.usual())
			reply := b.send(ctx, netconf.EditConfig(l.Store, ""))
			Demand(id, reply).To(settle())
			b.demand(ctx, id, "an empty config", l.usual())
			if !reply.OK {
				NoVerdict("the server refuses an empty config: " + answer(reply))
			}
		})
}

func targetMissing() {
	const id = "rfc6241-7.2-target-required"
	It("refuses an edit without a target", Spec("edit/target-missing"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			given, value := l.found(l.Read(ctx, b.s, datastore.Running))
			running := func() *session.Reply {
				reply := b.s.GetConfig(ctx, datastore.Running, l.filter())
				Given(reply).To(CarryData())
				return reply
			}
			before := running()
			for _, target := range []string{"", "<target/>"} {
				doing := "an edit with the target \"" + target + "\""
				b.try(ctx, id, trial{doing: doing, given: given, sound: l.edit(value, ""), reply: refuse(),
					send:  "<edit-config>" + target + "<config>" + l.Config(value, "") + "</config></edit-config>",
					legal: []string{"missing-element target", "missing-element candidate", "missing-element running"}})
				Demand(id, running()).To(upon(doing, &held{before: before, hides: FromContext(ctx).Redactor.Hides}))
			}
		})
}

// found gives the content of the leaf for the value that was read, and a value to write: the same, where it has one.
func (l leaf) found(read string) (content, value string) {
	if read == "" {
		return nothing, l.Values[0]
	}
	return read, read
}
