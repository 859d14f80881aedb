package commit

import (
	"context"
	"slices"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// mindStartup ends the spec without a verdict where startup differs from running: it could not be put back.
func mindStartup(ctx context.Context, s *session.Session) {
	reply := s.GetConfig(ctx, startup, "")
	Given(reply).To(BeAnswered())
	if reply.Data == nil || !slices.Equal(contentOf(reply), whole(ctx, s, running)) {
		NoVerdict("startup is not what running is, and could not be put back")
	}
}

// startupAfterwards makes startup what running was before, when the spec is over: first running, whose spot had that
// value, then startup.
func (p spot) startupAfterwards(s *session.Session, was string) {
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
		p.putBack(ctx, s, was)
		Given(s.RPC(ctx, netconf.CopyConfig(startup, running))).To(BeOK())
	})
}
