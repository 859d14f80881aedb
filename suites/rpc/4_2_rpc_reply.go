package rpc

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func replies() {
	ginkgo.Describe("rpc-reply", func() {
		oneForEach()
		idOnErrors()
		qualifiedAttributes()
		attributesOnErrors()
		escapedAttributes()
		neverEmpty()
	})
}

func oneForEach() {
	const id, many = "rfc6241-4.2-reply-to-each-rpc", 50
	It("comes once for each rpc", Spec("rpc/reply-to-each-rpc"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, asker := Open(ctx, Named("holder")), Open(ctx, Named("asker"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Given(asker).To(StillAnswer(ctx))
		mixed := []string{session.Nothing(), unknown, `<get-config/>`, netconf.Lock(datastore.Running)}
		var operations []string
		for i := range many {
			operations = append(operations, mixed[i%len(mixed)])
		}
		// Replies come in the order of the requests: none is outstanding once the last one is there.
		came := pipeline(ctx, asker, append(operations, session.Nothing()))
		Demand(id, sorted(came.ids)).To(Equal(sorted(came.asked)))
		Demand(id, came.others).To(Equal([]string{}))
		Demand(id, came.ids[many]).To(Equal(came.asked[many]))
		Given(holder.Unlock(ctx, datastore.Running)).To(BeOK())
	})
}

func idOnErrors() {
	const id = "rfc6241-4.2-message-id-on-error-reply"
	It("has the message-id where it reports an error", Spec("rpc/message-id-on-error-reply"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, unknown, session.WithMessageID("err-1"))
		Demand(id, reply).To(HaveXPath(`/nc:rpc-reply[@message-id="err-1"]/nc:rpc-error`))
	})
}

// example is the namespace of the attribute in the example of RFC 6241 §4.2.
const example = "http://example.net/content/1.0"

// user adds that attribute to a request.
func user() []session.Option {
	return []session.Option{session.WithAttribute("xmlns:ex", example), session.WithAttribute("ex:user-id", "fred")}
}

func inExample() map[string]string { return map[string]string{"ex": example} }

func qualifiedAttributes() {
	const id = "rfc6241-4.2-extra-attribute-qualified"
	It("gives qualified attributes back", Spec("rpc/extra-attribute-qualified"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		Demand(id, s.RPC(ctx, narrowGet, user()...)).To(HaveXPath("/nc:rpc-reply/@ex:user-id", "fred").In(inExample()))
	})
}

func attributesOnErrors() {
	const id = "rfc6241-4.2-extra-attributes-on-error-reply"
	It("gives attributes back where it reports an error", Spec("rpc/extra-attributes-on-error-reply"), Covers(id), func(ctx ginkgo.SpecContext) {
		holder, asker := Open(ctx, Named("holder")), Open(ctx, Named("asker"))
		Given(holder.Lock(ctx, datastore.Running)).To(BeOK())
		Given(asker).To(StillAnswer(ctx))
		for _, operation := range []string{unknown, netconf.Lock(datastore.Running)} {
			reply := asker.RPC(ctx, operation, user()...)
			Demand(id, reply).To(HaveXPath(`/nc:rpc-reply[@ex:user-id="fred"]/nc:rpc-error`).In(inExample()))
		}
	})
}

func escapedAttributes() {
	const id, value = "rfc6241-4.2-extra-attribute-value-escaping", "<&ä😀"
	It("gives attributes back with their values unchanged", Spec("rpc/extra-attribute-value-escaping"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		request, _ := s.Frame(session.Nothing(), session.WithAttribute("xmlns:ex", example), session.WithAttribute("ex:a", value))
		plain := string(request.Marshal())
		for _, written := range []string{strings.NewReplacer("ä", "&#228;", "😀", "&#128512;").Replace(plain), plain} {
			Demand(id, ask(ctx, s, request, written)).To(HaveXPath("/nc:rpc-reply/@ex:a", value).In(inExample()))
		}
	})
}

func neverEmpty() {
	const id = "rfc6241-4.2-reply-has-children"
	It("has the result in one or more child elements", Spec("rpc/reply-has-children"), Covers(id), Monitor(), func(ctx ginkgo.SpecContext) {
		DemandNoFindings(ctx, id, monitor.Replies)
	})
}
