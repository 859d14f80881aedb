package suites

import (
	"context"
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/redact"
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
	faults    []string // what went wrong outside any spec
}

// arrive connects for the first time, reads the server's hello, and looks at the target before anything is touched.
// The error says why the target cannot be judged.
func (j *journey) arrive(ctx context.Context) error {
	redactor, err := redact.New(j.options.Target.SecretLeaves...)
	if err != nil {
		return err
	}
	if j.options.Safety == "" {
		j.options.Safety = effect.Normal
	}
	run := &dsl.Run{Target: j.options.Target, Dialer: j.options.Dialer, Second: j.options.Second, Catalogue: j.tree.catalogue,
		Safety: j.options.Safety, Slow: j.options.Slow, Strict: j.options.Strict, Select: j.options.held, Redactor: redactor,
		Recordings: j.options.Recordings}
	j.run = run
	run.Monitor = monitor.New(run.Current)
	first, err := run.OpenPlain(ctx, "arrival")
	if err != nil {
		return err
	}
	defer func() { _ = first.Leave(ctx) }()
	run.Claims, j.sessionID = first.Hello().Capabilities, first.ID()
	j.judgeAs()
	if run.Target.Fixture == nil {
		run.Target.Fixture = target.BuiltIn(run.Claims)
	}
	if run.Target.Operational == nil {
		run.Target.Operational = target.BuiltInOperational(run.Claims)
	}
	run.Guard = guard.New(guard.Config{Safety: run.Safety, Fixture: run.Target.Fixture, Claims: run.Claims,
		Open: func(ctx context.Context) (*session.Session, error) { return run.OpenPlain(ctx, "guard") }})
	return run.Guard.Begin(ctx)
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
	outcome, err := j.run.Guard.End(ctx)
	if err != nil {
		j.faults = append(j.faults, fmt.Sprintf("putting the target back: %v", err))
	}
	j.state = verdict.State{RunningBefore: outcome.Before, RunningAfter: outcome.After, Restored: outcome.Restored,
		LeftBehind: outcome.LeftBehind}
	j.run.Guard.Close(ctx)
}
