// Package guard decides what a run may send, and puts back what it changed: it reads the target before the run, stands
// where the octets leave, undoes our edits after each spec, and compares the target after the run.
package guard

import (
	"context"
	"fmt"
	"sync"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// Config is what a guard needs to know of its run.
type Config struct {
	Safety  effect.Safety
	Fixture *target.Fixture // whose paths may be changed; nil none
	Claims  netconf.Capabilities
	// Name is what the user calls the target.
	Name string
	// Journal is where is written down what will have to be undone, before anything is changed; nil nowhere.
	Journal Journal
	// Redactor masks secrets in what the guard says of the target.
	Redactor *redact.Redactor
	// Open opens a session for the guard's own use; its requests are not asked about.
	Open func(context.Context) (*session.Session, error)
}

// Guard is one run's guard. It is safe for concurrent use.
type Guard struct {
	config Config

	mutex   sync.Mutex
	own     *session.Session // the guard's own, opened when needed
	spec    string
	allowed effect.Effect // by the spec that is running
	dirty   effect.Effect // the strongest effect of the spec that is running
	owed    effect.Effect // what could not be undone yet
	touched effect.Effect // the strongest effect of the run
	ours    map[string]bool
	doomed  map[string]bool          // of ours: a kill-session has named it
	blocked map[effect.Effect]string // from this effect on: why
	before  picture

	journalled  bool                   // the journal has its head
	jotted      map[journal.Entry]bool // what it has beside that
	complaints  []error
	unconfirmed unconfirmed // confirmed commits that may be pending
	lockable    bool        // running could be locked before the run
}

// New gives a guard; nothing is sent yet.
func New(c Config) *Guard {
	if c.Fixture == nil {
		c.Fixture = &target.Fixture{}
	}
	return &Guard{config: c, allowed: effect.Nothing, ours: map[string]bool{}, doomed: map[string]bool{},
		blocked: map[effect.Effect]string{}, jotted: map[journal.Entry]bool{}}
}

// Enter begins a spec that says what it touches at the most.
func (g *Guard) Enter(spec string, allowed effect.Effect) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.spec, g.allowed = spec, allowed
}

// Blocked tells why a spec with that effect must not run on this target now, "" when it may.
func (g *Guard) Blocked(e effect.Effect) string {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	for from := effect.Nothing; from <= e; from++ {
		if why := g.blocked[from]; why != "" {
			return why
		}
	}
	return ""
}

// Own notes the id of a session of ours, so that kill-session may name it.
func (g *Guard) Own(id string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.ours[id] = true
}

// Disown forgets the id of a session that has ended: it may be another's by now.
func (g *Guard) Disown(id string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	delete(g.ours, id)
	delete(g.doomed, id)
}

// Doomed tells whether a session of ours was named in a kill-session: its end may be on its way.
func (g *Guard) Doomed(id string) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.doomed[id]
}

// Excess is the error for octets whose effect goes beyond the run's safety level: it is the user's choice.
type Excess struct {
	Effect effect.Effect
	Safety effect.Safety
}

// Error says what was held back, and how to let it through.
func (e *Excess) Error() string {
	return fmt.Sprintf("its effect %s goes beyond --safety %s; --safety %s would admit it", e.Effect, e.Safety, effect.Needs(e.Effect))
}

// Permit is asked before any octet leaves. It refuses what goes beyond the safety level (Excess), what the running
// spec has not declared, and a kill-session of a session that is not ours.
func (g *Guard) Permit(out session.Outgoing) error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if !g.config.Safety.Admits(out.Effect) {
		return &Excess{Effect: out.Effect, Safety: g.config.Safety}
	}
	if out.Effect > g.allowed {
		return fmt.Errorf("its effect %s goes beyond %s, which is all that %s declares", out.Effect, g.allowed, g.spec)
	}
	if err := g.mayKill(out.Whole); err != nil {
		return err
	}
	if err := g.writeDown(out); err != nil {
		return err
	}
	if err := g.noteConfirmed(out.Whole); err != nil {
		return err
	}
	g.dirty, g.touched = max(g.dirty, out.Effect), max(g.touched, out.Effect)
	return nil
}

// Touched notes an effect that comes about past NETCONF, as by a side channel, so that Settle undoes it.
func (g *Guard) Touched(e effect.Effect) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.dirty, g.touched = max(g.dirty, e), max(g.touched, e)
}
