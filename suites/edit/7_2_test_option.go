package edit

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func testOption() {
	ginkgo.Describe("test-option", func() {
		specify(testOptionProbes()...)
		specify(halfInvalid("test-then-set-invalid", "changes nothing where the test fails", "rfc6241-7.2-test-then-set-invalid",
			netconf.TestOption("test-then-set")))
		specify(halfInvalid("test-option-default", "tests first when test-option is not given", "rfc6241-7.2-test-option-default"))
		setWithoutTest()
		optionWithoutCapability()
	})
}

func testOptionProbes() []probe {
	return []probe{
		{slug: "test-then-set-valid", text: "makes a change that passes the test", id: "rfc6241-7.2-test-then-set-valid",
			leaf: func(l leaf) []trial {
				return []trial{{doing: "a valid edit with test-then-set", reply: BeOK(), after: l.Values[1],
					send: l.edit(l.Values[1], "", netconf.TestOption("test-then-set"))}}
			}},
		{slug: "test-only-valid", text: "changes nothing when it is only to test", id: "rfc6241-7.2-test-only-valid",
			leaf: func(l leaf) []trial {
				return []trial{{doing: "a valid edit with test-only", reply: BeOK(),
					send: l.edit(l.Values[1], "", netconf.TestOption("test-only"))}}
			}},
		{slug: "test-only-invalid", text: "reports what is wrong when it is only to test", id: "rfc6241-7.2-test-only-invalid",
			model: func(m model) []trial {
				return []trial{{doing: "letters for a number with test-only", sound: m.edit(mtu("9000"), netconf.TestOption("test-only")),
					send: m.edit(mtu("abc"), netconf.TestOption("test-only")), reply: refuse(), legal: []string{InvalidValue}}}
			}},
		{slug: "test-option-invalid", text: "refuses any other test-option", id: "rfc6241-7.2-test-option-invalid",
			leaf: func(l leaf) []trial { return []trial{l.invalid("test-option", "test", "set")} }},
	}
}

// mtu is the interface eth0 with that mtu.
func mtu(value string) string {
	return "<interface><name>eth0</name><mtu>" + value + "</mtu></interface>"
}

// halfInvalid is the probe of an edit of which the first part is valid and the second is not.
func halfInvalid(slug, text, id string, options ...netconf.EditOption) probe {
	return probe{slug: slug, text: text, id: id, model: func(m model) []trial {
		edit := func(value string) string {
			return m.edit(`<users><user><name>fred</name><full-name>F. Flintstone</full-name></user></users>`+mtu(value), options...)
		}
		return []trial{{doing: "a valid leaf and then letters for a number", sound: edit("9000"), send: edit("abc"), reply: refuse(),
			legal: []string{InvalidValue}}}
	}}
}

func setWithoutTest() {
	const id = "rfc6241-7.2-test-option-set"
	It("makes a change without a test", Spec("edit/test-option-set"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			b.prepare(ctx, l.usual())
			reply := b.send(ctx, l.edit(l.Values[1], "", netconf.TestOption("set")))
			Demand(id, reply).To(settle())
			if !reply.OK {
				NoVerdict("the server refuses the content at once: " + answer(reply))
			}
			b.demand(ctx, id, "an edit with test-option set", l.Values[1])
			if rule := FromContext(ctx).Target.Fixture.Constraint; rule != nil {
				b.setBreaking(ctx, id, rule.Broken)
			}
		})
}

// setBreaking sets what breaks a rule between nodes. A server may look at those at once, or leave it to validate.
func (b *bench) setBreaking(ctx context.Context, id, config string) {
	reply := b.send(ctx, netconf.EditConfig(b.at.store(), config, netconf.TestOption("set")))
	Demand(id, reply).To(settle())
	Observe("answer to an edit with test-option set that breaks a rule between nodes", answer(reply), "ok", "any error-tag")
	if !reply.OK {
		return
	}
	all := b.s.GetConfig(ctx, b.at.store(), "")
	Given(all).To(CarryData())
	lines := guard.Leaves(parse(config), all.Data)
	missing, _ := guard.Difference(lines[0], lines[1])
	Demand(id, len(missing)).To(upon("an edit with test-option set that breaks a rule between nodes, and is answered with ok: leaves missing",
		Equal(0)))
	Observe("answer to validate then", answer(b.s.RPC(ctx, netconf.Validate(b.at.store()))), "ok", "any error-tag")
}

func optionWithoutCapability() {
	It("is asked for a test that it does not offer", Spec("edit/test-option-without-capability"),
		Covers("rfc6241-7.2-test-option-without-capability"), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			l := fixtureLeaf(ctx)
			b := begin(ctx, l)
			b.prepare(ctx, l.usual())
			reply := b.send(ctx, l.edit(l.Values[1], "", netconf.TestOption("set")))
			Given(reply).To(BeAnswered())
			Observe("answer to test-option without the capability", answer(reply), "ok", "unknown-element test-option", OperationNotSupported)
		})
}
