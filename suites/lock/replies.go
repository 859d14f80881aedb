package lock

import (
	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/monitor"
)

// replies judges all answers to lock and unlock that the run has seen (RFC 6241 §7.5, §7.6).
func replies() {
	ginkgo.Describe("replies to lock and unlock", func() {
		okOrError("lock/lock-replies", "rfc6241-7.5-ok-or-error", "lock", monitor.LockReplies)
		okOrError("lock/unlock-replies", "rfc6241-7.6-ok-or-error", "unlock", monitor.UnlockReplies)
	})
}

func okOrError(spec, id, operation string, kind monitor.Kind) {
	It("answers each "+operation+" with ok or with rpc-errors, and with nothing else", Spec(spec), Covers(id), Monitor(),
		func(ctx ginkgo.SpecContext) {
			if FromContext(ctx).Monitor.Seen(kind) == 0 {
				NoVerdict("no reply to " + operation + " was seen")
			}
			DemandNone(ctx, id)
		})
}
