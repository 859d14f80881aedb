package dsl

import (
	"context"
	"fmt"
	"time"

	"github.com/ncspec/ncspec/harness/session"
)

// again is the time between two attempts to open a session with a device that is starting.
const again = time.Second

// Reopen opens a session to a target that is starting again, as soon as it lets us in, within the limit. Failing is an
// error of the spec.
func Reopen(ctx context.Context, limit time.Duration, options ...OpenOption) *session.Session {
	s := current()
	o := opening{}
	for _, option := range options {
		option(&o)
	}
	var opened *session.Session
	var err error
	PollEvery(ctx, again, time.Now().Add(limit), func() error { opened, err = s.open(ctx, o); return err },
		func(err error) bool { return err == nil })
	if err != nil {
		fail(fmt.Sprintf("opening a session within %v after the target went down: %v", limit, err), 1)
	}
	return opened
}
