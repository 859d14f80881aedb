package edit

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func errorOption() {
	ginkgo.Describe("error-option", func() {
		specify(probe{slug: "error-option-invalid", text: "refuses any other error-option", id: "rfc6241-7.2-error-option-invalid",
			leaf: func(l leaf) []trial { return []trial{l.invalid("error-option", "ignore", "stop-on-error")} }})
		stopByDefault()
		stopOnError()
		continueOnError()
	})
}

// made are the contents of the model that may come of an edit with newWilma and newBetty, by what was made of them.
func made() map[string]string {
	return map[string]string{
		"none of them": people(root(), fred(), barney()),
		"the first":    people(root(), fred(), barney(), wilma()),
		"the second":   people(root(), fred(), barney(), betty()),
		bothOfThem:     people(root(), fred(), barney(), wilma(), betty()),
	}
}

const bothOfThem = "both of them"

// which tells which of the contents of made the model has; "" where it has another one.
func (b *bench) which(ctx context.Context, view *session.Reply) string {
	for name, content := range made() {
		if b.holds(ctx, content, view) {
			return name
		}
	}
	return ""
}

// beMade holds for the name of one of the contents of made.
func beMade() Matcher {
	return Hold("what was there, with or without each of the two new entries", func(name string) bool { return name != "" })
}

func stopByDefault() {
	const id = "rfc6241-7.2-stop-on-error-default"
	It("stops on an error when error-option is not given", Spec("edit/stop-on-error-default"), Covers(id), Needs("fixture:model"),
		func(ctx ginkgo.SpecContext) {
			m := fixtureModel(ctx)
			b := begin(ctx, m)
			edit := newWilma() + fredAgain()
			var answers, states []string
			for _, options := range [][]netconf.EditOption{nil, {netconf.ErrorOption("stop-on-error")}} {
				b.prepare(ctx, m.usual())
				reply := b.send(ctx, m.users(edit, m.untested(options...)...))
				Demand(id, reply).To(refuse())
				answers, states = append(answers, tags(reply)), append(states, b.which(ctx, b.read(ctx)))
			}
			Demand(id, answers[0]).To(Equal(answers[1]))
			Observe("both leave the same behind", states[0] == states[1], "true", "false")
		})
}

// tags are the different error-tags of an answer.
func tags(reply *session.Reply) string {
	var all []string
	for _, e := range reply.Errors {
		all = append(all, e.Tag)
	}
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(all))), ", ")
}

func stopOnError() {
	const id = "rfc6241-7.2-stop-on-error"
	It("does not go on behind an error with stop-on-error", Spec("edit/stop-on-error"), Covers(id), Needs("fixture:model"),
		func(ctx ginkgo.SpecContext) {
			m := fixtureModel(ctx)
			b := begin(ctx, m)
			b.prepare(ctx, m.usual())
			reply := b.send(ctx, m.users(newWilma()+fredAgain()+newBetty()+rootAgain(),
				m.untested(netconf.ErrorOption("stop-on-error"))...))
			Demand(id, reply).To(BeRPCError(dataExists))
			view := b.seen(ctx)
			found := b.which(ctx, view)
			Demand(id, found).To(beMade())
			Observe("valid parts that were carried out", found)
			Observe("errors", len(reply.Errors))
			Demand(id, len(reply.Errors) > 1 && found == bothOfThem).NotTo(BeTrue("processing stopped at the first error"))
		})
}

func continueOnError() {
	const id = "rfc6241-7.2-continue-on-error-negative-reply"
	It("reports errors with continue-on-error", Spec("edit/continue-on-error"),
		Covers(id, "rfc6241-7.2-continue-on-error-continues"), Needs("fixture:model"), func(ctx ginkgo.SpecContext) {
			m := fixtureModel(ctx)
			b := begin(ctx, m)
			b.prepare(ctx, m.usual())
			reply := b.send(ctx, m.users(newWilma()+fredAgain()+newBetty()+deletePebbles(),
				m.untested(netconf.ErrorOption("continue-on-error"))...))
			Demand(id, reply).To(refuse())
			for _, e := range reply.Errors {
				Demand(id, e.Tag).To(Hold("data-exists or data-missing", func(tag string) bool { return tag == dataExists || tag == dataMissing }))
			}
			found := b.which(ctx, b.seen(ctx))
			Demand(id, found).To(beMade())
			Observe("valid parts that were carried out", found)
			Observe("errors", len(reply.Errors))
		})
}
