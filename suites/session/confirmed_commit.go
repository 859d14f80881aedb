package session

import (
	"context"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

const (
	running = datastore.Running
	// timeout is the confirm-timeout in seconds: long enough that a restored configuration shows the end of the
	// session and not the timeout.
	timeout = 120
	// restored bounds the wait for the configuration from before (RFC 6241 §8.4.1 sets no time).
	restored = 60 * time.Second
)

func confirmedCommit() {
	It("is undone when its session is closed", Spec("session/close-undoes-confirmed-commit"), Needs("fixture:leaf", "candidate"),
		Covers("rfc6241-7.8-confirmed-commit-pending"), func(ctx ginkgo.SpecContext) {
			pendingThen(ctx, "rfc6241-7.8-confirmed-commit-pending", func(issuer, _ *session.Session) {
				Given(issuer.CloseSession(ctx)).To(BeOK())
			})
		})

	It("is undone when its session is killed", Spec("session/kill-undoes-confirmed-commit"), Needs("fixture:leaf", "candidate"),
		Covers("rfc6241-7.9-restores-confirmed-commit"), func(ctx ginkgo.SpecContext) {
			pendingThen(ctx, "rfc6241-7.9-restores-confirmed-commit", func(issuer, witness *session.Session) {
				Given(allowed(witness.KillSession(ctx, issuer.ID()))).To(BeOK())
			})
		})
}

// pendingThen makes a confirmed commit, ends its session, and judges that running becomes what it was.
func pendingThen(ctx context.Context, id string, end func(issuer, witness *session.Session)) {
	issuer, witness, l := Open(ctx, Named("issuer")), Open(ctx, Named("witness")), FixtureLeaf(ctx)
	answering(ctx, issuer, witness)
	was := l.Read(ctx, witness, running)
	_, value := l.Change(ctx, issuer)
	Given(issuer.RPC(ctx, netconf.ConfirmedCommit(timeout))).To(BeOK())
	Given(l.Read(ctx, witness, running)).To(Equal(value))
	end(issuer, witness)
	Given(issuer.AwaitEnd(ctx)).To(BeOver())
	began := time.Now()
	Demand(id, Becomes(ctx, was, patience(ctx), func() string { return l.Read(ctx, witness, running) })).To(Equal(was))
	Observe("time until running was restored (ms)", time.Since(began).Milliseconds())
}

// patience is restored, and less with a target whose grace says that it is fast.
func patience(ctx context.Context) time.Duration { return min(restored, 12*FromContext(ctx).Grace()) }
