package rpc

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func messageIDs() {
	ginkgo.Describe("message-id", func() {
		comesBack()
		isNoNumber()
		keepsItsMarkup()
		keepsItsBlanks()
	})
}

// demandIDs sends a request with each message-id in turn and wants it back.
func demandIDs(ctx ginkgo.SpecContext, requirement string, ids ...string) {
	s := Open(ctx)
	Given(s).To(StillAnswer(ctx))
	for _, id := range ids {
		Demand(requirement, s.RPC(ctx, session.Nothing(), session.WithMessageID(id))).To(carryID(id))
	}
}

func comesBack() {
	const id = "rfc6241-4.1-message-id-echo"
	It("comes back on the reply", Spec("rpc/message-id-echo"), Covers(id), func(ctx ginkgo.SpecContext) {
		demandIDs(ctx, id, "101", "0", "abc-DEF_42", strings.Repeat("0123456789", 20), "Prüfung-№7-試験-😀")
	})
}

func isNoNumber() {
	const id = "rfc6241-4.1-message-id-opaque"
	It("is taken for a string and not for a number", Spec("rpc/message-id-opaque"), Covers(id), func(ctx ginkgo.SpecContext) {
		demandIDs(ctx, id, "007", "+5", "1e3", "18446744073709551617", "3", "2", "2")
	})
}

func keepsItsMarkup() {
	const id, value = "rfc6241-4.1-message-id-markup-characters", `a<b&c"d'e]]>`
	It("comes back with its markup characters", Spec("rpc/message-id-markup-characters"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		request := netconf.Request{MessageID: value, Operation: session.Nothing()}
		written := strings.ReplaceAll(string(request.Marshal()), "'", "&apos;")
		Demand(id, ask(ctx, s, request, written)).To(carryID(value))
	})
}

func keepsItsBlanks() {
	const id, value = "rfc6241-4.1-message-id-normalised-value", "one two three"
	It("comes back unmodified when it is normalised", Spec("rpc/message-id-normalised"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		Demand(id, s.RPC(ctx, session.Nothing(), session.WithMessageID(value))).To(carryID(value))
		literal := netconf.Request{MessageID: "x y z", Operation: session.Nothing()}
		written := strings.Replace(string(literal.Marshal()), "x y z", "x\ty\nz", 1)
		Observe("message-id that comes back for x TAB y LF z", returned(ask(ctx, s, literal, written)), `"x y z"`)
		referred := s.RPC(ctx, session.Nothing(), session.WithMessageID("x\ny"))
		Observe("message-id that comes back for x&#10;y", returned(referred), `"x\ny"`)
	})
}

func attributes() {
	ginkgo.Describe("more attributes of rpc", func() {
		unqualifiedAttributes()
		declarations()
	})
}

func unqualifiedAttributes() {
	const id = "rfc6241-4.1-extra-attribute-unqualified"
	It("come back where they are unqualified", Spec("rpc/extra-attribute-unqualified"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, session.Nothing(), session.WithAttribute("foo", "bar"))
		Demand(id, reply).To(HaveXPath("/nc:rpc-reply/@foo", "bar"))
	})
}

func declarations() {
	const id = "rfc6241-4.1-xmlns-declarations-returned"
	It("come back where they are namespace declarations", Spec("rpc/xmlns-declarations-returned"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, session.Nothing(), session.WithAttribute("xmlns:ex", "urn:example:x"),
			session.WithAttribute("xmlns:unused", "urn:example:y"))
		Demand(id, reply).To(declare("ex", "urn:example:x"))
		Demand(id, reply).To(declare("unused", "urn:example:y"))
		Observe("default namespace of rpc-reply, where rpc has "+netconf.BaseNamespace, declared(reply, ""), netconf.BaseNamespace, "")
	})
}

// declare holds for a reply whose rpc-reply binds the prefix to the namespace.
func declare(prefix, uri string) Matcher {
	return BeReply(`an rpc-reply with xmlns:`+prefix+`="`+uri+`"`, func(r *session.Reply) bool { return declared(r, prefix) == uri })
}

// declared gives the namespace that the start tag of rpc-reply binds to the prefix, "" for none.
func declared(r *session.Reply, prefix string) string {
	for _, a := range r.Document.Root.Attr {
		if prefix != "" && a.Name.Space == "xmlns" && a.Name.Local == prefix || prefix == "" && a.Name.Space == "" && a.Name.Local == "xmlns" {
			return a.Value
		}
	}
	return ""
}

func operations() {
	ginkgo.Describe("the operation in rpc", func() {
		parametersInside()
		noOperation()
		noParameters()
	})
}

func parametersInside() {
	const id = "rfc6241-4.1-operation-name-is-child"
	It("has its parameters inside it", Spec("rpc/parameters-beside-operation"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, `<get-config/><source><running/></source>`)
		Demand(id, reply).To(BeRPCError())
		Demand(id, reply).NotTo(HaveXPath("/nc:rpc-reply/nc:data"))
		Observe("error-tag for parameters beside the operation", reply.Errors[0].Tag, MissingElement, UnknownElement)
		Given(Open(ctx)).To(StillAnswer(ctx))
	})
}

func noOperation() {
	const id = "rfc6241-4.1-empty-rpc"
	It("cannot be left out", Spec("rpc/empty-rpc"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		for _, content := range []string{"", " \n ", "<!-- nothing -->"} {
			reply := s.RPC(ctx, content)
			Demand(id, reply).To(BeRPCError())
			Demand(id, reply).To(carryID(reply.Request.MessageID))
			Observe("error-tag for an rpc without an operation", reply.Errors[0].Tag, MissingElement, OperationNotSupported, MalformedMessage)
		}
		Given(Open(ctx)).To(StillAnswer(ctx))
	})
}

func noParameters() {
	const id = "rfc6241-4.1-get-without-parameters"
	It("needs no parameters where it is get", Spec("rpc/get-without-parameters"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.AwaitFor(ctx, s.Send(ctx, "<get/>"), patience*s.Grace())
		Demand(id, reply).To(BeReply("data, or an rpc-error too-big or resource-denied", dataOrTooMuch))
		Demand(id, reply).To(carryID(reply.Request.MessageID))
		Observe("reply to get without parameters", outcome(reply), "data", "rpc-error too-big", "rpc-error resource-denied")
		Observe("reply to get without parameters (octets)", len(reply.Message.Octets))
		Observe("reply to get without parameters (ms)", milliseconds(reply.Elapsed()))
	})
}

// dataOrTooMuch: Appendix A lets a server refuse an answer that is too big for it.
func dataOrTooMuch(r *session.Reply) bool {
	for _, e := range r.Errors {
		if e.Tag != "too-big" && e.Tag != "resource-denied" {
			return false
		}
	}
	return !r.OK && (r.Data != nil) == (len(r.Errors) == 0)
}
