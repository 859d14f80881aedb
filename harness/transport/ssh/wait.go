package ssh

import (
	"context"
	"net"
	"time"
)

// await runs a step that blocks, and waits for it until ctx ends. What a step
// that comes too late has opened is handed to discard.
func await[T any](ctx context.Context, step func() (T, error), discard func(T)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := step()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		go func() {
			if o := <-done; o.err == nil {
				discard(o.value)
			}
		}()
		var none T
		return none, ctx.Err()
	}
}

// stepTimer bounds the steps of a handshake by deadlines on its connection.
type stepTimer struct {
	conn  net.Conn
	limit time.Duration
}

// restart gives the next step its full time.
func (t stepTimer) restart() { _ = t.conn.SetDeadline(time.Now().Add(t.limit)) }

// stop takes the deadline away.
func (t stepTimer) stop() { _ = t.conn.SetDeadline(time.Time{}) }

// without runs f, which asks somebody, outside the limit.
func (t stepTimer) without(f func()) {
	t.stop()
	f()
	t.restart()
}
