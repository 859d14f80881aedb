package xml

import (
	"context"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func namespaces() {
	It("knows protocol elements by their namespace, whatever the prefix", Spec("xml/prefix-irrelevant"),
		Covers("rfc6241-3.1-input-prefix-irrelevant"), func(ctx ginkgo.SpecContext) { prefixes(ctx) })

	It("does not take an rpc of another namespace for a request", Spec("xml/rpc-wrong-namespace"),
		Covers("rfc6241-3.1-rpc-wrong-namespace"), func(ctx ginkgo.SpecContext) {
			foreign := strings.Replace(rpc(session.Nothing()), base, "urn:example:other", 1)
			ending := unheeded(ctx, foreign)
			Demand("rfc6241-3.1-rpc-wrong-namespace", ending).To(CarryNothingOut())
			Observe("an rpc in urn:example:other", came(ending), "rpc-error", closed, silence)
			bare := unheeded(ctx, strings.Replace(rpc(session.Nothing()), ` xmlns="`+base+`"`, "", 1))
			Observe("an rpc without a namespace", came(bare), "rpc-error", closed, silence, "a normal reply")
			Given(Open(ctx)).To(StillAnswer(ctx))
		})

	It("does not execute an operation of another namespace", Spec("xml/operation-wrong-namespace"),
		Covers("rfc6241-3.1-operation-wrong-namespace"), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			reply := s.RPC(ctx, `<get-config xmlns="urn:example:other"><source><running/></source></get-config>`)
			Demand("rfc6241-3.1-operation-wrong-namespace", reply).To(BeRPCError())
			Demand("rfc6241-3.1-operation-wrong-namespace", reply).To(HaveXPath("not(/nc:rpc-reply/nc:data)"))
			Observe("error-tag", reply.Errors[0].Tag, "unknown-namespace", OperationNotSupported, UnknownElement)
			Given(s).To(StillAnswer(ctx))
		})
}

func prefixes(ctx context.Context) {
	const id = "rfc6241-3.1-input-prefix-irrelevant"
	Given(Open(ctx, Fresh())).To(StillAnswer(ctx))
	s := greeted(ctx, `<x:hello xmlns:x="`+base+`"><x:capabilities><x:capability>`+
		strings.Join(session.Versions(), "</x:capability><x:capability>")+`</x:capability></x:capabilities></x:hello>`)
	one := `<x:rpc message-id="one" xmlns:x="` + base + `"><x:get-config><x:source><x:running/></x:source>` +
		`<x:filter type="subtree"/></x:get-config></x:rpc>`
	Demand(id, ask(ctx, s, netconf.Request{MessageID: "one"}, one)).To(CarryData())
	anew := `<x:rpc message-id="anew" xmlns:x="` + base + `"><y:get-config xmlns:y="` + base + `"><x:source><z:running xmlns:z="` + base +
		`"/></x:source><y:filter type="subtree"/></y:get-config></x:rpc>`
	Demand(id, ask(ctx, s, netconf.Request{MessageID: "anew"}, anew)).To(CarryData())
	none := `<x:rpc message-id="none" xmlns:x="` + base + `"><x:no-such-operation/></x:rpc>`
	Demand(id, ask(ctx, s, netconf.Request{MessageID: "none"}, none)).To(BeRPCError())
}

// unheeded sends a message that is no request, and gives what came up to the answer to the request behind it, or up to
// the end. So silence need not be waited for.
func unheeded(ctx context.Context, message string) *session.Ending {
	s := Open(ctx)
	Given(s).To(StillAnswer(ctx))
	seen := len(s.Replies())
	write(ctx, s, message)
	sentinel := s.Send(ctx, session.Nothing(), session.WithMessageID("sentinel"))
	s.Await(ctx, sentinel)
	ending := &session.Ending{Ended: s.HasEnded()}
	for _, r := range s.Replies()[seen:] {
		if r.MessageID != "sentinel" {
			ending.Replies = append(ending.Replies, r)
		}
	}
	return ending
}

func came(e *session.Ending) string {
	switch {
	case len(e.Carried()) > 0:
		return "a normal reply"
	case len(e.Replies) > 0:
		return "rpc-error"
	case e.Ended:
		return closed
	}
	return silence
}
