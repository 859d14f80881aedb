package errors

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// stimulus is a request that brings forth an error-tag.
type stimulus struct {
	doing     string
	operation string
	options   []session.Option
	reply     Matcher  // what is demanded of the reply, nil nothing
	legal     []string // error-tags that may come, for the report
	names     naming   // in error-info, where the tag comes
}

// tagged is an error-tag of RFC 6241 Appendix A, and what brings it forth.
type tagged struct {
	tag   string
	text  string
	needs []string
	// stimuli gives the requests, once all is prepared that they need. They leave T alone.
	stimuli func(ctx context.Context, b bench) []stimulus
}

func tags() {
	ginkgo.Describe("error list", func() {
		for _, t := range slices.Concat(attributeTags(), elementTags(), dataTags(), operationTags()) {
			t.specify()
		}
	})
}

func (t tagged) specify() {
	id := "rfc6241-A-" + t.tag
	It(t.text, Spec("errors/"+t.tag), Covers(id), Needs(t.needs...), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		stimuli := t.stimuli(ctx, b)
		before, judged := b.look(ctx, b.store), false
		for _, each := range stimuli {
			judged = t.judge(ctx, id, b, each) || judged
		}
		b.unchanged(ctx, id, b.store, before)
		if !judged {
			NoVerdict("the server sent no " + t.tag)
		}
	})
}

// judge sends one request, and tells whether the reply could be judged.
func (t tagged) judge(ctx context.Context, id string, b bench, each stimulus) bool {
	reply := b.s.RPC(ctx, each.operation, each.options...)
	Observe(each.doing, outcome(reply), append([]string{t.tag}, each.legal...)...)
	if each.reply != nil {
		Demand(id, reply).To(upon(each.doing, each.reply))
	}
	if !sends(reply, t.tag) {
		return each.reply != nil
	}
	Demand(id, reply).To(upon(each.doing, haveShape(t.tag, monitor.OldServer(b.s), each.names)))
	return true
}

func attributeTags() []tagged {
	return []tagged{
		{tag: "missing-attribute", text: "names the attribute that is missing, and its element", stimuli: missingAttribute},
		{tag: "bad-attribute", text: "names the attribute with a bad value, and its element", stimuli: badAttribute},
		{tag: "unknown-attribute", text: "names the attribute that it does not know, and its element", stimuli: unknownAttribute},
	}
}

func missingAttribute(_ context.Context, b bench) []stimulus {
	all := []stimulus{{doing: "get-config without message-id", operation: session.Nothing(), options: []session.Option{session.WithoutMessageID()},
		reply: BeRPCError(MissingAttribute), names: naming{attribute: "message-id", element: "rpc"}}}
	if b.claims.Has("xpath") {
		all = append(all, stimulus{doing: "filter of type xpath without select",
			operation: `<get-config><source><running/></source><filter type="xpath"/></get-config>`,
			names:     naming{attribute: "select", element: "filter"}})
	}
	return all
}

func badAttribute(_ context.Context, b bench) []stimulus {
	all := []stimulus{{doing: "filter of an undefined type", operation: `<get><filter type="bogus"/></get>`, reply: refuse(),
		names: naming{attribute: "type", element: "filter"}}}
	if leaf, ok := b.leaf(); ok {
		all = append(all, stimulus{doing: "an undefined operation in edit-config", operation: b.edit(leaf.Config(leaf.Values[0], "bogus")),
			reply: refuse(), names: naming{attribute: "operation", element: leaf.Path[len(leaf.Path)-1].Local}})
	}
	return all
}

func unknownAttribute(_ context.Context, b bench) []stimulus {
	all := []stimulus{{doing: "get-config with an undefined attribute", names: naming{attribute: "foo", element: "get-config"},
		operation: `<get-config foo="1"><source><running/></source><filter type="subtree"/></get-config>`}}
	if model, ok := b.model(); ok {
		all = append(all, stimulus{doing: "an entry with an undefined attribute", operation: b.edit(model.Users(`<user foo="1"><name>fred</name></user>`)),
			names: naming{attribute: "foo", element: "user"}})
	}
	return all
}

func elementTags() []tagged {
	return []tagged{
		{tag: "missing-element", text: "names the element that is missing", stimuli: missingElement},
		{tag: "bad-element", text: "names the element with a bad value", stimuli: badElement},
		{tag: "unknown-element", text: "names the element that it does not know", stimuli: unknownElement},
		{tag: "unknown-namespace", text: "names the namespace that it does not know, and the element", stimuli: unknownNamespace},
	}
}

func missingElement(_ context.Context, b bench) []stimulus {
	all := []stimulus{
		{doing: "kill-session without session-id", operation: "<kill-session/>", reply: refuse(), names: naming{element: "session-id"}},
		{doing: "get-config without source", operation: "<get-config/>", reply: refuse(), names: naming{element: "source"},
			legal: []string{"data-missing"}},
	}
	if model, ok := b.model(); ok {
		all = append(all, stimulus{doing: "an entry without its key", reply: BeRPCError(MissingElement), names: naming{element: "name"},
			operation: b.edit(model.Users(`<user><type>admin</type></user>`))})
	}
	return all
}

func badElement(_ context.Context, b bench) []stimulus {
	either := BeRPCError("bad-element", InvalidValue).OfSeverity("error").OfType(contentLayers(b)...)
	all := []stimulus{{doing: "letters for a session-id", operation: netconf.KillSession("x"), reply: either, legal: []string{InvalidValue},
		names: naming{element: "session-id"}}}
	if leaf, ok := b.leaf(); ok {
		all = append(all, stimulus{doing: "an undefined default-operation", reply: either, legal: []string{InvalidValue},
			operation: b.edit(leaf.Config(leaf.Values[0], ""), netconf.DefaultOperation("bogus")), names: naming{element: "default-operation"}})
	}
	return all
}

// contentLayers are the error-types that most tags have.
func contentLayers(b bench) []string {
	if monitor.OldServer(b.s) {
		return []string{RPC, Protocol, Application}
	}
	return []string{Protocol, Application}
}

func unknownElement(_ context.Context, b bench) []stimulus {
	all := []stimulus{{doing: "get-config with an undefined parameter", reply: refuse(), names: naming{element: "bogus"},
		operation: "<get-config><source><running/></source><bogus/></get-config>"}}
	if model, ok := b.model(); ok {
		all = append(all, stimulus{doing: "a leaf that the model does not have", reply: refuse(), names: naming{element: "no-such-leaf"},
			operation: b.edit(model.Users(`<user><name>fred</name><no-such-leaf>1</no-such-leaf></user>`))})
	}
	return all
}

// foreign is a namespace that no server knows.
const foreign = "urn:example:unknown"

func unknownNamespace(_ context.Context, b bench) []stimulus {
	return []stimulus{{doing: "a namespace that nobody knows", operation: b.edit(`<top xmlns="` + foreign + `"/>`), reply: refuse(),
		names: naming{element: "top", namespace: foreign}}}
}

func dataTags() []tagged {
	return []tagged{
		{tag: "data-exists", text: "is of the application where data exists", needs: []string{"fixture:leaf"}, stimuli: dataExists},
		{tag: "data-missing", text: "is of the application where data is missing", needs: []string{"fixture:leaf"}, stimuli: dataMissing},
	}
}

func dataExists(ctx context.Context, b bench) []stimulus {
	leaf, _ := b.leaf()
	Given(b.s.RPC(ctx, leaf.Edit(leaf.Values[0]))).To(BeOK())
	return []stimulus{{doing: "create of a leaf that is there", operation: b.edit(leaf.Config(leaf.Values[0], "create"))}}
}

func dataMissing(ctx context.Context, b bench) []stimulus {
	leaf, _ := b.leaf()
	if leaf.Read(ctx, b.s, b.store) != "" {
		Given(b.s.RPC(ctx, b.edit(leaf.Config("", "delete")))).To(BeOK())
	}
	all := []stimulus{{doing: "delete of a leaf that is not there", operation: b.edit(leaf.Config("", "delete"))}}
	if model, ok := b.model(); ok {
		all = append(all,
			stimulus{doing: "delete of an entry that is not there",
				operation: b.edit(model.Users(`<user ` + xc + ` xc:operation="delete"><name>wilma</name></user>`))},
			stimulus{doing: "a leaf of an entry that is not there, by default none", operation: b.edit(
				model.Users(`<user><name>wilma</name><type>admin</type></user>`), netconf.DefaultOperation("none"))})
	}
	return all
}

func operationTags() []tagged {
	return []tagged{
		{tag: "invalid-value", text: "has invalid-value of the protocol or the application", stimuli: invalidValue},
		{tag: "operation-not-supported", text: "has operation-not-supported of the protocol or the application", stimuli: notSupported},
		{tag: "operation-failed", text: "has operation-failed of any layer above the transport", stimuli: operationFailed},
	}
}

func invalidValue(_ context.Context, b bench) []stimulus {
	return []stimulus{{doing: "kill-session of oneself", operation: netconf.KillSession(b.s.ID()),
		reply: BeRPCError(InvalidValue).OfType(Protocol, Application).OfSeverity("error")}}
}

func notSupported(_ context.Context, b bench) []stimulus {
	all := []stimulus{{doing: "an operation that nobody has", operation: "<bogus-operation/>", reply: refuse(), legal: []string{UnknownElement}}}
	if !b.claims.Has("candidate") {
		all = append(all, stimulus{doing: "commit without candidate", operation: netconf.Commit(), reply: refuse(), legal: []string{UnknownElement}})
	}
	if model, ok := b.model(); ok && !b.claims.Has("rollback-on-error") {
		all = append(all, stimulus{doing: "rollback-on-error without the capability", legal: []string{InvalidValue},
			operation: b.edit(model.Users(`<user><name>fred</name></user>`), netconf.ErrorOption("rollback-on-error"))})
	}
	return all
}

func operationFailed(context.Context, bench) []stimulus {
	return []stimulus{{doing: "unlock without a lock", operation: `<unlock><target><running/></target></unlock>`}}
}
