package reference

import (
	"sync"
	"time"
)

// Clock is where the server has its time from, so that a test of a timeout need not wait for it.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f once, d from now, on a goroutine of its own or of the clock's; stop takes it back.
	AfterFunc(d time.Duration, f func()) (stop func())
}

// realClock is the system's.
type realClock struct{}

// Now is time.Now.
func (realClock) Now() time.Time { return time.Now() }

// AfterFunc is time.AfterFunc.
func (realClock) AfterFunc(d time.Duration, f func()) func() {
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }
}

// ManualClock stands still until it is advanced. Its zero value is ready; it may be shared between goroutines.
type ManualClock struct {
	mu      sync.Mutex
	passed  time.Duration
	waiting map[*alarm]bool
}

type alarm struct {
	at time.Duration
	f  func()
}

// Now is so long after the first second of 2026 as the clock was advanced.
func (c *ManualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(c.passed)
}

// AfterFunc has f called by the Advance that reaches its time.
func (c *ManualClock) AfterFunc(d time.Duration, f func()) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting == nil {
		c.waiting = map[*alarm]bool{}
	}
	a := &alarm{c.passed + d, f}
	c.waiting[a] = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.waiting, a)
	}
}

// Advance moves the clock on and calls what is due, in the order of time, before it returns.
func (c *ManualClock) Advance(d time.Duration) {
	c.mu.Lock()
	end := c.passed + d
	c.mu.Unlock()
	for {
		a := c.next(end)
		if a == nil {
			return
		}
		a.f()
	}
}

// next takes the earliest alarm up to end and moves the clock to it; without one the clock moves to end.
func (c *ManualClock) next(end time.Duration) *alarm {
	c.mu.Lock()
	defer c.mu.Unlock()
	var first *alarm
	for a := range c.waiting {
		if a.at <= end && (first == nil || a.at < first.at) {
			first = a
		}
	}
	if first == nil {
		c.passed = end
		return nil
	}
	delete(c.waiting, first)
	c.passed = first.at
	return first
}
