package commit

import (
	"context"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func candidateDatastore() {
	ginkgo.Describe("RFC 6241 §8.3, the candidate datastore", func() {
		isolated()
		observeShared()
		readThrough()
		edited()
		copySource()
		validated()
	})
}

func isolated() {
	const id = "rfc6241-8.3.1-isolated-from-running"
	It("keeps edits of candidate away from running", Spec("commit/candidate-isolated"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			value := p.other(p.read(ctx, s, candidate))
			config, data := whole(ctx, s, running), getSpot(ctx, s, p)
			p.edit(ctx, s, value)
			Demand(id, whole(ctx, s, running)).To(beEqualTo(config))
			Demand(id, getSpot(ctx, s, p)).To(beEqualTo(data))
			Demand(id, p.read(ctx, s, candidate)).To(Equal(value))
		})
}

// getSpot reads the spot by get: other state moves by itself.
func getSpot(ctx context.Context, s *session.Session, p spot) content {
	reply := s.RPC(ctx, netconf.Get(p.filter()))
	Given(reply).To(CarryData())
	return contentOf(reply)
}

func observeShared() {
	It("shares one candidate among sessions, or has one for each", Spec("commit/candidate-shared"), Needs(anyFixture),
		Covers("rfc6241-8.3.1-shared-candidate"), func(ctx ginkgo.SpecContext) {
			seen := theSpot(ctx).shared(ctx, Open(ctx, Named("writer")), Open(ctx, Named("reader")))
			Observe("the candidate is", map[bool]string{true: "shared", false: "one for each session"}[seen], "shared", "one for each session")
		})
}

func readThrough() {
	const id = "rfc6241-8.3.5.1-get-config-candidate"
	It("reads candidate, whole and through a filter", Spec("commit/get-config-candidate"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			Given(s).To(StillAnswer(ctx))
			all := s.GetConfig(ctx, candidate, "")
			Demand(id, all).To(CarryData())
			some := s.GetConfig(ctx, candidate, p.filter())
			Demand(id, some).To(CarryData())
			Demand(id, p.value(some)).To(Equal(p.value(all)))
			Demand(id, topNodesBeside(some, p)).To(Equal([]string(nil)))
		})
}

// topNodesBeside names the top-level nodes in a reply that are not the one which leads to the spot.
func topNodesBeside(reply *session.Reply, p spot) []string {
	top := p.path()[0]
	var beside []string
	for n := reply.Data.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == xmlquery.ElementNode && (n.Data != top.Local || n.NamespaceURI != top.Namespace) {
			beside = append(beside, "{"+n.NamespaceURI+"}"+n.Data)
		}
	}
	return beside
}

// edited edits with the first request of a session: nothing else has woken the server up.
func edited() {
	const id = "rfc6241-8.3.5.1-edit-config-candidate"
	It("edits candidate", Spec("commit/edit-config-candidate"), Covers(id), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
		p := theSpot(ctx)
		value := p.other(p.read(ctx, Open(ctx, Named("reader")), candidate))
		s := Open(ctx, Named("writer"))
		Demand(id, s.EditConfig(ctx, candidate, p.config(value))).To(BeOK())
		Demand(id, p.read(ctx, s, candidate)).To(Equal(value))
	})
}

// copySource copies a changed candidate to startup where that equals running, so that it can be put back, and else an
// unchanged one to running.
func copySource() {
	const id = "rfc6241-8.3.5.1-copy-config-candidate-source"
	It("copies candidate", Spec("commit/copy-config-candidate"), Covers(id), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
		claims := FromContext(ctx).Claims
		switch {
		case claims.Has("startup"):
			copyToStartup(ctx, id)
		case claims.Has("writable-running"):
			copyToRunning(ctx, id)
		default:
			NoVerdict("no second datastore can be overwritten: the server claims neither startup nor writable-running")
		}
	})
}

func copyToStartup(ctx ginkgo.SpecContext, id string) {
	s, p := Open(ctx), theSpot(ctx)
	mindStartup(ctx, s)
	p.startupAfterwards(Open(ctx, Named("keeper")), p.read(ctx, s, running))
	p.edit(ctx, s, p.other(p.read(ctx, s, candidate)))
	config := whole(ctx, s, candidate)
	Demand(id, s.RPC(ctx, netconf.CopyConfig(startup, candidate))).To(BeOK())
	Demand(id, whole(ctx, s, startup)).To(beEqualTo(config))
}

func copyToRunning(ctx ginkgo.SpecContext, id string) {
	s := Open(ctx)
	cleared(ctx, s)
	config := whole(ctx, s, candidate)
	reply := s.RPC(ctx, netconf.CopyConfig(running, candidate))
	Observe("copy-config from candidate to running", outcome(reply), "ok", "an error-tag: section 7.3 permits a refusal")
	if len(reply.Errors) == 0 {
		Demand(id, reply).To(BeOK())
	}
	Demand(id, whole(ctx, s, running)).To(beEqualTo(config))
}

func validated() {
	const id = "rfc6241-8.3.5.1-validate-candidate"
	It("validates candidate", Spec("commit/validate-candidate"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		cleared(ctx, s)
		if reply := s.RPC(ctx, netconf.Validate(running)); !reply.Normal() {
			NoVerdict("the server does not find running valid: " + outcome(reply))
		}
		Demand(id, s.RPC(ctx, netconf.Validate(candidate))).To(BeOK())
	})
}
