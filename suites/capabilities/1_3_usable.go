package capabilities

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

const usableID = "rfc6241-1.3-advertised-operations-usable"

// use is the least request that uses a capability; introduced are the error-tags that would say that what the
// capability brings is not known.
type use struct {
	capability string
	touches    effect.Effect
	request    func(context.Context) string
}

func usable() {
	for _, u := range uses() {
		It("has what "+u.capability+" brings", Spec("capabilities/usable-"+slug(u.capability)), Needs(u.capability), Touches(u.touches),
			Covers(usableID), func(ctx ginkgo.SpecContext) {
				s := Open(ctx)
				Given(s).To(StillAnswer(ctx))
				reply := s.RPC(ctx, u.request(ctx))
				Demand(usableID, reply).To(BeReply("a reply that does not say that what "+u.capability+" brings is unknown", known))
				Observe("least use of "+u.capability, outcome(reply))
				Given(s).To(StillAnswer(ctx))
			})
	}
}

func uses() []use {
	always := func(operation string) func(context.Context) string {
		return func(context.Context) string { return operation }
	}
	emptyEdit := func(options ...netconf.EditOption) func(context.Context) string {
		return func(ctx context.Context) string { return netconf.EditConfig(FromContext(ctx).Edited(), "", options...) }
	}
	return []use{
		{"validate", effect.Nothing, always(netconf.Validate(datastore.Running))},
		{"xpath", effect.Nothing, always(`<get><filter type="xpath" select="/*[false()]"/></get>`)},
		{"startup", effect.Nothing, always(netconf.GetConfig(datastore.Startup, ""))},
		{"candidate", effect.Candidate, always(netconf.DiscardChanges())},
		{"rollback-on-error", effect.Candidate, emptyEdit(netconf.ErrorOption("rollback-on-error"))},
		{"writable-running", effect.Running, always(netconf.EditConfig(datastore.Running, ""))},
		{"confirmed-commit:1.1", effect.Running, always(netconf.CancelCommit())},
	}
}

// known tells whether a reply leaves it open that the server knows what was asked. Errors of another kind, such as that
// there is nothing to cancel, are no matter here.
func known(r *session.Reply) bool {
	for _, e := range r.Errors {
		if slices.Contains([]string{OperationNotSupported, UnknownElement, "unknown-attribute", "bad-element"}, e.Tag) {
			return false
		}
	}
	return true
}

func outcome(r *session.Reply) string {
	if len(r.Errors) > 0 {
		return "rpc-error " + r.Errors[0].Tag
	}
	return "carried out"
}

func slug(capability string) string {
	out := ""
	for _, r := range capability {
		if r == ':' {
			r = '-'
		}
		out += string(r)
	}
	return out
}
