package guard

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// unconfirmed is a confirmed commit (RFC 6241 §8.4) that specs have sent. It may be pending still when its spec is over,
// and would then take back what a later one does.
type unconfirmed struct {
	tokens []string  // that it was told to persist under, all of them where there were several
	until  time.Time // when the last one times out; zero where none was sent
}

const defaultTimeout = 600 // seconds, where confirm-timeout is not given (RFC 6241 §8.4.1)

var (
	commits   = regexp.MustCompile(`(?s)<(?:[\pL_][\pL\pN._-]*:)?commit(?:\s[^<>]*)?>(.*?)</(?:[\pL_][\pL\pN._-]*:)?commit\s*>`)
	confirmed = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?confirmed[\s/>]`)
	timeouts  = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?confirm-timeout(?:\s[^<>]*)?>\s*(\d+)\s*<`)
	tokens    = regexp.MustCompile(`(?s)<(?:[\pL_][\pL\pN._-]*:)?persist(?:\s[^<>]*)?>(.*?)</`)
)

// noteConfirmed remembers the confirmed commits among octets about to be sent, in the journal too. The caller has the mutex.
func (g *Guard) noteConfirmed(octets []byte) error {
	for _, text := range [][]byte{octets, effect.Unchunked(octets)} {
		if !confirmed.Match(text) {
			continue
		}
		for _, m := range commits.FindAllSubmatch(text, -1) {
			if !confirmed.Match(m[1]) {
				continue
			}
			g.unconfirmed.note(m[1])
			if err := g.jotConfirmed(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *Guard) jotConfirmed() error {
	for _, token := range g.unconfirmed.tokens {
		if err := g.jot(journal.Entry{Persist: token}); err != nil {
			return err
		}
	}
	return g.jot(journal.Entry{Until: g.unconfirmed.until})
}

// note reads the parameters of one confirmed commit.
func (u *unconfirmed) note(parameters []byte) {
	seconds := uint64(defaultTimeout)
	if m := timeouts.FindSubmatch(parameters); m != nil {
		seconds, _ = strconv.ParseUint(string(m[1]), 10, 31) // one that is no number is refused by the server
	}
	if until := time.Now().Add(time.Duration(seconds) * time.Second); until.After(u.until) {
		u.until = until
	}
	if m := tokens.FindSubmatch(parameters); m != nil {
		if token := html.UnescapeString(string(m[1])); !slices.Contains(u.tokens, token) {
			u.tokens = append(u.tokens, token)
		}
	}
}

// endUnconfirmed sees that no confirmed commit of ours is pending any more. A persistent one is cancelled, or confirmed
// where the server does not cancel it: what it has changed is then undone as any other change. One without a token
// ends with its session, which is closed by now, or times out. Whether one is pending shows the lock on running, which
// must be denied then (RFC 6241 §7.5).
func (g *Guard) endUnconfirmed(ctx context.Context, s *session.Session) error {
	g.mutex.Lock()
	u, telling := g.unconfirmed, g.lockable
	g.mutex.Unlock()
	if u.until.IsZero() {
		return nil
	}
	for _, token := range u.tokens {
		s.RPC(ctx, netconf.CancelPersistent(token)) // an error says that it is not pending, or is seen by the lock
	}
	if telling && !lockFree(ctx, s) {
		for _, token := range u.tokens {
			s.RPC(ctx, netconf.CommitWith(netconf.PersistID(token)))
		}
		if !awaitFree(ctx, s, u.until) {
			return fmt.Errorf("a confirmed commit of ours may still be pending: running cannot be locked")
		}
	}
	g.mutex.Lock()
	g.unconfirmed = unconfirmed{}
	g.mutex.Unlock()
	return nil
}

// patience bounds the wait for a confirmed commit to time out, in multiples of the grace: two minutes of 5 s each.
const patience = 24

// pace is the time between the first two requests for a lock. It grows to a third of the grace: a server that is asked all
// the time may find no time to let a commit time out.
const pace = 50 * time.Millisecond

// awaitFree waits until running can be locked, until a while after the moment when the last confirmed commit times out.
func awaitFree(ctx context.Context, s *session.Session, until time.Time) bool {
	limit := min(time.Until(until)+3*s.Grace(), patience*s.Grace())
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for interval := pace; !lockFree(ctx, s); interval = min(2*interval, max(pace, s.Grace()/3)) {
		select {
		case <-time.After(interval):
		case <-within.Done():
			return false
		}
	}
	return true
}

// lockFree tells whether running can be locked; the lock is given back at once.
func lockFree(ctx context.Context, s *session.Session) bool {
	if ok, _ := match.BeOK().Match(s.Lock(ctx, datastore.Running)); !ok {
		return false
	}
	s.Unlock(ctx, datastore.Running)
	return true
}
