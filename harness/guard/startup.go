package guard

import (
	"context"
	"errors"
	"fmt"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// mindsStartup tells whether the run may touch a startup datastore (RFC 6241 §8.7).
func (g *Guard) mindsStartup() bool {
	return g.config.Claims.Has("startup") && g.config.Safety.Admits(effect.Startup)
}

// lookAtStartup reads startup before the run. A device without one yet has none to read.
func (g *Guard) lookAtStartup(ctx context.Context, s *session.Session, p *picture) {
	if g.mindsStartup() {
		p.startup, _ = g.read(ctx, s, datastore.Startup, p)
	}
}

// restoreStartup saves running again where startup held the same before the run and no longer does. It is the only
// configuration as a whole that the guard ever copies, and it stays within the device: what was in running before the
// run is in there again, or nothing is copied.
func (g *Guard) restoreStartup(ctx context.Context, s *session.Session) error {
	g.mutex.Lock()
	before := g.before
	g.mutex.Unlock()
	if !g.mindsStartup() || before.startup == nil {
		return nil
	}
	now, err := g.read(ctx, s, datastore.Startup, nil)
	if err == nil && g.same(before.startup, now) {
		return nil
	}
	if !g.same(before.startup, before.running) {
		return errors.New("startup has changed, and was not what running was: it cannot be put back")
	}
	current, err := g.read(ctx, s, datastore.Running, nil)
	if err != nil {
		return fmt.Errorf("putting startup back: %w", err)
	}
	if !g.same(before.running, current) {
		return errors.New("startup has changed, and running is not what it was: startup cannot be put back")
	}
	reply := s.RPC(ctx, netconf.CopyConfig(datastore.Startup, datastore.Running))
	if ok, _ := match.BeOK().Match(reply); !ok {
		return fmt.Errorf("putting startup back: %s", match.Show(reply))
	}
	return nil
}

// startupLeft names what is not in startup as it was, where the run touched it.
func (g *Guard) startupLeft(ctx context.Context, s *session.Session, before picture) []string {
	g.mutex.Lock()
	touched := g.touched
	g.mutex.Unlock()
	if !g.mindsStartup() || touched < effect.Startup {
		return nil
	}
	after, err := g.read(ctx, s, datastore.Startup, nil)
	switch {
	case before.startup == nil && err == nil:
		return []string{"startup is there: it could not be read before the run"}
	case before.startup == nil:
		return nil
	case err != nil:
		return []string{"startup cannot be read any more: " + g.config.Redactor.Text(err.Error())}
	}
	return g.changes("startup", before.startup, after)
}

// same tells whether two configurations hold the same.
func (g *Guard) same(one, other *xmlquery.Node) bool {
	return len(g.changes("", one, other)) == 0
}
