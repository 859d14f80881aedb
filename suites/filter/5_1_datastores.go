package filter

import (
	"strings"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

func datastores() {
	runningPresent()
	candidateOnlyWithCapability()
	startupOnlyWithCapability()
	withoutState()
}

func runningPresent() {
	const id = "rfc6241-5.1-running-always-present"
	It("always have running among them", Spec("filter/running-always-present"), Covers(id), func(ctx ginkgo.SpecContext) {
		Demand(id, Open(ctx, Fresh()).Ping(ctx)).To(HaveXPath(data))
	})
}

func candidateOnlyWithCapability() {
	const id = "rfc6241-5.1-candidate-only-with-capability"
	It("have candidate among them only where it is claimed", Spec("filter/candidate-only-with-capability"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			refuse(ctx, id, s, netconf.GetConfig(datastore.Candidate, ""))
			refuse(ctx, id, s, netconf.Lock(datastore.Candidate))
			refuse(ctx, id, s, netconf.EditConfig(datastore.Candidate, ""))
		})
}

func startupOnlyWithCapability() {
	const id = "rfc6241-5.1-startup-only-with-capability"
	It("have startup among them only where it is claimed", Spec("filter/startup-only-with-capability"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			Given(s).To(StillAnswer(ctx))
			refuse(ctx, id, s, netconf.GetConfig(datastore.Startup, ""))
			refuse(ctx, id, s, netconf.Lock(datastore.Startup))
		})
}

// refuse wants an error for an operation on a datastore that is not there. A lock that was granted goes with the session.
func refuse(ctx ginkgo.SpecContext, id string, s *session.Session, operation string) {
	reply := s.RPC(ctx, operation)
	Demand(id, reply).To(BeRPCError())
	name, _, _ := strings.Cut(strings.TrimPrefix(operation, "<"), ">")
	Observe("error-tag for "+name+" of a datastore that is not claimed", reply.Errors[0].Tag,
		UnknownElement, InvalidValue, "bad-element", OperationNotSupported)
}

func withoutState() {
	const id = "rfc6241-5.1-datastore-without-state"
	It("hold no state data", Spec("filter/datastore-without-state"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		held := []datastore.Name{datastore.Candidate}
		if FromContext(ctx).Claims.Has("startup") {
			held = append(held, datastore.Startup)
		}
		for _, d := range held {
			reply := s.GetConfig(ctx, d, "")
			Demand(id, reply).To(BeUnrefused())
			for _, state := range target.KnownState() {
				Demand(id, reply).NotTo(HaveXPath(state.Expr()).In(state.Namespaces()))
			}
		}
	})
}
