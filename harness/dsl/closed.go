package dsl

import (
	"context"
	"time"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
)

// AwaitClosed waits until the server has closed the channel or the connection of a session whose data has ended, for
// three times the grace at the most. It gives how the stream ended.
func AwaitClosed(ctx context.Context, s *session.Session) string {
	return PollEvery(ctx, 5*time.Millisecond, time.Now().Add(3*s.Grace()), s.Stream().Ended, func(how string) bool {
		return how == transport.EndedClose || how == transport.EndedDisconnect
	})
}
