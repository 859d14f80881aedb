package transport

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func permissions() {
	It("enforces permissions for the whole session", Spec("transport/permissions-all-session"), Needs("second-user", "fixture:leaf"),
		Touches(effect.Running), Covers("rfc6241-2.2-permissions-enforced-all-session"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-2.2-permissions-enforced-all-session"
			owner, guest, l := Open(ctx, Named("owner")), Open(ctx, AsSecondUser(), Named("guest")), FixtureLeaf(ctx)
			before := l.Read(ctx, owner, l.Store)
			write := l.Edit(l.Other(before))
			running := l.Read(ctx, owner, datastore.Running)
			deny := func(reply *session.Reply) {
				Given(reply).To(BeAnswered())
				Demand(id, denied(ctx, guest, reply)).To(BeRPCError())
				Demand(id, l.Read(ctx, owner, datastore.Running)).To(Equal(running))
			}
			deny(guest.RPC(ctx, write))
			for range 100 {
				Given(guest.Ping(ctx)).To(CarryData())
			}
			deny(guest.RPC(ctx, write))
			batch := []string{session.Nothing(), session.Nothing(), session.Nothing(), session.Nothing(), write,
				session.Nothing(), session.Nothing(), session.Nothing(), session.Nothing(), session.Nothing()}
			deny(guest.AwaitAll(ctx, guest.Pipeline(ctx, batch))[4])
			Demand(id, l.Read(ctx, owner, l.Store)).To(Equal(before))
		})

	It("denies what is not authorised", Spec("transport/access-denied"), Needs("second-user", "fixture:leaf"), Covers("rfc6241-9-access-denied"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-9-access-denied"
			owner, guest, l := Open(ctx, Named("owner")), Open(ctx, AsSecondUser(), Named("guest")), FixtureLeaf(ctx)
			before := l.Read(ctx, owner, datastore.Running)
			reply := denied(ctx, guest, guest.RPC(ctx, l.Edit(l.Other(before))))
			Demand(id, reply).To(BeRPCError())
			Demand(id, l.Read(ctx, owner, datastore.Running)).To(Equal(before))
			Observe("error-tag", reply.Errors[0].Tag, AccessDenied)
		})

	It("does not let a user commit what another changed and the first may not", Spec("transport/commit-of-foreign-changes"),
		Needs("second-user", "fixture:leaf"), Covers("rfc6241-9-commit-of-foreign-changes"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-9-commit-of-foreign-changes"
			owner, guest, l := Open(ctx, Named("owner")), Open(ctx, AsSecondUser(), Named("guest")), FixtureLeaf(ctx)
			running := l.Read(ctx, owner, datastore.Running)
			_, value := l.Change(ctx, owner)
			shared := l.Value(guest.GetConfig(ctx, datastore.Candidate, l.Filter())) == value
			reply := guest.Commit(ctx)
			if shared {
				Demand(id, reply).To(BeRPCError())
				Observe("error-tag", reply.Errors[0].Tag, AccessDenied)
			}
			Demand(id, l.Read(ctx, owner, datastore.Running)).To(Equal(running))
			Observe("candidate", map[bool]string{true: "shared", false: "not shared, or hidden"}[shared], "shared", "not shared, or hidden")
		})

	It("refuses copies that change what a user may not change", Spec("transport/global-operations"), Needs("second-user", "fixture:leaf", "candidate"),
		Covers("rfc6241-9-global-operations-authorised"), func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-9-global-operations-authorised"
			owner, guest, l := Open(ctx, Named("owner")), Open(ctx, AsSecondUser(), Named("guest")), FixtureLeaf(ctx)
			before := l.Read(ctx, owner, datastore.Running)
			copied := copyOfAll(ctx, owner, guest, l)
			Given(owner.RPC(ctx, copied)).To(BeOK())
			Given(owner.DiscardChanges(ctx)).To(BeOK())
			Demand(id, denied(ctx, guest, guest.RPC(ctx, copied))).To(BeRPCError())
			Demand(id, l.Read(ctx, owner, datastore.Running)).To(Equal(before))
		})

	It("writes to no URL without authorisation", Spec("transport/url-authorised"), Needs("second-user", "fixture:model"), Covers("rfc6241-9-url-authorised"),
		func(ctx ginkgo.SpecContext) {
			guest := Open(ctx, AsSecondUser(), Named("guest"))
			reply := guest.RPC(ctx, `<copy-config><target><url>file:///ncspec-guest.xml</url></target><source><running/></source></copy-config>`)
			Demand("rfc6241-9-url-authorised", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag, AccessDenied)
			Given(guest).To(StillAnswer(ctx))
		})
}

// denied gives the reply that refuses a write: of the write itself, or of the commit behind it.
func denied(ctx context.Context, guest *session.Session, reply *session.Reply) *session.Reply {
	if reply.Normal() && FromContext(ctx).Edited() == datastore.Candidate {
		return guest.RPC(ctx, netconf.Commit())
	}
	return reply
}

// copyOfAll is a copy-config to candidate of the whole configuration, as it is but for the leaf: a server that lets it
// through loses nothing. It can be made only where both users see the same.
func copyOfAll(ctx context.Context, owner, guest *session.Session, l Leaf) string {
	all, theirs := owner.GetConfig(ctx, datastore.Running, ""), guest.GetConfig(ctx, datastore.Running, "")
	Given(all).To(CarryData())
	Given(theirs).To(CarryData())
	if !slices.Equal(guard.Canonical(all.Data), guard.Canonical(theirs.Data)) {
		NoVerdict("the second user does not see the whole configuration")
	}
	x, err := netconf.CompileXPath(l.Expr(), l.Namespaces())
	Given(err).To(Succeed())
	nodes := x.Nodes(all.Document)
	if len(nodes) == 0 || nodes[0].FirstChild == nil {
		NoVerdict("the fixture's leaf has no value in running")
	}
	nodes[0].FirstChild.Data = l.Other(l.Value(all))
	config := ""
	for child := all.Data.FirstChild; child != nil; child = child.NextSibling {
		config += child.OutputXML(true)
	}
	return "<copy-config><target><candidate/></target><source><config>" + config + "</config></source></copy-config>"
}

func injection() {
	It("does not end messages at ]]>]]> in data", Spec("transport/eom-injection"), Needs("fixture:text"), Covers("rfc6242-6-eom-injection-prevented"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6242-6-eom-injection-prevented"
			const value = "ncspec ]]>]]> ncspec"
			s, l := Open(ctx), FixtureLeaf(ctx)
			Given(s.RPC(ctx, l.Edit(value))).To(BeOK())
			seen := len(s.Replies())
			reply := s.GetConfig(ctx, l.Store, l.Filter())
			Demand(id, reply).To(CarryData())
			Demand(id, l.Value(reply)).To(Equal(value))
			back := s.RPC(ctx, session.Nothing(), session.WithAttribute("ncspec", value))
			Demand(id, back).To(CarryData())
			Demand(id, back).NotTo(HaveXPath("/nc:rpc-reply[@ncspec != " + netconf.Literal(value) + "]"))
			Demand(id, s.Ping(ctx)).To(CarryData())
			Demand(id, len(s.Replies())-seen).To(Equal(3))
		})
}
