package lock

import (
	"context"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// pace is the time between two requests for a lock.
const pace = 50 * time.Millisecond

// askUntil asks for the lock on running again and again until an answer settles the matter or the limit is over, and
// gives the last answer. A lock that is granted is kept to the end of the spec.
func askUntil(ctx context.Context, s *session.Session, limit time.Duration, settled func(*session.Reply) bool) *session.Reply {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for {
		reply := hold(ctx, s, datastore.Running)
		if settled(reply) {
			return reply
		}
		select {
		case <-ticker.C:
		case <-within.Done():
			Given(ctx.Err()).To(Succeed()) // interrupted: the last answer says nothing
			return reply
		}
	}
}
