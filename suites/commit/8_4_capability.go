package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
)

const (
	candidateURI   = "urn:ietf:params:netconf:capability:candidate:1.0"
	confirmedURI   = "urn:ietf:params:netconf:capability:confirmed-commit:1.1"
	confirmedURI10 = "urn:ietf:params:netconf:capability:confirmed-commit:1.0"
)

func capabilities() {
	ginkgo.Describe("RFC 6241 §8.3.3, §8.4.1 to §8.4.3, the capabilities", func() {
		named("commit/candidate-identifier", "rfc6241-8.3.3-identifier", candidateURI)
		named("commit/confirmed-commit-identifier", "rfc6241-8.4.3-identifier", confirmedURI, confirmedURI10)
		dependency()
		olderVersion()
	})
}

func named(slug, id string, uris ...string) {
	It("announces "+uris[0]+" by this name", Spec(slug), Covers(id), func(ctx ginkgo.SpecContext) {
		DemandExactURI(id, Open(ctx).Hello().Capabilities, uris...)
	})
}

func dependency() {
	const id = "rfc6241-8.4.2-needs-candidate"
	It("announces confirmed-commit together with candidate", Spec("commit/confirmed-commit-needs-candidate"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			announced := Open(ctx).Hello().Capabilities
			Demand(id, announced.Has("candidate")).To(BeTrue("confirmed-commit:1.1 stands in the hello without candidate"))
		})
}

func olderVersion() {
	It("announces version 1.0 beside 1.1, or does not", Spec("commit/confirmed-commit-older-version"),
		Covers("rfc6241-8.4.1-old-version-may-be-advertised"), func(ctx ginkgo.SpecContext) {
			both := Open(ctx).Hello().Capabilities.Has("confirmed-commit:1.0")
			Observe("confirmed-commit:1.0 beside 1.1", map[bool]string{true: "announced", false: "not announced"}[both],
				"announced", "not announced")
		})
}
