package guard

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/journal"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// Recovery is what became of a target that an interrupted run had left.
type Recovery struct {
	Found     []string // of ours that was left, as differences from before
	Elsewhere []string // differences that are not ours: somebody has changed the target meanwhile
	Left      []string // of ours that is still there
}

// Recover undoes by the journal what an interrupted run has left: in the candidate, in running, in startup, and files on
// the device. It touches nothing but what the run could change. The configuration's Journal is removed once all is as it
// was. The error says what could not be undone, and what stands in the way.
func Recover(ctx context.Context, c Config, r *journal.Record) (*Recovery, error) {
	c.Fixture = r.Fixture
	g := New(c)
	defer g.Close(ctx)
	if err := g.remember(r); err != nil {
		return nil, err
	}
	s, err := g.session(ctx)
	if err != nil {
		return nil, fmt.Errorf("opening a session: %w", err)
	}
	recovery := &Recovery{}
	if err := g.endUnconfirmed(ctx, s); err != nil {
		return recovery, err
	}
	if recovery.Found, recovery.Elsewhere, err = g.compare(ctx, s); err != nil {
		return recovery, err
	}
	faults := []error{g.recoverCandidate(ctx, s)}
	if faults[0] == nil {
		faults = append(faults, g.restoreFixture(ctx, s), g.restoreStartup(ctx, s))
	}
	faults = append(faults, g.deleteFiles(ctx, s, r))
	if recovery.Left, _, err = g.compare(ctx, s); err != nil {
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil || len(recovery.Left) > 0 {
		return recovery, err
	}
	return recovery, c.Journal.Remove()
}

// remember makes the guard what that of the run was.
func (g *Guard) remember(r *journal.Record) error {
	g.lockable = r.Lockable
	for _, e := range r.Entries {
		if e.Persist != "" {
			g.unconfirmed.tokens = append(g.unconfirmed.tokens, e.Persist)
		}
		if e.Until.After(g.unconfirmed.until) {
			g.unconfirmed.until = e.Until
		}
	}
	g.before.octets = map[datastore.Name][]byte{datastore.Running: r.Running, datastore.Candidate: r.Candidate, datastore.Startup: r.Startup}
	var err error
	if g.before.running, err = g.dataOf(r.Running); err != nil {
		return fmt.Errorf("reading running in the journal: %w", err)
	}
	if len(r.Startup) > 0 {
		if g.before.startup, err = g.dataOf(r.Startup); err != nil {
			return fmt.Errorf("reading startup in the journal: %w", err)
		}
	}
	g.before.fixture, err = g.fixtureIn(r.Running)
	return err
}

func (g *Guard) dataOf(reply []byte) (*xmlquery.Node, error) {
	document, _ := netconf.Parse(reply)
	if document == nil {
		return nil, errors.New("it is no XML document")
	}
	read, err := netconf.ParseReply(document)
	if err != nil {
		return nil, err
	}
	if read.Data == nil {
		return nil, errors.New("it holds no data")
	}
	return g.pruned(read.Data), nil
}

// fixtureIn is lookAtFixture in a reply that holds the whole datastore.
func (g *Guard) fixtureIn(reply []byte) (fixture, error) {
	var then fixture
	f := g.config.Fixture
	document, _ := netconf.Parse(reply)
	if document == nil {
		return then, nil
	}
	if f.Leaf != nil {
		values, err := pick(document, f.Leaf.Expr(), f.Leaf.Namespaces())
		if err != nil {
			return then, err
		}
		if then.hasLeaf = len(values) > 0; then.hasLeaf {
			then.leaf = values[0]
		}
	}
	for _, entry := range g.listEntries() {
		values, err := pick(document, entry.Expr(), entry.Namespaces())
		if err != nil {
			return then, err
		}
		then.entries = append(then.entries, len(values) > 0)
	}
	if f.Model != nil {
		x, err := netconf.CompileXPath("/nc:rpc-reply/nc:data/t:top", f.Model.Namespaces())
		if err != nil {
			return then, err
		}
		if nodes := x.Nodes(document); len(nodes) > 0 {
			then.model = nodes[0]
		}
	}
	return then, nil
}

// compare holds running and the candidate against running as it was: what differs in what the run could change, and what
// differs elsewhere.
func (g *Guard) compare(ctx context.Context, s *session.Session) (ours, elsewhere []string, err error) {
	for _, d := range g.datastores() {
		now, err := g.read(ctx, s, d, nil)
		if err != nil {
			return nil, nil, err
		}
		elsewhere = append(elsewhere, g.changes(string(d), g.withoutFixture(g.before.running), g.withoutFixture(now))...)
		fixture, err := g.lookAtFixture(ctx, s, d)
		if err != nil {
			return nil, nil, err
		}
		ours = append(ours, g.fixtureChanges(string(d), fixture)...)
	}
	return ours, elsewhere, nil
}

// fixtureChanges names what in the fixture is not as it was before the run.
func (g *Guard) fixtureChanges(where string, now fixture) []string {
	var changes []string
	before := g.before.fixture
	if leaf := g.config.Fixture.Leaf; leaf != nil && (now.hasLeaf != before.hasLeaf || now.leaf != before.leaf) {
		changes = append(changes, fmt.Sprintf("%s has %s where %s was", where, value(leaf, now), value(leaf, before)))
	}
	for i, entry := range g.listEntries() {
		if now.entries[i] != before.entries[i] {
			changes = append(changes, fmt.Sprintf("%s %s the entry %q of %s", where, hasOrLacks(now.entries[i]), entry.Key(), entry.Path[len(entry.Path)-1].Local))
		}
	}
	gone, added := Difference(canonicalTop(before.model), canonicalTop(now.model))
	for _, line := range gone {
		changes = append(changes, where+" lacks "+line)
	}
	for _, line := range added {
		changes = append(changes, where+" has "+line)
	}
	for i := range changes {
		changes[i] = g.config.Redactor.Text(changes[i])
	}
	return changes
}

func value(leaf *target.Leaf, of fixture) string {
	name := leaf.Path[len(leaf.Path)-1].Local
	if !of.hasLeaf {
		return "no " + name
	}
	return fmt.Sprintf("%s %q", name, of.leaf)
}

func hasOrLacks(there bool) string {
	if there {
		return "has"
	}
	return "lacks"
}

// recoverCandidate takes our changes out of the candidate. One that holds somebody else's too is not discarded: nothing can
// be committed past them.
func (g *Guard) recoverCandidate(ctx context.Context, s *session.Session) error {
	if !g.hasCandidate() {
		return nil
	}
	running, err := g.read(ctx, s, datastore.Running, nil)
	if err != nil {
		return err
	}
	candidate, err := g.read(ctx, s, datastore.Candidate, nil)
	if err != nil {
		return err
	}
	if g.same(candidate, running) {
		return nil
	}
	if others := g.changes("the candidate", g.withoutFixture(running), g.withoutFixture(candidate)); len(others) > 0 {
		return fmt.Errorf("somebody has uncommitted changes in the candidate, so nothing can be put back through it: commit or discard them, then recover again:\n  %s", strings.Join(others, "\n  "))
	}
	return discard(ctx, s)
}

// deleteFiles deletes the files that the run has written to on the device. An error says that one is not there.
func (g *Guard) deleteFiles(ctx context.Context, s *session.Session, r *journal.Record) error {
	for _, e := range r.Entries {
		if e.URL == "" {
			continue
		}
		if reply := s.RPC(ctx, netconf.Delete(netconf.URL(e.URL))); reply.Outcome != session.Answered {
			return fmt.Errorf("deleting %s on the device: %s", e.URL, match.Show(reply))
		}
	}
	return nil
}
