package dsl

import (
	"context"
	"errors"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/verdict"
)

// Stage is where a transcript is played: its sessions and its recording last over several specs, one for each step.
type Stage struct {
	id       string
	run      *Run
	tape     *tape
	sessions []*session.Session
}

// NewStage gives a stage for the transcript with that id; nothing happens before its first step.
func NewStage(id string) *Stage { return &Stage{id: id} }

// Step begins the step of the spec that is running.
func (s *Stage) Step() {
	here := current()
	if s.tape == nil {
		s.run, s.tape = here.run, newTape(here.run, s.id)
		s.run.open.Store(s, true)
	}
	here.tape = s.tape
	here.stage = s
	if s.run.Recordings != "" {
		ginkgo.AddReportEntry(verdict.RecordedEntry, verdict.Recorded{Path: s.tape.path()}, ginkgo.ReportEntryVisibilityNever)
	}
}

// Open opens a session that lasts until Leave. The error says why it could not be opened.
func (s *Stage) Open(ctx context.Context, options ...OpenOption) (*session.Session, error) {
	o := opening{}
	for _, option := range options {
		option(&o)
	}
	opened, err := s.run.reach(ctx, o, s.tape)
	if err != nil {
		return nil, err
	}
	s.sessions = append(s.sessions, opened)
	return opened, nil
}

// Leave closes the sessions, puts the target in order and saves the recording. The error says what it could not do.
func (s *Stage) Leave(ctx context.Context) error {
	if s.run == nil {
		return nil // no step was played
	}
	s.run.open.Delete(s)
	var faults []error
	lost := false
	for _, opened := range s.sessions {
		s.run.Counters.RPCs.Add(int64(opened.RPCs()))
		lost = lost || gone(opened)
		_ = opened.Leave(ctx)
		s.run.Guard.Disown(opened.ID())
		if excess := opened.Excess(); excess != "" {
			faults = append(faults, errors.New(excess))
		}
	}
	faults = append(faults, s.run.watch(ctx, lost))
	if err := s.run.Guard.Settle(ctx); err != nil {
		faults = append(faults, fmt.Errorf("putting the target back in order: %w", err))
	}
	s.tape.save()
	s.sessions, s.tape = nil, nil // the reports of its specs hold the stage, and would hold these
	return errors.Join(faults...)
}

// Broken ends the spec with an error: the step cannot be played.
func Broken(format string, args ...any) { fail(fmt.Sprintf(format, args...), 1) }
