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

// outcome is a content that the model may have after an edit, and what it says of the edit.
type outcome struct{ made, content string }

// bothMade says of an edit with newWilma and newBetty that nothing has kept it from making both.
const bothMade = "both"

// outcomes are those of an edit with newWilma and newBetty among parts that cannot be made.
func outcomes() []outcome {
	return []outcome{
		{"none", people(root(), fred(), barney())},
		{"the first", people(root(), fred(), barney(), wilma())},
		{"the second", people(root(), fred(), barney(), betty())},
		{bothMade, people(root(), fred(), barney(), wilma(), betty())},
	}
}

// made tells which of the outcomes there was, "" for another one.
func (b *bench) made(ctx context.Context, view *session.Reply) string {
	for _, o := range outcomes() {
		if b.holds(ctx, o.content, view) {
			return o.made
		}
	}
	return ""
}

// observeMade judges that what was there is still there, whatever has been added, and records what has.
func (b *bench) observeMade(ctx context.Context, id string, reply *session.Reply) string {
	view := b.seen(ctx)
	found := b.made(ctx, view)
	if found == "" {
		Demand(id, view).To(b.hold(ctx, b.given)) // says what is not as it was
	}
	Observe("valid parts that were made", found, "none", "the first", "the second", bothMade)
	Observe("errors", len(reply.Errors))
	return found
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
				answers, states = append(answers, tags(reply)), append(states, b.made(ctx, b.read(ctx)))
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
			wentOn := b.observeMade(ctx, id, reply) == bothMade && len(reply.Errors) > 1
			Demand(id, !wentOn).To(BeTrue("there is an error for each part that could not be made, and both others were made"))
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
			b.observeMade(ctx, id, reply)
		})
}
