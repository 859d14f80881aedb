package dsl

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
)

// Ahead is the beginning of a spec that goes on to do nothing but let time go by. A run makes it before its first spec:
// when the spec comes, the time is over.
type Ahead struct {
	Spec string
	// Begin opens sessions with Early.Open and says on them what is to be said. It has to leave the target as it is.
	Begin func(context.Context, *Early) error
}

// Early is what was begun of a spec, and when.
type Early struct {
	Sessions []*session.Session
	run      *Run
	tape     *tape
	since    time.Time
	heard    []int // messages of each session up to then
}

// mostAhead bounds the sessions that wait: some devices allow few at a time.
const mostAhead = 4

// Open opens a session that lasts until the spec is over.
func (e *Early) Open(ctx context.Context, options ...OpenOption) (*session.Session, error) {
	o := opening{name: fmt.Sprintf("S%d", len(e.Sessions)+1)}
	for _, option := range options {
		option(&o)
	}
	opened, err := e.run.reach(ctx, o, e.tape)
	if err != nil {
		return nil, err
	}
	e.run.open.Store(opened, true)
	e.Sessions = append(e.Sessions, opened)
	return opened, nil
}

// Rest is what is left of a time since the beginning, 0 at the least.
func (e *Early) Rest(of time.Duration) time.Duration { return max(0, of-time.Since(e.since)) }

// BeginAhead makes the beginnings of the specs that will run. What fails is left to the spec itself.
func (r *Run) BeginAhead(ctx context.Context, all []Ahead, authored []Authored) {
	sessions := 0
	for _, a := range all {
		i := slices.IndexFunc(authored, func(spec Authored) bool { return spec.ID == a.Spec })
		if i < 0 || sessions >= mostAhead {
			continue
		}
		d := authored[i].decorations
		if r.wouldHold(d) != nil {
			continue
		}
		r.current.Store(a.Spec)
		r.Guard.Enter(a.Spec, r.effect(d, r.covered(d)))
		e, err := r.begin(ctx, a, newTape(r, a.Spec))
		if err != nil {
			e.leave(ctx)
			continue
		}
		r.early.Store(a.Spec, e)
		sessions += len(e.Sessions)
	}
}

func (r *Run) begin(ctx context.Context, a Ahead, t *tape) (*Early, error) {
	e := &Early{run: r, tape: t}
	err := a.Begin(ctx, e)
	e.since = time.Now()
	for _, opened := range e.Sessions {
		e.heard = append(e.heard, heard(opened))
	}
	return e, err
}

func heard(s *session.Session) int { return len(s.Replies()) + len(s.Others()) }

// quiet tells whether nothing has come since the beginning, not even the end of a session.
func (e *Early) quiet() bool {
	for i, opened := range e.Sessions {
		if opened.Over() || opened.Receiving() || heard(opened) != e.heard[i] {
			return false
		}
	}
	return true
}

// Begun gives what the run has begun of this spec, or begins now: where it has not, and where the server has done anything
// since, such as ending a session, which may be due to another spec. Failing is an error of the spec.
func Begun(ctx context.Context, a Ahead) *Early {
	s := current()
	if made, there := s.run.early.LoadAndDelete(a.Spec); there {
		e := made.(*Early)
		if e.quiet() {
			s.tape = e.tape
			s.mind(e)
			return e
		}
		e.leave(ctx)
	}
	e, err := s.run.begin(ctx, a, s.tape)
	s.mind(e)
	if err != nil {
		fail(fmt.Sprintf("beginning the spec: %v", err), 1)
	}
	return e
}

// mind has the sessions closed after the spec.
func (s *state) mind(e *Early) {
	for _, opened := range e.Sessions {
		ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.close(ctx, opened) })
	}
}

// leave gives up what was begun.
func (e *Early) leave(ctx context.Context) {
	for _, opened := range e.Sessions {
		e.run.open.Delete(opened)
		_ = opened.Leave(ctx)
		e.run.Guard.Disown(opened.ID())
	}
	e.tape.drop()
}

// relent gives the server back the sessions that the run could do without, and tells whether there were any.
func (r *Run) relent(ctx context.Context) bool {
	gave := r.release(ctx)
	r.early.Range(func(spec, begun any) bool {
		begun.(*Early).leave(ctx)
		r.early.Delete(spec)
		gave = true
		return true
	})
	return gave
}
