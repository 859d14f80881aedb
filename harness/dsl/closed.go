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
	within, cancel := context.WithTimeout(ctx, 3*s.Grace())
	defer cancel()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		switch how := s.Stream().Ended(); how {
		case transport.EndedClose, transport.EndedDisconnect:
			return how
		}
		select {
		case <-ticker.C:
		case <-within.Done():
			return s.Stream().Ended()
		}
	}
}
