package edit

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

const rollback = "rollback-on-error"

func rollbackOnError() {
	ginkgo.Describe(rollback, func() {
		specify(rollbackProbe(), rollbackSupportedProbe(), rollbackUnsupportedProbe())
		rollbackKeepsEarlier()
		rollbackOfRunning()
		rollbackIdentifier()
	})
}

func rollbackProbe() probe {
	const id = "rfc6241-7.2-rollback-on-error-restores"
	return probe{slug: "rollback-restores", text: "undoes all of an edit that fails, and keeps none of it", id: id,
		model: func(m model) []trial {
			return []trial{{doing: "a failing edit with rollback-on-error", reply: refuse(),
				send: m.users(newWilma()+fredAgain()+newBetty(), m.untested(netconf.ErrorOption(rollback))...),
				then: &trial{doing: "a good edit behind a failing one", reply: BeOK(),
					send: m.users(user{name: "dino"}.xml("")), after: people(root(), fred(), barney(), user{name: "dino"})}}}
		}}
}

func rollbackSupportedProbe() probe {
	return probe{slug: "rollback-supported", text: "takes the option that it announces", id: "rfc6241-8.5.1-option-supported",
		leaf: func(l leaf) []trial {
			return []trial{{doing: "a good edit with rollback-on-error", reply: BeOK(), after: l.Values[1],
				send: l.edit(l.Values[1], "", netconf.ErrorOption(rollback))}}
		}}
}

func rollbackUnsupportedProbe() probe {
	const doing = "a good edit with rollback-on-error, which is not announced"
	usual := []string{"ok", OperationNotSupported, InvalidValue, "bad-element error-option"}
	return probe{slug: "rollback-unsupported", text: "does what rollback-on-error says, or refuses it, where it does not announce it",
		id: "rfc6241-7.2-rollback-on-error-unsupported",
		model: func(m model) []trial {
			options := m.untested(netconf.ErrorOption(rollback))
			return []trial{
				{doing: doing, sound: m.users(newWilma()), send: m.users(newWilma(), options...), reply: settle(), legal: usual,
					ifOK: people(root(), fred(), barney(), wilma())},
				{doing: "a failing edit with rollback-on-error, which is not announced", reply: refuse(),
					send: m.users(newWilma()+fredAgain(), options...)},
			}
		},
		leaf: func(l leaf) []trial {
			return []trial{{doing: doing, sound: l.edit(l.Values[1], ""), reply: settle(), legal: usual, ifOK: l.Values[1],
				send: l.edit(l.Values[1], "", netconf.ErrorOption(rollback))}}
		}}
}

func rollbackKeepsEarlier() {
	const id = "rfc6241-7.2-rollback-keeps-earlier-edits"
	It("goes back to the start of the edit that failed, and no further", Spec("edit/rollback-keeps-earlier"), Covers(id),
		Needs("fixture:model"), func(ctx ginkgo.SpecContext) {
			const doing = "a failing edit behind a good one"
			m := fixtureModel(ctx)
			b := begin(ctx, m)
			b.prepare(ctx, m.usual())
			Given(b.send(ctx, m.users(newWilma()))).To(BeOK())
			reply := b.send(ctx, m.users(newBetty()+fredAgain(), m.untested(netconf.ErrorOption(rollback))...))
			Demand(id, reply).To(upon(doing, refuse()))
			b.demand(ctx, id, doing, people(root(), fred(), barney(), wilma()))
		})
}

func rollbackOfRunning() {
	const id = "rfc6241-8.5.5.1-rollback-running"
	It("undoes an edit of running that fails", Spec("edit/rollback-running"), Covers(id), Needs("fixture:model"),
		func(ctx ginkgo.SpecContext) {
			m := fixtureModel(ctx)
			m.datastore = datastore.Running
			begin(ctx, m).try(ctx, id, trial{doing: "a failing edit of running with rollback-on-error", reply: refuse(),
				send: m.users(newWilma()+deletePebbles(), m.untested(netconf.ErrorOption(rollback))...)})
		})
}

func rollbackIdentifier() {
	const id = "rfc6241-8.5.3-identifier"
	It("announces the capability by its URI", Spec("edit/rollback-identifier"), Covers(id), func(ctx ginkgo.SpecContext) {
		DemandExactURI(id, Open(ctx).Hello().Capabilities, "urn:ietf:params:netconf:capability:rollback-on-error:1.0")
	})
}
