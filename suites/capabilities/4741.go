package capabilities

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func old() {
	It("denies a lock that is held", Spec("capabilities/4741-lock-held"), Covers("rfc4741-7.5-lock-conditions"), func(ctx ginkgo.SpecContext) {
		holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Demand("rfc4741-7.5-lock-conditions", rival.Lock(ctx, datastore.Running)).To(BeRPCError(LockDenied).WithInfo("session-id", holder.ID()))
		Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
	})

	It("denies a lock on a modified candidate", Spec("capabilities/4741-lock-modified"), Covers("rfc4741-7.5-lock-conditions"),
		Needs("candidate", "fixture:leaf"), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			FixtureLeaf(ctx).Change(ctx, s)
			reply := s.Lock(ctx, datastore.Candidate)
			Given(s.DiscardChanges(ctx)).To(BeOK())
			Given(s.Lock(ctx, datastore.Candidate)).To(BeOK())
			Demand("rfc4741-7.5-lock-conditions", reply).To(BeRPCError())
			Observe("error-tag", reply.Errors[0].Tag)
		})

	It("returns nothing or everything for an empty filter", Spec("capabilities/4741-empty-filter"), Covers("rfc4741-7.7-empty-filter-ambiguous"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc4741-7.7-empty-filter-ambiguous"
			s := Open(ctx)
			all := s.RPC(ctx, "<get/>")
			Given(all).To(CarryData())
			reply := s.RPC(ctx, `<get><filter type="subtree"/></get>`)
			Demand(id, reply).To(CarryData())
			got := topLevel(reply)
			Demand(id, got).To(Hold("nothing, or the top-level nodes that come without a filter", func(text string) bool {
				return text == "" || text == topLevel(all)
			}))
			Observe("an empty filter", map[bool]string{true: "nothing", false: "everything"}[got == ""], "nothing", "everything")
		})

	It("does not go on with a client hello that has a session-id", Spec("capabilities/4741-session-id"),
		Covers("rfc4741-8.1-session-id-in-client-hello"), func(ctx ginkgo.SpecContext) {
			Given(Open(ctx)).To(StillAnswer(ctx))
			s := Open(ctx, Mute())
			_, err := s.ReceiveHello(ctx)
			Given(err).To(Succeed())
			provoke(ctx, s, wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(4, netconf.Base10)))
			provoke(ctx, s, wire.Append(nil, wire.EndOfMessage, netconf.Request{MessageID: "1", Operation: session.Nothing()}.Marshal()))
			ending := s.Quiet(ctx, s.Grace())
			Demand("rfc4741-8.1-session-id-in-client-hello", ending).To(CarryNothingOut())
			Observe("the channel", map[bool]string{true: "closed", false: "open"}[ending.Ended], "closed", "open")
		})

	It("works with a client that knows base:1.1 too", Spec("capabilities/4741-base-1.1-client"), Covers("rfc4741-8.1-base-1.1-client"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc4741-8.1-base-1.1-client"
			s := Open(ctx, Announcing(netconf.Base10, netconf.Base11))
			reply := s.Ping(ctx)
			Demand(id, reply).To(CarryData())
			Demand(id, reply.Message.Framing).To(Equal(wire.EndOfMessage))
		})

	It("evaluates XPath with the namespaces in scope", Spec("capabilities/4741-xpath"), Covers("rfc4741-8.9.1-xpath-default-namespace"),
		Needs("fixture:leaf"), func(ctx ginkgo.SpecContext) { oldXPath(ctx) })
}

func oldXPath(ctx ginkgo.SpecContext) {
	const id = "rfc4741-8.9.1-xpath-default-namespace"
	s, l := Open(ctx), FixtureLeaf(ctx)
	Given(l.Read(ctx, s, datastore.Running)).NotTo(Equal(""))
	prefixed, plain := "", ""
	for _, step := range l.Path {
		prefixed += "/t:" + step.Local
		plain += "/" + step.Local
	}
	ns := l.Path[0].Namespace
	filter := func(tag, selected string) string {
		return "<get-config><source><running/></source><" + tag + ` type="xpath" select="` + selected + `"/></get-config>`
	}
	reply := s.RPC(ctx, filter(`filter xmlns:t="`+ns+`"`, prefixed))
	Demand(id, reply).To(HaveXPath(l.Expr()).In(l.Namespaces()))
	bare := s.RPC(ctx, filter(`nc:filter xmlns:nc="`+netconf.BaseNamespace+`" xmlns="`+ns+`"`, plain))
	Demand(id, bare).To(CarryData())
	found := l.Value(bare) != ""
	if !found {
		Demand(id, strings.TrimSpace(bare.Data.InnerText())).To(Equal(""))
	}
	Observe("names without a prefix", map[bool]string{true: "in the default namespace", false: "in no namespace"}[found],
		"in the default namespace", "in no namespace")
}
