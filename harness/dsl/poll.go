package dsl

import (
	"context"
	"time"

	"github.com/ncspec/ncspec/harness/match"
)

// Poll looks again and again until done says of what was seen that it settles the matter, or until that moment has
// come: then it looks a last time. It gives what it saw last. A run that is interrupted meanwhile ends the spec with an
// error.
//
// The time between two looks grows to a third of the grace: some servers look at their timers only after a second in which
// nobody has asked them for anything.
func Poll[T any](ctx context.Context, until time.Time, look func() T, done func(T) bool) T {
	return poll(ctx, pause, max(pause, FromContext(ctx).Grace()/3), until, look, done)
}

// PollEvery is Poll with an interval that stays the same, for waits of minutes.
func PollEvery[T any](ctx context.Context, interval time.Duration, until time.Time, look func() T, done func(T) bool) T {
	return poll(ctx, interval, interval, until, look, done)
}

func poll[T any](ctx context.Context, interval, longest time.Duration, until time.Time, look func() T, done func(T) bool) T {
	for {
		rest := time.Until(until)
		seen := look()
		if done(seen) || rest <= 0 {
			return seen
		}
		if FromContext(ctx).idle(ctx, min(interval, rest)) != nil {
			Given(ctx.Err()).To(match.Succeed()) // what was seen last says nothing
			return seen
		}
		interval = min(2*interval, longest)
	}
}

// idle lets time go by for the target.
func (r *Run) idle(ctx context.Context, d time.Duration) error {
	began := time.Now()
	defer func() { r.waited(time.Since(began)) }()
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Becomes looks again and again until the value is the one wanted, within the limit; it gives the last value seen.
func Becomes(ctx context.Context, wanted string, limit time.Duration, look func() string) string {
	return Poll(ctx, time.Now().Add(limit), look, func(seen string) bool { return seen == wanted })
}
