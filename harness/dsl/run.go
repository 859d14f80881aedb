// Package dsl holds the words that a spec is written in, on top of Ginkgo: It, Spec, Covers, Given, Demand, Observe and
// Open; and what decides whether a spec may run.
//
// Given is setup: failing is an error, no verdict. Demand is what a requirement asks: failing is a violation of that
// requirement and of no other. Observe records a legal choice and never fails.
package dsl

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/wire"
)

// Run is what all specs of one run share. It travels in the context, see Around.
type Run struct {
	Target *target.Target
	Dialer transport.Dialer
	Second transport.Dialer // logs in as the target's second user; nil none
	Odd    transport.Dialer // logs in as a user whose name cannot be written in XML; nil none
	Claims netconf.Capabilities
	// Mute says why no session can be had with the server, "" where one can: its hello cannot be read. Specs that are
	// Bare, and monitors, run all the same.
	Mute      string
	Catalogue *requirement.Catalogue
	Safety    effect.Safety
	Slow      bool // runs specs that wait longer than SlowFrom
	Strict    bool // a SHOULD that is not followed fails
	// Over tells whether the run has ended early: no more specs run. nil for a run that Ginkgo alone ends.
	Over func() bool
	// Select tells why a spec is left out, "" for one that runs; nil selects all.
	Select     func(id string, requirements []string) string
	Monitor    *monitor.Collector
	Guard      *guard.Guard
	Redactor   *redact.Redactor
	Recordings string // folder for the recordings of specs; "" records nothing
	Limits     wire.Limits
	Settle     time.Duration // see session.Config
	HearFirst  bool          // see session.Config
	// Waived gives the reason of the waiver for a requirement that a spec finds broken, "" for none: the spec is skipped
	// then. nil where waivers are looked at once all specs have run.
	Waived func(spec, requirement, found string) string

	Counters Counters
	current  atomic.Value // string: the spec that runs
	security sync.Map     // what the first connection told of its security
	open     sync.Map     // departer: what has to be left yet
	met      atomic.Bool  // the server has greeted us
	outages  outages
	answers  answers
	shared   sync.Map // what specs share, see Shared
	spares   spares
	early    sync.Map // *Early by the id of its spec
}

// departer is what a run leaves in good order: a session, a stage.
type departer interface{ Leave(context.Context) error }

// LeaveAll leaves what specs have left open: a run that breaks off, such as by --fail-fast, does not get as far as their
// own clean-up. So are the sessions that were kept for the next spec.
func (r *Run) LeaveAll(ctx context.Context) {
	r.open.Range(func(key, _ any) bool {
		if d, ok := key.(departer); ok {
			_ = d.Leave(ctx) // what it could not put in order the guard names
		}
		r.open.Delete(key)
		return true
	})
	r.relent(ctx)
}

// Counters counts what a run did.
type Counters struct {
	Handshakes, Sessions, RPCs atomic.Int64
	Connecting, Waiting        atomic.Int64 // nanoseconds
}

// SlowFrom is the waiting time from which on a spec runs with --slow only.
const SlowFrom = 10 * time.Second

type runKey struct{}

// Around puts a run into the context of every node: RunSpecs(t, "…", AroundNode(dsl.Around(run))).
func Around(run *Run) func(context.Context) context.Context {
	return func(ctx context.Context) context.Context { return context.WithValue(ctx, runKey{}, run) }
}

// FromContext gives the run, nil where there is none.
func FromContext(ctx context.Context) *Run {
	run, _ := ctx.Value(runKey{}).(*Run)
	return run
}

// Current names the spec that is running, for the monitors.
func (r *Run) Current() string {
	name, _ := r.current.Load().(string)
	return name
}

// Security tells how the target identified itself and what protects the connection.
func (r *Run) Security() map[string]string {
	all := map[string]string{}
	r.security.Range(func(k, v any) bool { all[fmt.Sprint(k)] = fmt.Sprint(v); return true })
	return all
}

// Grace is the target's limit for an ordinary wait.
func (r *Run) Grace() time.Duration { return r.Target.Grace }

// Edited is the datastore that edits go to: candidate where the server claims it, else running.
func (r *Run) Edited() datastore.Name {
	if r.Claims.Has("candidate") {
		return datastore.Candidate
	}
	return datastore.Running
}

// waited counts the time that went by waiting for the target.
func (r *Run) waited(d time.Duration) { r.Counters.Waiting.Add(int64(d)) }
