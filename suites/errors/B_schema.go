package errors

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func messages() {
	ginkgo.Describe("schema of the messages", func() {
		schemaValid()
		messageIDLength()
		messageIDUnqualified()
		oneOperation()
		withoutCapabilities()
		textInRPC()
	})
}

func schemaValid() {
	const id = "rfc6241-B-schema-valid-messages"
	It("holds for what the server sends", Spec("errors/schema-valid-messages"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Messages)
		Observe(string(monitor.XMLAttributes), FromContext(ctx).Monitor.Seen(monitor.XMLAttributes))
	})
}

func messageIDLength() {
	const id, longest = "rfc6241-B-message-id-length", 4095
	It("has message-ids of up to 4095 characters", Spec("errors/message-id-length"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		long := strings.Repeat("m", longest)
		reply := b.s.RPC(ctx, session.Nothing(), session.WithMessageID(long))
		Demand(id, reply).To(CarryData())
		Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@message-id", long))
		longer := b.s.RPC(ctx, session.Nothing(), session.WithMessageID(long+"m"))
		Observe("message-id of 4096 characters", outcome(longer), "data", "rpc-error")
		Demand(id, longer).To(BeReply("data or an rpc-error", func(r *session.Reply) bool { return r.Data != nil || len(r.Errors) > 0 }))
		Demand(id, b.s.RPC(ctx, session.Nothing(), session.WithMessageID("short"))).To(CarryData())
	})
}

func messageIDUnqualified() {
	const id = "rfc6241-B-message-id-unqualified"
	It("has a message-id without a namespace", Spec("errors/message-id-unqualified"), Covers(id), func(ctx ginkgo.SpecContext) {
		b := begin(ctx)
		operation := strings.Replace(session.Nothing(), "<get-config>", `<get-config xmlns="`+netconf.BaseNamespace+`">`, 1)
		reply := b.s.RPC(ctx, operation, session.WithPrefix("nc"), session.WithoutMessageID(), session.WithAttribute("nc:message-id", "1"))
		Demand(id, reply).To(BeRPCError(MissingAttribute))
		Demand(id, reply).To(refuse())
		returned, err := HaveXPath("/nc:rpc-reply/@nc:message-id").Match(reply)
		Given(err).To(Succeed())
		Observe("nc:message-id on the reply", returned)
		Given(Open(ctx)).To(StillAnswer(ctx))
	})
}

func oneOperation() {
	const id = "rfc6241-B-rpc-one-operation"
	It("has one operation in an rpc", Spec("errors/rpc-one-operation"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, other := begin(ctx), Open(ctx, Named("other"))
		before := b.look(ctx, b.store)
		probes := []probe{{"two operations in one rpc", session.Nothing() + session.Nothing()}, {"no operation in an rpc", ""}}
		if leaf, ok := b.leaf(); ok {
			value := leaf.Other(leaf.Read(ctx, b.s, b.store))
			probes = append(probes, probe{"lock and edit-config in one rpc", netconf.Lock(b.store) + leaf.Edit(value)})
		}
		refuses(ctx, id, b.s, probes...)
		if b.writes() {
			free(ctx, id, other, b.store)
		}
		b.unchanged(ctx, id, b.store, before)
	})
}

func withoutCapabilities() {
	const id = "rfc6241-B-hello-without-capabilities"
	const empty = `<hello xmlns="` + netconf.BaseNamespace + `"/>`
	It("has capabilities in hello", Spec("errors/hello-without-capabilities"), Covers(id), func(ctx ginkgo.SpecContext) {
		Given(Open(ctx)).To(StillAnswer(ctx))
		for _, framing := range []wire.Framing{wire.Chunked, wire.EndOfMessage} {
			s := Open(ctx, Mute())
			_, err := s.ReceiveHello(ctx)
			Given(err).To(Succeed())
			request := netconf.Request{MessageID: "1", Operation: session.Nothing()}.Marshal()
			_ = s.Break(ctx, wire.Append(nil, wire.EndOfMessage, []byte(empty)), wire.Append(nil, framing, request)) // ending at once is right
			s.ExpectFraming(framing)
			ending := s.Aftermath(ctx, s.Patience())
			Observe("session behind a hello without capabilities, then "+framing.String(), map[bool]string{true: "ended", false: "open"}[ending.Ended])
			Demand(id, ending).To(CarryNothingOut())
		}
		Given(Open(ctx)).To(StillAnswer(ctx))
	})
}

func textInRPC() {
	const id = "rfc6241-B-text-in-rpc"
	It("has no text beside the operation, and nobody else suffers from it", Spec("errors/text-in-rpc"), Covers(id), func(ctx ginkgo.SpecContext) {
		b, other := begin(ctx), Open(ctx, Named("other"))
		Given(other).To(StillAnswer(ctx))
		reply := b.s.RPC(ctx, "x"+session.Nothing()+`\\`)
		Observe("text beside the operation", described(b.s, reply), "data", "rpc-error", "session ended")
		Demand(id, other).To(StillAnswer(ctx))
		Demand(id, Open(ctx)).To(StillAnswer(ctx))
	})
}
