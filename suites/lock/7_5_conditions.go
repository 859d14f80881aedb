package lock

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func conditions() {
	ginkgo.Describe("what stands in the way of a lock", func() {
		candidateOfAnother()
		candidateOfOneself()
		candidateAfterwards()
		confirmedCommitOfAnother()
		confirmedCommitOfOneself()
		partialLock()
	})
}

func candidateOfAnother() {
	const id = "rfc6241-7.5-denied-candidate-modified"
	It("does not lock a candidate that another session has modified", Spec("lock/candidate-modified-by-another"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			writer, rival := Open(ctx, Named("writer")), Open(ctx, Named("rival"))
			c := nextChange(ctx, writer)
			Given(writer.EditConfig(ctx, datastore.Candidate, c.config)).To(BeOK())
			if !c.seenBy(ctx, rival) {
				NoVerdict(notShared)
			}
			demandRefused(id, hold(ctx, rival, datastore.Candidate), func() *session.Reply {
				Given(writer.DiscardChanges(ctx)).To(BeOK())
				return hold(ctx, rival, datastore.Candidate)
			})
		})
}

func candidateOfOneself() {
	const id = "rfc6241-7.5-denied-candidate-modified-self"
	It("does not lock a candidate that the session itself has modified", Spec("lock/candidate-modified-by-oneself"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			writer := Open(ctx, Named("writer"))
			c := nextChange(ctx, writer)
			Given(writer.EditConfig(ctx, datastore.Candidate, c.config)).To(BeOK())
			demandRefused(id, hold(ctx, writer, datastore.Candidate), func() *session.Reply {
				Given(writer.DiscardChanges(ctx)).To(BeOK())
				return hold(ctx, writer, datastore.Candidate)
			})
		})
}

func candidateAfterwards() {
	const id = "rfc6241-7.5-candidate-lock-after-commit"
	It("locks the candidate once its changes are committed or discarded", Spec("lock/candidate-after-commit"), Covers(id),
		Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			writer := Open(ctx, Named("writer"))
			Given(writer.EditConfig(ctx, datastore.Candidate, nextChange(ctx, writer).config)).To(BeOK())
			Given(writer.Commit(ctx)).To(BeOK())
			Demand(id, writer.Lock(ctx, datastore.Candidate)).To(BeOK())
			Given(writer.Unlock(ctx, datastore.Candidate)).To(BeOK())

			Given(writer.EditConfig(ctx, datastore.Candidate, nextChange(ctx, writer).config)).To(BeOK())
			Given(writer.DiscardChanges(ctx)).To(BeOK())
			Demand(id, hold(ctx, writer, datastore.Candidate)).To(BeOK())
		})
}

// confirmTimeout is long enough, in seconds, for what a spec does while its confirmed commit is pending.
const confirmTimeout = 60

// commitConfirmed leaves a confirmed commit of a change pending (RFC 6241 §8.4).
func commitConfirmed(ctx ginkgo.SpecContext, s *session.Session) {
	Given(s.EditConfig(ctx, datastore.Candidate, nextChange(ctx, s).config)).To(BeOK())
	Given(s.RPC(ctx, netconf.ConfirmedCommit(confirmTimeout))).To(BeOK())
}

func confirmedCommitOfAnother() {
	const id = "rfc6241-7.5-denied-confirmed-commit"
	It("does not lock running while another session's confirmed commit is pending", Spec("lock/confirmed-commit-of-another"),
		Covers(id), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			committer, rival := Open(ctx, Named("committer")), Open(ctx, Named("rival"))
			commitConfirmed(ctx, committer)
			demandRefused(id, hold(ctx, rival, datastore.Running), func() *session.Reply {
				committer.RPC(ctx, netconf.CancelCommit()) // where it fails, the lock is refused again
				return hold(ctx, rival, datastore.Running)
			})
		})
}

func confirmedCommitOfOneself() {
	It("locks running, or not, while the session's own confirmed commit is pending", Spec("lock/confirmed-commit-of-oneself"),
		Covers("rfc6241-7.5-own-confirmed-commit-no-obstacle"), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
			committer := Open(ctx, Named("committer"))
			commitConfirmed(ctx, committer)
			reply := committer.Lock(ctx, datastore.Running)
			Given(reply).To(BeAnswered())
			Observe("lock on running while the session's own confirmed commit is pending", outcome(reply), "ok", "an error-tag")
			if reply.Normal() {
				Given(committer.Unlock(ctx, datastore.Running)).To(BeOK())
			}
			committer.RPC(ctx, netconf.CancelCommit()) // the end of the session reverts the commit too
		})
}
