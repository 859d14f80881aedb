package guard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// Begin reads the target before the first spec and finds out what must be left alone: a candidate with somebody's
// changes, a datastore that somebody has locked. At the level read-only it only reads.
func (g *Guard) Begin(ctx context.Context) error {
	s, err := g.session(ctx)
	if err != nil {
		return fmt.Errorf("opening a session to read the target before the run: %w", err)
	}
	before, err := g.look(ctx, s)
	if err != nil {
		// The session may be of no use any more: what is wrong with the server shows on a fresh one too.
		if s, err = g.session(ctx); err == nil {
			before, err = g.look(ctx, s)
		}
	}
	if err != nil {
		g.block(effect.Lock, fmt.Sprintf("the state before the run is not known (%v)", err))
		return nil
	}
	g.lookAtStartup(ctx, s, &before)
	g.mutex.Lock()
	g.before = before
	g.mutex.Unlock()
	if before.candidate != nil {
		if len(g.changes("running", before.running, before.candidate)) > 0 {
			g.block(effect.Lock, "the candidate already holds changes that somebody has not committed")
		}
	}
	if slices.Contains(before.entries, true) {
		g.block(effect.Candidate, "the fixture's list entry is on the target already: name another in the target file")
	}
	// Where somebody is at work already no lock is tried: giving back one on a candidate with changes drops them
	// (RFC 6241 §8.3.5.2).
	if g.config.Safety.Admits(effect.Lock) && g.Blocked(effect.Lock) == "" {
		g.tryLocks(ctx, s)
	}
	return nil
}

// tryLocks takes and gives back each lock, to see whether somebody holds it.
func (g *Guard) tryLocks(ctx context.Context, s *session.Session) {
	for _, d := range g.datastores() {
		reply := s.Lock(ctx, d)
		if denied, _ := match.BeRPCError(match.LockDenied).Match(reply); denied {
			g.block(effect.Lock, fmt.Sprintf("somebody holds the lock on %s (session %s)", d, holder(reply)))
			continue
		}
		if reply.Outcome == session.Answered && reply.OK {
			s.Unlock(ctx, d)
			g.noteLockable(d)
		}
	}
}

// noteLockable remembers that running can be locked, as far as it depends on nobody else.
func (g *Guard) noteLockable(d datastore.Name) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.lockable = g.lockable || d == datastore.Running
}

func holder(r *session.Reply) string {
	for _, e := range r.Errors {
		if e.SessionID != "" {
			return e.SessionID
		}
	}
	return "unknown"
}

func (g *Guard) block(from effect.Effect, why string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.blocked[from] == "" {
		g.blocked[from] = g.config.Redactor.Text(why)
	}
}

func (g *Guard) datastores() []datastore.Name {
	all := []datastore.Name{datastore.Running}
	if g.hasCandidate() {
		all = append(all, datastore.Candidate)
	}
	return all
}

func (g *Guard) hasCandidate() bool { return g.config.Claims.Has("candidate") }

// session gives the guard's own session, a fresh one where the last has ended.
func (g *Guard) session(ctx context.Context) (*session.Session, error) {
	g.mutex.Lock()
	s := g.own
	g.mutex.Unlock()
	if s != nil && !s.HasEnded() && s.Ping(ctx).Outcome == session.Answered && s.Excess() == "" {
		return s, nil
	}
	if s != nil && (!s.HasEnded() || s.GaveUp() != nil) {
		g.complain(s)
	}
	s, err := g.config.Open(ctx)
	if err != nil {
		return nil, err
	}
	g.mutex.Lock()
	if g.own != nil {
		_ = g.own.Close()
	}
	g.own = s
	g.mutex.Unlock()
	return s, nil
}

// complain notes what the server did to a session of the guard's own that is of no use any more. One that it has ended
// without more is for Renew.
func (g *Guard) complain(s *session.Session) {
	trouble := s.Trouble()
	if trouble == "" {
		return
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.complaints = append(g.complaints, errors.New(trouble))
}

// Complaints gives, once, what the server did to the guard's own sessions that leaves a client at a loss; nil for
// nothing.
func (g *Guard) Complaints() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	all := errors.Join(g.complaints...)
	g.complaints = nil
	return all
}

// ask gives the texts that an expression selects of a datastore.
func ask(ctx context.Context, s *session.Session, d datastore.Name, filter, expr string, ns map[string]string) ([]string, error) {
	reply := s.GetConfig(ctx, d, filter)
	if reply.Outcome != session.Answered || reply.Data == nil {
		return nil, fmt.Errorf("%s", match.Show(reply))
	}
	return pick(reply.Document, expr, ns)
}

// pick gives the texts that an expression selects of a reply.
func pick(document *netconf.Document, expr string, ns map[string]string) ([]string, error) {
	x, err := netconf.CompileXPath(expr, ns)
	if err != nil {
		return nil, err
	}
	return x.Strings(document), nil
}
