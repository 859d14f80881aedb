package dsl

import (
	"context"
	"sync"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
)

// A handshake costs a device more than most specs do. So a session that a spec leaves clean is handed to the next spec
// that asks for an ordinary one.

const (
	// mostKept bounds the idle sessions: some devices allow few at a time.
	mostKept = 2
	// mostUses bounds the specs that one session serves, so that a server that suffers from long sessions, or forgets
	// something in them, shows that in few.
	mostUses = 16
)

// spares are the idle sessions of a run.
type spares struct {
	mutex sync.Mutex
	idle  []*session.Session
	uses  map[*session.Session]int
	// excess is what the server has sent on them that nobody asked for, and no spec has been told of yet.
	excess []string
}

// told gives what the server has sent on idle sessions that nobody asked for, once.
func (k *spares) told() []string {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	excess := k.excess
	k.excess = nil
	return excess
}

// Fresh opens a session that no spec has used before.
func Fresh() OpenOption { return func(o *opening) { o.fresh = true } }

// ordinary tells whether any clean session will do.
func (o opening) ordinary() bool {
	return !o.fresh && !o.mute && !o.second && o.conn == nil && len(o.capabilities) == 0
}

// take gives an idle session that is still clean, nil where there is none.
func (k *spares) take() *session.Session {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for len(k.idle) > 0 {
		last := len(k.idle) - 1
		s := k.idle[last]
		k.idle = k.idle[:last]
		if s.Clean() {
			k.uses[s]++
			return s
		}
		delete(k.uses, s)
		_ = s.Close() // the server has ended it, or said something that nobody asked for
		if excess := s.Excess(); excess != "" {
			k.excess = append(k.excess, excess)
		}
	}
	return nil
}

// put keeps a session for later, and tells whether it did.
func (k *spares) put(s *session.Session) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if len(k.idle) == mostKept || k.uses[s] >= mostUses || !s.Clean() {
		delete(k.uses, s)
		return false
	}
	if k.uses == nil {
		k.uses = map[*session.Session]int{}
	}
	k.idle = append(k.idle, s)
	return true
}

// keep keeps the session of a spec that found nothing wrong, once it is in order.
func (s *state) keep(ctx context.Context, opened *session.Session, o opening) bool {
	if !o.ordinary() || ginkgo.CurrentSpecReport().Failed() || s.run.Guard.Doomed(opened.ID()) || !opened.Clean() {
		return false
	}
	if opened.Edited() && s.run.Claims.Has("candidate") {
		opened.Note("the session is to serve another spec")
		if !opened.DiscardChanges(ctx).Normal() {
			return false
		}
	}
	return s.run.spares.put(opened)
}

// release leaves the idle sessions, and tells whether there were any.
func (r *Run) release(ctx context.Context) bool {
	any := false
	for opened := r.spares.take(); opened != nil; opened = r.spares.take() {
		any = true
		_ = opened.Leave(ctx)
		r.Guard.Disown(opened.ID())
	}
	return any
}
