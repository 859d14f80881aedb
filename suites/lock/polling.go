package lock

import (
	"context"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/session"
)

// pace is the time between two requests for a lock.
const pace = 50 * time.Millisecond

// askUntil asks for the lock on running again and again until an answer settles the matter or the limit is over, and
// gives the last answer. A lock that is granted is kept to the end of the spec.
func askUntil(ctx context.Context, s *session.Session, limit time.Duration, settled func(*session.Reply) bool) *session.Reply {
	return PollEvery(ctx, pace, time.Now().Add(limit), func() *session.Reply { return hold(ctx, s, datastore.Running) }, settled)
}
