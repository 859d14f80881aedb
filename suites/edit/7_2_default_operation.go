package edit

import (
	"context"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func defaultOperation() {
	ginkgo.Describe("default-operation", func() {
		specify(defaultMergeProbe())
		specify(unchangingNoneProbes()...)
		specify(changingNoneProbes()...)
		specify(defaultInvalidProbe())
		defaultReplace()
	})
}

func defaultMergeProbe() probe {
	return probe{slug: "default-operation-default", text: "merges when default-operation is not given",
		id: "rfc6241-7.2-default-op-default",
		model: func(m model) []trial {
			const edit = `<user><name>fred</name><type>superuser</type></user>`
			after := people(root(), user{"fred", "superuser", "Fred Flintstone", "2", "2"}, barney())
			return []trial{
				{doing: "an edit without default-operation", send: m.users(edit), reply: BeOK(), after: after},
				{doing: "an edit by default merge", send: m.users(edit, netconf.DefaultOperation("merge")), reply: BeOK(), after: after},
			}
		},
		leaf: func(l leaf) []trial {
			return []trial{
				{doing: "an edit without default-operation", send: l.edit(l.Values[1], ""), reply: BeOK(), after: l.Values[1]},
				{doing: "an edit by default merge", send: l.edit(l.Values[1], "", netconf.DefaultOperation("merge")), reply: BeOK(),
					after: l.Values[1]},
			}
		}}
}

// unchangingNoneProbes are about edits by default-operation none that change nothing.
func unchangingNoneProbes() []probe {
	none := netconf.DefaultOperation("none")
	return []probe{
		{slug: "none-without-operation", text: "changes nothing by default none without an operation",
			id: "rfc6241-7.2-default-op-none-no-attr",
			model: func(m model) []trial {
				return []trial{{doing: "another value by default none", reply: BeOK(),
					send: m.users(`<user><name>fred</name><type>superuser</type></user>`, none)}}
			},
			leaf: func(l leaf) []trial {
				return []trial{
					{doing: "another value by default none", send: l.edit(l.Values[1], "", none), reply: BeOK()},
					{doing: "another value by default none, in a container that is new", fresh: true,
						send: l.edit(l.Values[1], "", none), reply: BeOK()},
				}
			}},
		{slug: "none-missing-level", text: "answers a level that is missing by default none with data-missing",
			id: "rfc6241-7.2-default-op-none-missing-level",
			model: func(m model) []trial {
				const intro = "by default none, below an entry that is not there: "
				return []trial{
					{doing: intro + "delete", reply: BeRPCError(dataMissing),
						send: m.users(`<user><name>wilma</name><full-name xc:operation="delete"/></user>`, none)},
					{doing: intro + "create", reply: BeRPCError(dataMissing),
						send: m.users(`<user><name>wilma</name><full-name xc:operation="create">Wilma</full-name></user>`, none)},
					{doing: intro + "no operation", reply: BeRPCError(dataMissing), send: m.users(wilma().xml(""), none)},
				}
			}},
	}
}

// changingNoneProbes are about edits by default-operation none that change what an operation names.
func changingNoneProbes() []probe {
	none := netconf.DefaultOperation("none")
	return []probe{
		{slug: "none-delete", text: "deletes by default none what an operation names", id: "rfc6241-7.2-default-op-none-delete",
			model: func(m model) []trial {
				return []trial{{doing: "delete of an entry by default none", reply: BeOK(), after: people(root(), barney()),
					send: m.users(`<user xc:operation="delete"><name>fred</name></user>`, none)}}
			},
			leaf: func(l leaf) []trial {
				return []trial{{doing: "delete of the leaf by default none", send: l.edit("", "delete", none), reply: BeOK(), after: nothing}}
			}},
		{slug: "none-create", text: "creates, merges and replaces by default none what an operation names",
			id: "rfc6241-7.2-default-op-none-create",
			model: func(m model) []trial {
				var all []trial
				for _, operation := range []string{"create", "merge", "replace"} {
					all = append(all, trial{doing: operation + " of an entry by default none", reply: BeOK(),
						send:  m.users(wilma().xml(`xc:operation="`+operation+`"`), none),
						after: people(root(), fred(), barney(), wilma())})
				}
				return all
			}},
	}
}

func defaultInvalidProbe() probe {
	return probe{slug: "default-operation-invalid", text: "refuses any other default-operation",
		id: "rfc6241-7.2-default-op-invalid",
		leaf: func(l leaf) []trial {
			var all []trial
			for _, value := range []string{"delete", "create", "", "Merge"} {
				all = append(all, l.invalid("default-operation", value, "merge"))
			}
			return all
		}}
}

// invalid is the trial of a parameter of edit-config with a value that it does not have, instead of one that it has.
func (l leaf) invalid(parameter, value, valid string) trial {
	edit := func(value string) string {
		return l.raw("<" + parameter + ">" + value + "</" + parameter + "><config>" + l.Config(l.Values[1], "") + "</config>")
	}
	return trial{doing: parameter + ` "` + value + `"`, sound: edit(valid), send: edit(value), reply: refuse(),
		legal: []string{"invalid-value", "bad-element " + parameter}}
}

// raw is an edit-config with parameters as they stand behind the target.
func (l leaf) raw(parameters string) string {
	return "<edit-config><target><" + string(l.Store) + "/></target>" + parameters + "</edit-config>"
}

func defaultReplace() {
	const id = "rfc6241-7.2-default-op-replace"
	It("replaces all of the target by default replace", Spec("edit/default-operation-replace"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			l, s := fixtureLeaf(ctx), Open(ctx)
			Given(s.Lock(ctx, datastore.Candidate)).To(BeOK())
			ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.Unlock(ctx, datastore.Candidate) })
			Given(s.RPC(ctx, l.Edit(l.usual()))).To(BeOK())
			all := s.GetConfig(ctx, datastore.Candidate, "")
			Given(all).To(CarryData())
			replace := func() *session.Reply {
				return s.RPC(ctx, netconf.EditConfig(datastore.Candidate, inside(all.Data), netconf.DefaultOperation("replace")))
			}
			first := replace()
			Given(first).To(BeAnswered())
			Demand(id, first).NotTo(upon("the whole candidate by default replace", refuseTheOption()))
			if !first.Normal() {
				NoVerdict("the server does not take back what it shows of the candidate: " + answer(first))
			}
			cutFixture(ctx, all)
			const doing = "the candidate without the fixture by default replace"
			Demand(id, replace()).To(upon(doing, BeOK()))
			found := s.GetConfig(ctx, datastore.Candidate, "")
			Given(found).To(CarryData())
			Demand(id, found).To(upon(doing, &held{before: all, hides: FromContext(ctx).Redactor.Hides}))
		})
}

// refuseTheOption holds for an rpc-error about default-operation itself.
func refuseTheOption() Matcher {
	return BeReply("an rpc-error that is about default-operation", func(r *session.Reply) bool {
		return slices.ContainsFunc(r.Errors, func(e netconf.RPCError) bool {
			return e.Tag == OperationNotSupported || strings.HasSuffix(e.BadElement, "default-operation") ||
				strings.Contains(e.Path, "default-operation")
		})
	})
}

// cutFixture takes the leaf out of a reply, and all of the model, where the fixture has one: a server may replace the nodes
// that are sent and keep the others.
func cutFixture(ctx context.Context, reply *session.Reply) {
	f := FromContext(ctx).Target.Fixture
	cut(reply, f.Leaf.Expr(), f.Leaf.Namespaces())
	if f.Model != nil {
		cut(reply, "/nc:rpc-reply/nc:data/t:top", f.Model.Namespaces())
	}
}

// cut takes a node out of a reply.
func cut(reply *session.Reply, expression string, ns map[string]string) {
	x, err := netconf.CompileXPath(expression, ns)
	Given(err).To(Succeed())
	nodes := x.Nodes(reply.Document)
	Given(len(nodes)).To(Equal(1))
	xmlquery.RemoveFromTree(nodes[0])
}
