package commit

import (
	"context"
	"math"
	"time"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// long and longer are confirm-timeouts, in seconds, that nobody waits for.
const (
	long   = 60
	longer = 120
)

// scene is what the specs of confirmed commits have in common: a session that commits, another one, and the change.
type scene struct {
	spot
	issuer, second *session.Session
	was, value     string // of the spot in running, and what the first commit makes of it
}

func newScene(ctx context.Context) *scene {
	c := &scene{spot: theSpot(ctx), issuer: Open(ctx, Named("issuer")), second: Open(ctx, Named("second"))}
	c.was = c.read(ctx, c.issuer, running)
	Given(c.look(ctx)).To(Equal(c.was))
	c.value = c.other(c.was)
	return c
}

// look gives the spot's value in running, as the other session sees it.
func (c *scene) look(ctx context.Context) string { return c.read(ctx, c.second, running) }

// period is the time in which a confirmed commit waits to be confirmed.
type period struct {
	reply          *session.Reply
	sent, answered time.Time
	length         time.Duration
}

// confirmed sends a confirmed commit with that confirm-timeout.
func confirmed(ctx context.Context, s *session.Session, seconds uint32, options ...netconf.CommitOption) period {
	p := period{sent: time.Now(), length: time.Duration(seconds) * time.Second}
	p.reply = s.RPC(ctx, netconf.CommitWith(append(options, netconf.Confirmed(), netconf.ConfirmTimeout(seconds))...))
	p.answered = time.Now()
	return p
}

// short is a confirm-timeout in seconds that is worth waiting for: 1, or what a slow server needs for four commits, judged
// by one that changes nothing.
func (c *scene) short(ctx context.Context) uint32 {
	began := time.Now()
	c.issuer.Commit(ctx)
	return uint32(math.Ceil(max(1, 4*time.Since(began).Seconds())))
}

// pending makes a confirmed commit of the change. Failing is an error of the spec.
func (c *scene) pending(ctx context.Context, seconds uint32, options ...netconf.CommitOption) period {
	c.edit(ctx, c.issuer, c.value)
	p := confirmed(ctx, c.issuer, seconds, options...)
	Given(p.reply).To(BeOK())
	now := c.look(ctx)
	p.mindTime()
	Given(now).To(Equal(c.value))
	return p
}

// lasts tells whether the timeout has not passed yet.
func (p period) lasts() bool { return time.Since(p.sent) < p.length }

// mindTime ends the spec without a verdict where what was to be done in the period is answered after it.
func (p period) mindTime() {
	if !p.lasts() {
		NoVerdict("the server takes longer for its answers than the confirm-timeout lasts")
	}
}

// demandReverted demands that running gets back the value from before: not before the timeout has passed since the
// request, and soon after it has passed since the reply.
func (c *scene) demandReverted(ctx context.Context, id string, p period) {
	var answered time.Time
	last := Poll(ctx, p.answered.Add(p.length+3*c.second.Grace()), func() string {
		value := c.look(ctx)
		answered = time.Now()
		return value
	}, func(value string) bool { return value == c.was })
	Demand(id, last).To(Equal(c.was))
	Observe("seconds until running was as before", answered.Sub(p.answered).Seconds())
	Demand(id, answered.Sub(p.sent) >= p.length).To(BeTrue("running was as before ahead of the timeout"))
}

// demandKept demands that the spot keeps the value until the timeout has passed and a while more.
func (c *scene) demandKept(ctx context.Context, id string, p period, of spot, value string) {
	until := p.answered.Add(p.length + c.second.Patience())
	last := Poll(ctx, until, func() string { return of.read(ctx, c.second, running) }, func(now string) bool { return now != value })
	Demand(id, last).To(Equal(value))
}

// demandCancels ends a pending commit at once, and demands that it was pending still: running is as before. A server that
// refuses cancel-commit is judged for that elsewhere; the end of the session reverts then.
func (c *scene) demandCancels(ctx context.Context, id string, s *session.Session, operation string) {
	reply := s.RPC(ctx, operation)
	Observe("cancel-commit", outcome(reply))
	if reply.Normal() {
		Demand(id, c.look(ctx)).To(Equal(c.was))
	}
}
