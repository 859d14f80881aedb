package commit

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

func rfc4741() {
	ginkgo.Describe("RFC 4741 §8.3.4.1 and §8.4, servers of base:1.0 alone", func() {
		oldForeignLock()
		oldConfirming()
		oldTimeout()
		for _, way := range []end{closed(), losses()[1], tcpRST(), killed()} {
			endReverts("commit/old-reverted-by-", "rfc4741-8.4.1-session-end-reverts", way)
		}
		oldConfirmedTwice()
		oldParameters()
	})
}

func oldForeignLock() {
	const id = "rfc4741-8.3.4.1-commit-with-foreign-lock"
	It("refuses a commit while another session has locked running", Spec("commit/old-running-locked"), Covers(id), Needs(anyFixture),
		func(ctx ginkgo.SpecContext) { commitUnderLock(ctx, id, BeRPCError()) })
}

func oldConfirming() {
	const id = "rfc4741-8.4.1-any-commit-confirms"
	It("takes any commit as a confirmation, with changes too", Spec("commit/old-any-commit-confirms"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) { confirmWithChanges(ctx, id) })
}

func oldTimeout() {
	const id = "rfc4741-8.4.1-reverts-after-timeout"
	It("reverts a commit that nobody confirms", Spec("commit/old-reverts-after-timeout"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.revertsAfter(ctx, id, c.short(ctx))
		})
	It("reverts later where the timeout is longer", Spec("commit/old-reverts-after-longer-timeout"), Covers(id),
		Needs(anyFixture, "candidate"), func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			c.revertsAfter(ctx, id, 2*c.short(ctx))
		})
}

// oldConfirmedTwice lets the second commit last twice as long as the first one, whose timeout must no longer count.
func oldConfirmedTwice() {
	const id = "rfc4741-8.4.1-confirming-commit-may-be-confirmed"
	It("takes a confirmation that is itself to be confirmed", Spec("commit/old-confirmed-twice"), Covers(id), Needs(anyFixture, "candidate"),
		func(ctx ginkgo.SpecContext) {
			c := newScene(ctx)
			more, value := c.more(ctx)
			seconds := c.short(ctx)
			first := c.pending(ctx, seconds)
			more.edit(ctx, c.issuer, value)
			second := confirmed(ctx, c.issuer, 2*seconds)
			first.mindTime()
			Demand(id, second.reply).To(BeOK())
			c.demandBothUntil(ctx, id, second, more, value)
			state := "confirmed by the second"
			if c.look(ctx) == c.was {
				state = "reverted too: the second has continued it"
			}
			Observe("what becomes of the first commit", state)
		})
}

// demandBothUntil demands that both changes are in running until the timeout, and that the second is gone soon after.
func (c *scene) demandBothUntil(ctx ginkgo.SpecContext, id string, p period, more spot, value string) {
	early := ""
	left := Poll(ctx, p.answered.Add(p.length+3*c.second.Grace()), func() string {
		first, now := c.look(ctx), more.read(ctx, c.second, running)
		if gone := now != value || more != c.spot && first != c.value; gone && p.lasts() {
			early = "running has " + first + " and " + now
		}
		return now
	}, func(now string) bool { return now != value || early != "" })
	Demand(id, early).To(Equal(""))
	Demand(id, left).NotTo(Equal(value))
}

func oldParameters() {
	It("knows what came with RFC 6241, or does not", Spec("commit/old-parameters"), Covers("rfc4741-8.4.5.1-no-persist-no-cancel"),
		Needs("candidate"), func(ctx ginkgo.SpecContext) {
			s := Open(ctx)
			cleared(ctx, s)
			persist := s.RPC(ctx, netconf.CommitWith(netconf.Confirmed(), netconf.ConfirmTimeout(5), netconf.Persist(token)))
			cancel := s.RPC(ctx, netconf.CancelPersistent(token))
			Given(s.Commit(ctx)).To(BeAnswered())
			Observe("commit with persist", outcome(persist), UnknownElement, "another error-tag", "ok")
			Observe("cancel-commit", outcome(cancel), OperationNotSupported, "another error-tag", "ok")
		})
}
