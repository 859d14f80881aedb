package dsl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/verdict"
)

// A server may die of what a spec does, and be started again. That costs this one spec: whoever opens a session meanwhile
// waits until the server is there again, and so does the run before it goes on to the next spec.

// redial is how long a server that is starting again is waited for, crowded how many graces one that has too many sessions
// is (those that we have closed may take it a while), and pause how often it is tried.
const (
	redial  = 15 * time.Second
	crowded = 3
	pause   = 50 * time.Millisecond
)

// greeted opens a session and exchanges hellos. A server that has greeted us before and now refuses the session, or ends
// it without a word, is tried again for a while: it may have too many, and whoever listens on the port may be there while
// the NETCONF server behind it is not.
func (r *Run) greeted(ctx context.Context, open func() (*session.Session, error), capabilities ...string) (*session.Session, error) {
	began := time.Now()
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		opened, err := greet(ctx, open, capabilities)
		if err == nil {
			r.outages.over()
			r.met.Store(true)
			return opened, nil
		}
		patience, away := r.patience(err)
		if patience > 0 && r.relent(ctx) {
			continue // it may allow no more sessions at a time
		}
		if away {
			r.outages.refused()
		}
		if time.Since(began) >= patience {
			return nil, err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil, err
		}
	}
}

func greet(ctx context.Context, open func() (*session.Session, error), capabilities []string) (*session.Session, error) {
	opened, err := open()
	if err != nil {
		return nil, err
	}
	if err := opened.Exchange(ctx, capabilities...); err != nil {
		_ = opened.Close()
		return nil, withoutHello(err)
	}
	return opened, nil
}

// patience is how long a server that does not greet us is tried again, 0 for one that is not; away tells whether it seems
// not to be there at all.
func (r *Run) patience(err error) (limit time.Duration, away bool) {
	var step *ssh.Error
	switch {
	case !r.met.Load():
		return 0, false
	case errors.Is(err, ssh.ErrChannelRefused), errors.Is(err, ssh.ErrNoSubsystem):
		return crowded * r.Grace(), false
	case errors.Is(err, io.EOF) && !errors.As(err, &step):
		return redial, true
	}
	return 0, false
}

// gone tells whether the server has ended a session.
func gone(s *session.Session) bool {
	return s.Over()
}

// watch looks whether the server is still there after a spec in which it has ended a session, and waits until it is. What
// it has found becomes an observation of the spec.
func (r *Run) watch(ctx context.Context, lost bool) error {
	var found outage
	if lost {
		var err error
		if found.before, found.after, found.lost, err = r.Guard.Renew(ctx); err != nil {
			return fmt.Errorf("opening a session after the server has ended one: %w", err)
		}
	}
	if what := r.outages.note(r.Current(), found); what != "" {
		ginkgo.AddReportEntry(verdict.ObservationEntry, verdict.Observation{Name: "the server", Value: what},
			ginkgo.ReportEntryVisibilityNever)
	}
	return nil
}
