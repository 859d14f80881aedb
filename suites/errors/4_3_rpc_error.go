package errors

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func reporting() {
	ginkgo.Describe("rpc-error", func() {
		alwaysReported()
		severalFaults()
		extensions()
		notExecuted()
		appTag()
	})
}

func alwaysReported() {
	const id = "rfc6241-4.3-error-always-reported"
	It("comes for each condition that is an error", Spec("errors/always-reported"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, b := Open(ctx, Named("holder")), begin(ctx)
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		refuses(ctx, id, b.s,
			probe{"an operation that nobody has", "<no-such-operation/>"},
			probe{"get-config without source", "<get-config/>"},
			probe{"get-config of an undefined source", "<get-config><source><bogus/></source></get-config>"},
			probe{"kill-session of session 0", netconf.KillSession("0")},
			probe{"lock of what is locked", netconf.Lock(datastore.Running)})
	})
}

func severalFaults() {
	const id = "rfc6241-4.3-multiple-errors-allowed"
	It("may come once for each of several faults", Spec("errors/several-faults"), Covers(id), Needs("fixture:model"), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		faulty := func(name, content string) string {
			return "<interface><name>" + name + "</name>" + content + "</interface>"
		}
		reply := b.s.RPC(ctx, b.edit(b.fixture.Model.Top(faulty("eth0", "<mtu>1</mtu><no-such-leaf/>")+faulty("eth1", "<mtu>65000</mtu>"))))
		if reply.Outcome != session.Answered {
			Observe("three faults in one edit", outcome(reply))
			return
		}
		Observe("rpc-errors for three faults in one edit", len(reply.Errors))
		for _, e := range reply.Errors {
			Observe("fault", told(e)+" "+e.Path)
		}
	})
}

func extensions() {
	const id = "rfc6241-4.3-error-info-extensions"
	It("may say more in error-info", Spec("errors/info-extensions"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		watched := FromContext(ctx).Monitor
		if watched.Seen(monitor.ErrorInfos) == 0 {
			NoVerdict("no error-info was seen")
		}
		Observe(string(monitor.ForeignInfos), watched.Seen(monitor.ForeignInfos))
	})
}

func notExecuted() {
	const id = "rfc6241-4.3-missing-message-id-not-executed"
	It("means that nothing was done where the message-id is missing", Spec("errors/missing-message-id-not-executed"), Covers(id),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) {
			b := begin(ctx)
			leaf, _ := b.leaf()
			before := leaf.Read(ctx, b.s, b.store)
			reply := b.s.RPC(ctx, leaf.Edit(leaf.Other(before)), session.WithoutMessageID())
			Observe("edit-config without message-id", outcome(reply), "missing-attribute")
			if reply.Outcome != session.Answered || len(reply.Errors) == 0 {
				NoVerdict("an edit-config without message-id got no rpc-error")
			}
			if b.s.HasEnded() {
				b.s = Open(ctx)
			}
			Demand(id, leaf.Read(ctx, b.s, b.store)).To(Equal(before))
		})
}

func appTag() {
	const id = "rfc6241-4.3-error-app-tag-model-first"
	It("has the error-app-tag that the model defines", Spec("errors/app-tag-of-the-model"), Covers(id), Needs("fixture:model|fixture:constraint"),
		func(ctx ginkgo.SpecContext) {
			b := begin(ctx)
			_, ranged := b.model()
			if ranged {
				brokenRange(ctx, id, b)
			}
			if ruled := brokenRule(ctx, id, b); !ranged && !ruled {
				NoVerdict("the fixture names no error-app-tag for its rule, or the server does not claim validate")
			}
		})
}

// brokenRange gives a leaf values out of a range that has an error-app-tag.
func brokenRange(ctx context.Context, id string, b bench) {
	for _, value := range []string{"255", "9193"} {
		reply := b.s.RPC(ctx, mtu(b, value))
		Given(reply).To(refuse())
		Demand(id, reply).To(HaveXPath(`/nc:rpc-reply/nc:rpc-error[normalize-space(nc:error-app-tag)="mtu-out-of-range"]`))
	}
}

// brokenRule breaks a rule between nodes that has an error-app-tag, and tells whether the fixture has one.
func brokenRule(ctx context.Context, id string, b bench) bool {
	rule := b.fixture.Constraint
	if rule == nil || rule.AppTag == "" || !b.claims.Has("validate") {
		return false
	}
	Demand(id, broken(ctx, b, rule.Broken)).To(HaveXPath(`/nc:rpc-reply/nc:rpc-error[normalize-space(nc:error-app-tag)=` +
		netconf.Literal(rule.AppTag) + `]`))
	return true
}

// broken puts content into T that breaks a rule, and gives the reply that says so: to the edit where T is running or where
// the server looks at rules as soon as it is edited, else to validate.
func broken(ctx context.Context, b bench, content string) *session.Reply {
	reply := b.s.RPC(ctx, b.edit(content, netconf.TestOption("set")))
	if reply.Outcome == session.Answered && reply.OK && b.store == datastore.Candidate {
		reply = b.s.RPC(ctx, netconf.Validate(b.store))
	}
	Given(reply).To(refuse())
	return reply
}

// mtu is an edit of eth0 in T.
func mtu(b bench, value string) string {
	return b.edit(b.fixture.Model.Top("<interface><name>eth0</name><mtu>" + value + "</mtu></interface>"))
}
