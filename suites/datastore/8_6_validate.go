package datastore

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func validate() {
	ginkgo.Describe("RFC 6241 §8.6, validate", func() {
		named("datastore/validate-identifier", "rfc6241-8.6.3-identifier",
			"urn:ietf:params:netconf:capability:validate:1.1", "urn:ietf:params:netconf:capability:validate:1.0")
		olderValidate()
		syntaxErrors()
		validateRunning()
		validateInline()
		brokenConstraint()
		changesNothing()
		withoutSource()
		unavailable()
		testOptions()
	})
}

func olderValidate() {
	It("announces version 1.0 beside 1.1, or does not", Spec("datastore/validate-older-version"),
		Covers("rfc6241-8.6.1-old-version-may-be-advertised"), func(ctx ginkgo.SpecContext) {
			both := Open(ctx).Hello().Capabilities.Has("validate:1.0")
			Observe("validate:1.0 beside 1.1", map[bool]string{true: "announced", false: "not announced"}[both], "announced", "not announced")
		})
}

// check validates a configuration that is sent along.
func check(ctx context.Context, s *session.Session, c configuration) *session.Reply {
	return s.RPC(ctx, netconf.ValidateSource(netconf.Inline(c.xml())))
}

func syntaxErrors() {
	const id = "rfc6241-8.6.1-validate-supported"
	It("finds what the data model does not allow", Spec("datastore/validate-syntax"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Demand(id, check(ctx, s, read(ctx, s, running))).To(BeOK())
			demandRefused(id, "unknown element", check(ctx, s, read(ctx, s, running).withUnknown(FixtureLeaf(ctx))))
			if m := FromContext(ctx).Target.Fixture.Model; m != nil {
				demandRefused(id, "value of the wrong type", check(ctx, s, read(ctx, s, running).withWrongType(m)))
			}
		})
}

func validateRunning() {
	const id = "rfc6241-8.6.4.1-validate-running"
	It("finds running valid", Spec("datastore/validate-running"), Covers(id), func(ctx ginkgo.SpecContext) {
		Demand(id, answering(ctx).RPC(ctx, netconf.Validate(running))).To(BeOK())
	})
}

func validateInline() {
	const id = "rfc6241-8.6.4.1-validate-inline"
	It("validates a configuration that is sent along", Spec("datastore/validate-inline"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		before := readAll(ctx, s)
		Demand(id, check(ctx, s, read(ctx, s, running))).To(BeOK())
		demandUnchanged(ctx, s, id, before)
	})
}

func brokenConstraint() {
	const id = "rfc6241-8.6.4.1-validate-failure-reported"
	It("reports a rule between nodes that is broken", Spec("datastore/validate-constraint"), Covers(id), Needs("fixture:constraint"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			broken := FromContext(ctx).Target.Fixture.Constraint.Broken
			edit := s.RPC(ctx, netconf.EditConfig(candidate, broken, netconf.TestOption("set")))
			if refused(edit) {
				NoVerdict("the server checks the rule at the edit already: " + outcome(edit))
			}
			Given(edit).To(BeOK())
			before := read(ctx, s, candidate)
			reply := s.RPC(ctx, netconf.Validate(candidate))
			demandRefused(id, "broken constraint", reply)
			for _, e := range reply.Errors {
				Observe("error-path", e.Path)
			}
			Demand(id, read(ctx, s, candidate)).To(beEqualTo(before))
		})
}

func changesNothing() {
	const id = "rfc6241-8.6.4.1-validate-changes-nothing"
	It("changes nothing by validating", Spec("datastore/validate-changes-nothing"), Covers(id), Needs("fixture:leaf"),
		func(ctx ginkgo.SpecContext) {
			s, leaf := Open(ctx), FixtureLeaf(ctx)
			value := leaf.Other(leaf.Read(ctx, s, running))
			if leaf.Store == candidate {
				_, value = leaf.Change(ctx, s)
			}
			before := readAll(ctx, s)
			Given(s.RPC(ctx, netconf.Validate(running))).To(BeAnswered())
			demandUnchanged(ctx, s, id, before)
			if leaf.Store == candidate {
				Given(s.RPC(ctx, netconf.Validate(candidate))).To(BeAnswered())
				demandUnchanged(ctx, s, id, before)
			}
			Given(check(ctx, s, read(ctx, s, running).withLeaf(leaf, value))).To(BeAnswered())
			demandUnchanged(ctx, s, id, before)
		})
}

func withoutSource() {
	const id = "rfc6241-8.6.4.1-validate-missing-source"
	It("validates nothing without a source", Spec("datastore/validate-without-source"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := answering(ctx)
		demandMissing(id, "no source", "source", s.RPC(ctx, "<validate/>"))
		demandMissing(id, "an empty source", "source", s.RPC(ctx, "<validate><source/></validate>"))
	})
}

func unavailable() {
	const id = "rfc6241-8.6.4.1-validate-unavailable"
	It("does not validate without the capability", Spec("datastore/validate-unavailable"), Covers(id), func(ctx ginkgo.SpecContext) {
		demandRefused(id, "validate", answering(ctx).RPC(ctx, netconf.Validate(running)))
	})
}

func testOptions() {
	const id = "rfc6241-8.6.5.1-test-option-accepted"
	It("takes test-option in edit-config", Spec("datastore/test-option"), Covers(id), Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
		s, leaf := Open(ctx), FixtureLeaf(ctx)
		for _, option := range []string{"test-then-set", "set", "test-only"} {
			before := leaf.Read(ctx, s, leaf.Store)
			value := leaf.Other(before)
			Demand(id, s.RPC(ctx, netconf.EditConfig(leaf.Store, leaf.Config(value, ""), netconf.TestOption(option)))).To(BeOK())
			after := leaf.Read(ctx, s, leaf.Store)
			Observe("the leaf after "+option, map[bool]string{true: "changed", false: "unchanged"}[after == value])
		}
	})
}
