package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func committing() {
	ginkgo.Describe("RFC 6241 §8.3.4.1, commit", func() {
		nothingToCommit()
		updatesRunning()
		allOrNothing()
		runningLocked()
		candidateLocked()
		ownLocks()
		unavailable("commit", netconf.Commit(), "rfc6241-8.3.4.1-commit-unavailable")
	})
}

func nothingToCommit() {
	const id = "rfc6241-8.3.1-commit-at-any-time"
	It("takes a commit that changes nothing", Spec("commit/nothing-to-commit"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		cleared(ctx, s)
		config := whole(ctx, s, running)
		Demand(id, s.Commit(ctx)).To(BeOK())
		Demand(id, whole(ctx, s, running)).To(beEqualTo(config))
	})
}

func updatesRunning() {
	const id = "rfc6241-8.3.4.1-commit-updates-running"
	It("makes running what candidate is", Spec("commit/updates-running"), Covers(id), Needs(anyFixture), func(ctx ginkgo.SpecContext) {
		s, p := Open(ctx), theSpot(ctx)
		was := p.read(ctx, s, running)
		changes := []spot{p}
		if e, ok := entry(ctx); ok {
			changes = append(changes, e)
		}
		commitBoth := func(values []string) {
			config := ""
			for i, change := range changes {
				config += change.config(values[i])
			}
			Given(s.EditConfig(ctx, candidate, config)).To(BeOK())
			wanted := whole(ctx, s, candidate)
			Demand(id, s.Commit(ctx)).To(BeOK())
			for i, change := range changes {
				Demand(id, change.read(ctx, s, running)).To(Equal(values[i]))
			}
			Demand(id, whole(ctx, s, running)).To(beEqualTo(wanted))
			Demand(id, whole(ctx, s, candidate)).To(beEqualTo(wanted))
		}
		commitBoth([]string{p.other(was), there}[:len(changes)])
		commitBoth([]string{p.other(p.other(was)), ""}[:len(changes)])
	})
}

// allOrNothing puts a good change and one that breaks a rule into candidate, one that is looked at no earlier than at the
// commit.
func allOrNothing() {
	const id = "rfc6241-8.3.4.1-commit-all-or-nothing"
	It("leaves running alone where it cannot take all of candidate", Spec("commit/all-or-nothing"), Covers(id),
		Needs(anyFixture, "fixture:constraint"), func(ctx ginkgo.SpecContext) {
			s, p := Open(ctx), theSpot(ctx)
			cleared(ctx, s)
			config := whole(ctx, s, running)
			changed := changeBadly(ctx, s, p)
			reply := s.Commit(ctx)
			Given(reply).To(BeAnswered())
			if len(reply.Errors) == 0 {
				Observe("commit of what breaks a rule", "ok", "an error-tag")
				mendAfterwards(s)
				Demand(id, whole(ctx, s, running)).To(beEqualTo(changed))
				return
			}
			Observe("commit of what breaks a rule", outcome(reply), "ok", "an error-tag")
			kept := p.read(ctx, s, candidate) != p.read(ctx, s, running)
			Observe("the changes in candidate after a failed commit", map[bool]string{true: "kept", false: "gone"}[kept], "kept", "gone")
			Demand(id, whole(ctx, s, running)).To(beEqualTo(config))
		})
}

// changeBadly makes the two changes in one request, and gives what candidate is then. A server that looks at the rule
// already there leaves the spec without a verdict.
func changeBadly(ctx ginkgo.SpecContext, s *session.Session, p spot) content {
	var options []netconf.EditOption
	if FromContext(ctx).Claims.Has("validate") {
		options = append(options, netconf.TestOption("set"))
	}
	config := p.config(p.other(p.read(ctx, s, candidate))) + FromContext(ctx).Target.Fixture.Constraint.Broken
	if reply := s.RPC(ctx, netconf.EditConfig(candidate, config, options...)); !reply.Normal() {
		NoVerdict("the server refuses a change that breaks a rule before it is committed: " + outcome(reply))
	}
	return whole(ctx, s, candidate)
}

// mendAfterwards takes what breaks the rule out of running again when the spec is over.
func mendAfterwards(s *session.Session) {
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) {
		cleared(ctx, s)
		Given(s.EditConfig(ctx, candidate, FromContext(ctx).Target.Fixture.Constraint.Mended)).To(BeOK())
		Given(s.Commit(ctx)).To(BeOK())
	})
}

func runningLocked() {
	const id = "rfc6241-8.3.4.1-commit-running-locked-by-other"
	It("fails with in-use while another session has locked running", Spec("commit/running-locked"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			commitUnderLock(ctx, id, BeRPCError(InUse))
		})
}

// commitUnderLock sends a commit while another session holds the lock on running.
func commitUnderLock(ctx ginkgo.SpecContext, id string, wanted Matcher) {
	c := newScene(ctx)
	Given(c.issuer.Lock(ctx, running)).To(BeOK())
	c.edit(ctx, c.second, c.value)
	reply := c.second.Commit(ctx)
	Demand(id, reply).To(wanted)
	observeTag(reply)
	Demand(id, c.look(ctx)).To(Equal(c.was))
	cleared(ctx, c.second)
	Given(c.issuer.Unlock(ctx, running)).To(BeOK())
}

func candidateLocked() {
	const id = "rfc6241-8.3.4.1-commit-candidate-locked-by-other"
	It("fails with in-use while another session has locked candidate", Spec("commit/candidate-locked"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			if !c.shared(ctx, c.issuer, c.second) {
				NoVerdict(notShared)
			}
			Given(c.issuer.Lock(ctx, candidate)).To(BeOK())
			c.edit(ctx, c.issuer, c.value)
			Demand(id, c.second.Commit(ctx)).To(BeRPCError(InUse))
			Demand(id, c.look(ctx)).To(Equal(c.was))
		})
}

func ownLocks() {
	const id = "rfc6241-8.3.4.1-commit-with-own-locks"
	It("takes the commit of the session that holds the locks, and leaves them", Spec("commit/own-locks"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			Given(c.issuer.ID()).NotTo(Equal(""))
			Given(c.issuer.Lock(ctx, running)).To(BeOK())
			Given(c.issuer.Lock(ctx, candidate)).To(BeOK())
			c.edit(ctx, c.issuer, c.value)
			Demand(id, c.issuer.Commit(ctx)).To(BeOK())
			Demand(id, c.second.Lock(ctx, running)).To(BeRPCError(LockDenied))
			observeLock(c.second.Lock(ctx, candidate))
			Given(c.issuer.Unlock(ctx, candidate)).To(BeOK())
			Given(c.issuer.Unlock(ctx, running)).To(BeOK())
		})
}

func observeLock(reply *session.Reply) {
	Observe("lock on candidate while another session holds it", outcome(reply), "lock-denied", "ok: each session has a candidate of its own")
}

// unavailable shows that an operation is not there for a server that does not claim its capability.
func unavailable(slug, operation, id string) {
	It("refuses "+slug+" where it is not claimed", Spec("commit/"+slug+"-unavailable"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		Given(s).To(StillAnswer(ctx))
		reply := s.RPC(ctx, operation)
		Demand(id, reply).To(BeRPCError())
		observeTag(reply)
		Given(s).To(StillAnswer(ctx))
	})
}
