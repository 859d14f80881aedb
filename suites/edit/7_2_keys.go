package edit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
)

func keys() {
	specify(probe{slug: "missing-key", text: "refuses a list entry without its key", id: "rfc6241-7.2-config-model-missing-key",
		model: func(m model) []trial {
			var all []trial
			for _, operation := range []string{"merge", "create", "delete"} {
				all = append(all, trial{doing: operation + " of an entry without its key", sound: m.users(newWilma()), reply: refuse(),
					send:  m.users(user{kind: "admin"}.xml(`xc:operation="` + operation + `"`)),
					legal: []string{"missing-element name"}})
			}
			return all
		}})
}

// sameNodeTwice sends edits whose outcome is left open, but not that they are answered: servers have died of them.
func sameNodeTwice() {
	const id = "rfc6241-4.2-reply-to-each-rpc"
	It("answers edits that name a list entry twice", Spec("edit/same-node-twice"), Covers(id), Touches(effect.Candidate),
		Needs("fixture:model", "candidate|writable-running"), func(ctx ginkgo.SpecContext) {
			m := fixtureModel(ctx)
			b := begin(ctx, m)
			for _, twice := range [][2]string{{"create", "delete"}, {"delete", "create"}, {"create", "create"}, {"merge", "merge"}} {
				b.prepare(ctx, m.usual())
				first, second := wilma().xml(`xc:operation="`+twice[0]+`"`), wilma().xml(`xc:operation="`+twice[1]+`"`)
				reply := b.send(ctx, m.users(first+second))
				Demand(id, reply).To(BeAnswered())
				Observe(twice[0]+" and "+twice[1]+" of one entry", answer(reply))
			}
		})
}
