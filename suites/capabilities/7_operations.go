package capabilities

import (
	"slices"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

const baseID = "rfc6241-7-base-operations-known"

func operations() {
	It("knows the operations that change nothing", Spec("capabilities/base-operations"), Covers(baseID), func(ctx ginkgo.SpecContext) {
		s, spare := Open(ctx), Open(ctx, Named("spare"))
		Given(s).To(StillAnswer(ctx))
		for _, operation := range []string{`<get><filter type="subtree"/></get>`, session.Nothing(), netconf.Lock(datastore.Running),
			netconf.Unlock(datastore.Running), netconf.KillSession(spare.ID()), netconf.CloseSession()} {
			reply := s.RPC(ctx, operation)
			Demand(baseID, reply).To(BeReply("a reply that does not say that the operation is unknown", knows(true)))
		}
	})

	It("knows edit-config", Spec("capabilities/base-edit-config"), Covers(baseID), Needs("candidate|writable-running"), Touches(effect.Candidate),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			reply := s.RPC(ctx, netconf.EditConfig(FromContext(ctx).Edited(), ""))
			Demand(baseID, reply).To(BeReply("a reply that does not say that edit-config is unknown", knows(true)))
		})

	It("knows copy-config", Spec("capabilities/base-copy-config"), Covers(baseID), Touches(effect.Running), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, `<copy-config><target><ncspec-none/></target><source><running/></source></copy-config>`)
		Demand(baseID, reply).To(BeReply("a reply that does not say that copy-config is unknown", knows(false)))
		Observe("copy-config to nowhere", outcome(reply))
	})

	It("knows delete-config", Spec("capabilities/base-delete-config"), Covers(baseID), Touches(effect.Startup), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, `<delete-config><target><ncspec-none/></target></delete-config>`)
		Demand(baseID, reply).To(BeReply("a reply that does not say that delete-config is unknown", knows(false)))
		Observe("delete-config of nothing", outcome(reply))
	})

	It("reports an operation that it does not know", Spec("capabilities/unknown-operation"), Covers("rfc6241-7-unknown-operation"),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			for _, operation := range []string{`<no-such-op xmlns="urn:example:none"/>`, "<no-such-op/>"} {
				reply := s.RPC(ctx, operation)
				Demand("rfc6241-7-unknown-operation", reply).To(BeRPCError())
				Observe("error-tag for "+operation, reply.Errors[0].Tag, OperationNotSupported, UnknownElement, "unknown-namespace")
			}
			Given(s).To(StillAnswer(ctx))
		})
}

// knows asks whether a reply leaves it open that the server knows the operation. Where the operation has to be there,
// operation-not-supported says that it is not.
func knows(required bool) func(*session.Reply) bool {
	names := []string{"get", "get-config", "edit-config", "copy-config", "delete-config", "lock", "unlock", "kill-session", "close-session"}
	return func(r *session.Reply) bool {
		for _, e := range r.Errors {
			if required && e.Tag == OperationNotSupported {
				return false
			}
			unknown := e.Tag == UnknownElement || e.Tag == "unknown-namespace"
			if unknown && slices.Contains(names, local(e.BadElement)) {
				return false
			}
		}
		return true
	}
}

func local(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == ':' {
			return name[i+1:]
		}
	}
	return name
}
