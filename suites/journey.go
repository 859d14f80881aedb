package suites

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
)

// journey is one run from its arrival at the target to its departure.
type journey struct {
	tree    *tree
	options Options
	run     *dsl.Run
	began   time.Time
	ginkgo  types.Report

	sessionID string // of the first session
	state     verdict.State
	notes     []string
	looking   bool           // nothing is to be run
	journal   *journal.Place // nil none
	stock     stock
	faults    []string // what went wrong outside any spec
}

// arrive connects for the first time, reads the server's hello, and looks at the target before anything is touched.
// The error says why the target cannot be judged.
func (j *journey) arrive(ctx context.Context) error {
	if err := j.prepare(); err != nil {
		return err
	}
	run := j.run
	first, sent, err := run.OpenAsking(ctx, "arrival", session.Nothing())
	var unreadable *session.Unreadable
	switch {
	case errors.As(err, &unreadable):
		run.Mute = run.Redactor.Text(fmt.Sprintf("no session can be had with this server: %v", err))
		j.notes = append(j.notes, run.Mute)
	case err != nil:
		return err
	default:
		run.Claims, j.sessionID = first.Hello().Capabilities, first.ID()
		j.settle(ctx, first, sent)
		j.takeStock(ctx, first)
		_ = first.Leave(ctx)
		if trouble := first.Trouble(); trouble != "" && run.Settle == 0 {
			j.notes = append(j.notes, "Before the first spec "+trouble+".")
		}
		j.hearFirst(ctx)
	}
	j.judgeAs()
	j.fit(run.Target)
	keep := guard.Config{Name: run.Target.Name, Safety: run.Safety, Fixture: run.Target.Fixture, Claims: run.Claims, Redactor: run.Redactor,
		Open: func(ctx context.Context) (*session.Session, error) { return run.OpenPlain(ctx, "guard") }}
	if j.journal != nil {
		keep.Journal = j.journal
	}
	if j.looking {
		keep.Safety = effect.ReadOnly
	}
	run.Guard = guard.New(keep)
	if run.Mute == "" {
		if err := run.Guard.Begin(ctx); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("the run was ended before its first spec: %w", ctx.Err())
	}
	return nil
}

// settling is the pause behind the hellos with a server that loses requests sent at once; loss is how long the answer to
// one must be missing at the least.
const (
	settling = 50 * time.Millisecond
	loss     = time.Second
)

// settle finds out whether the server has lost the request that came in one packet with our hello. One that has, and
// answers what is sent after a pause, would spoil every spec: its sessions pause, the report says so, and one spec of the
// hello suite judges it. Nothing is said against a server that is slow: its first answer comes ahead of its second one.
func (j *journey) settle(ctx context.Context, first *session.Session, sent *session.Sent) {
	if sent == nil || answers(ctx, first, sent, min(loss, j.run.Grace())) || first.HasEnded() || first.Receiving() {
		return
	}
	j.run.Settle = settling
	second, err := j.run.OpenPlain(ctx, "arrival")
	if err != nil {
		j.run.Settle = 0
		return
	}
	defer func() { _ = second.Leave(ctx) }()
	if second.Ping(ctx).Outcome != session.Answered || answers(ctx, first, sent, settling) {
		j.run.Settle = 0
		return
	}
	j.notes = append(j.notes, fmt.Sprintf("The server does not answer a request that comes in one packet with our hello: "+
		"sessions of this run pause %v behind the hellos.", settling))
}

func answers(ctx context.Context, s *session.Session, sent *session.Sent, limit time.Duration) bool {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.Await(within, sent).Outcome == session.Answered
}

// prepare makes the run; nothing is connected to.
func (j *journey) prepare() error {
	redactor, err := j.options.hiding()
	if err != nil {
		return err
	}
	if j.options.Safety == "" {
		j.options.Safety = effect.Normal
	}
	o := j.options
	j.run = &dsl.Run{Target: o.Target, Dialer: o.Dialer, Second: o.Second, Odd: o.odd, Catalogue: j.tree.catalogue, Safety: o.Safety,
		Slow: o.Slow, Strict: o.Strict, Select: o.held, Redactor: redactor, Recordings: o.Recordings}
	j.run.Monitor = monitor.New(j.run.Current)
	return nil
}

// fit completes the target by what its server claims.
func (j *journey) fit(t *target.Target) {
	if t.Fixture == nil {
		t.Fixture = target.BuiltIn(j.run.Claims)
	}
	if t.Operational == nil {
		t.Operational = target.BuiltInOperational(j.run.Claims)
	}
}

// judgeAs says in the report by which RFCs the server is judged.
func (j *journey) judgeAs() {
	if j.run.Claims.Has("base:1.0") && !j.run.Claims.Has("base:1.1") {
		j.notes = append(j.notes, "The server claims base:1.0 only: it is judged as RFC 4741 and RFC 4742 have it; what only RFC 6241 and RFC 6242 ask is not applicable.")
	}
}

// limitDeparture bounds putting the target back in order.
const limitDeparture = 2 * time.Minute

// depart compares the target with what it was, after a last attempt to put it in order.
func (j *journey) depart(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, limitDeparture)
	defer cancel()
	j.run.LeaveAll(ctx)
	outcome, err := j.run.Guard.End(ctx)
	if err != nil {
		j.faults = append(j.faults, j.run.Redactor.Text(fmt.Sprintf("putting the target back: %v", err)))
	}
	j.state = verdict.State{RunningBefore: outcome.Before, RunningAfter: outcome.After, Restored: outcome.Restored,
		LeftBehind: outcome.LeftBehind}
	j.run.Guard.Close(ctx)
	j.closeJournal()
}

func (j *journey) closeJournal() {
	if j.journal != nil {
		_ = j.journal.Close()
	}
}
