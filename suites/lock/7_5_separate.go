package lock

import (
	"context"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

func separation() {
	const id = "rfc6241-7.5-datastores-locked-separately"
	ginkgo.Describe("locks on several datastores", func() {
		It("locks each datastore by itself", Spec("lock/datastores-separately"), Covers(id), func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			for _, alone := range []datastore.Name{datastore.Running, datastore.Candidate} {
				Given(holder.Lock(ctx, alone)).To(BeOK())
				Given(holder.Unlock(ctx, alone)).To(BeOK())
			}

			Demand(id, hold(ctx, holder, datastore.Running)).To(BeOK())
			Demand(id, holder.Lock(ctx, datastore.Candidate)).To(BeOK())
			Given(holder.Unlock(ctx, datastore.Candidate)).To(BeOK())
			useCandidate(ctx, rival)
		})
	})
}

// useCandidate records how the server answers a session that works on the candidate while running is another's. The
// RFC does not say in so many words that only a lock on the same datastore counts.
func useCandidate(ctx context.Context, s *session.Session) {
	observe := func(what string, reply *session.Reply) {
		Observe(what+" of the candidate by another session while running is locked", outcome(reply), "ok", LockDenied, InUse)
	}
	observe("lock", s.Lock(ctx, datastore.Candidate))
	if f := FromContext(ctx).Target.Fixture; f != nil && (f.Leaf != nil || f.List != nil) {
		observe("edit-config", s.EditConfig(ctx, datastore.Candidate, nextChange(ctx, s).config))
		observe("discard-changes", s.DiscardChanges(ctx))
	}
	observe("unlock", s.Unlock(ctx, datastore.Candidate))
}
