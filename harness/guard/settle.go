package guard

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// Settle puts the target in order after a spec that may have changed it, once the spec's sessions are closed: the
// candidate is discarded, a confirmed commit ended, the fixture put back by edits of its own paths, and running saved to
// startup where the two were the same before the run. It does nothing after a spec that changed
// nothing. The error says what could not be undone; that is tried again after the next spec that changes something, and
// at the end.
func (g *Guard) Settle(ctx context.Context) error {
	g.mutex.Lock()
	dirty, owed := g.dirty, max(g.dirty, g.owed)
	g.dirty, g.owed = effect.Nothing, owed
	g.mutex.Unlock()
	if dirty < effect.Candidate {
		return nil
	}
	if err := g.undoAll(ctx, owed); err != nil {
		return err
	}
	g.mutex.Lock()
	g.owed = effect.Nothing
	g.mutex.Unlock()
	return nil
}

func (g *Guard) undoAll(ctx context.Context, done effect.Effect) error {
	s, err := g.session(ctx)
	if err != nil {
		return fmt.Errorf("opening a session to put the target in order: %w", err)
	}
	var faults []error
	if g.hasCandidate() {
		faults = append(faults, discard(ctx, s))
	}
	faults = append(faults, g.endUnconfirmed(ctx, s))
	if done >= effect.Running {
		faults = append(faults, g.restoreFixture(ctx, s))
	}
	if done >= effect.Startup {
		faults = append(faults, g.restoreStartup(ctx, s))
	}
	return errors.Join(faults...)
}

func discard(ctx context.Context, s *session.Session) error {
	reply := s.DiscardChanges(ctx)
	if ok, _ := match.BeOK().Match(reply); !ok {
		return fmt.Errorf("discarding our changes to the candidate: %s", match.Show(reply))
	}
	return nil
}

// restoreFixture undoes what we did to the fixture in running, and nothing else.
func (g *Guard) restoreFixture(ctx context.Context, s *session.Session) error {
	now, err := g.lookAtFixture(ctx, s, datastore.Running)
	if err != nil {
		return err
	}
	config := g.undo(now)
	if config == "" {
		return nil
	}
	d := datastore.Running
	if g.hasCandidate() {
		d = datastore.Candidate
	}
	reply := s.RPC(ctx, netconf.EditConfig(d, config))
	if ok, _ := match.BeOK().Match(reply); !ok {
		return fmt.Errorf("putting the fixture back into %s: %s", d, match.Show(reply))
	}
	if d == datastore.Running {
		return nil
	}
	if ok, _ := match.BeOK().Match(s.Commit(ctx)); !ok {
		return errors.Join(errors.New("committing the fixture as it was before was refused"), discard(ctx, s))
	}
	return nil
}

// undo is the configuration that makes the fixture what it was before the run, "" where it is that already.
func (g *Guard) undo(now fixture) string {
	g.mutex.Lock()
	before := g.before.fixture
	g.mutex.Unlock()
	config := ""
	if leaf := g.config.Fixture.Leaf; leaf != nil && (now.hasLeaf != before.hasLeaf || now.leaf != before.leaf) {
		if before.hasLeaf {
			config += leaf.Config(before.leaf, "replace")
		} else {
			config += leaf.Config(now.leaf, "delete")
		}
	}
	for i, entry := range g.listEntries() {
		if now.entries[i] && !before.entries[i] {
			config += entry.Config("delete")
		}
	}
	return config + g.undoModel(before.model, now.model)
}

// undoModel replaces what stands below the model's top, all of which is the fixture's own.
func (g *Guard) undoModel(before, now *xmlquery.Node) string {
	model := g.config.Fixture.Model
	if model == nil || slices.Equal(canonicalTop(before), canonicalTop(now)) {
		return ""
	}
	operation := func(value string) string {
		return `xmlns:nc="` + netconf.BaseNamespace + `" nc:operation="` + value + `"`
	}
	if before == nil {
		return model.Top("", operation("delete"))
	}
	content := ""
	for child := before.FirstChild; child != nil; child = child.NextSibling {
		content += child.OutputXML(true)
	}
	return model.Top(content, operation("replace"))
}

func canonicalTop(n *xmlquery.Node) []string {
	if n == nil {
		return nil
	}
	return Canonical(n)
}

// Outcome is what the target looked like before and after.
type Outcome struct {
	Before, After string   // digests of running's canonical form, "" where it was not read
	Restored      bool     // running is what it was
	LeftBehind    []string // what is not
}

// End compares the target with what it was before the run, after a last attempt to put it in order.
func (g *Guard) End(ctx context.Context) (Outcome, error) {
	g.mutex.Lock()
	before := g.before
	g.dirty = max(g.dirty, g.owed)
	g.mutex.Unlock()
	settled := g.Settle(ctx)
	if before.running == nil {
		return Outcome{}, settled
	}
	outcome := Outcome{Before: digest(before.running)}
	s, err := g.session(ctx)
	if err != nil {
		return outcome, errors.Join(settled, fmt.Errorf("opening a session to read the target after the run: %w", err))
	}
	after, err := g.look(ctx, s)
	if err != nil {
		return outcome, errors.Join(settled, fmt.Errorf("reading the target after the run: %w", err))
	}
	outcome.After = digest(after.running)
	outcome.LeftBehind = append(g.leftBehind(before, after), g.startupLeft(ctx, s, before)...)
	outcome.Restored = len(outcome.LeftBehind) == 0
	if outcome.Restored && settled == nil {
		settled = g.strike()
	}
	return outcome, settled
}

// strike removes the journal: nothing in it is left to undo.
func (g *Guard) strike() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if !g.journalled {
		return nil
	}
	g.journalled = false
	return g.config.Journal.Remove()
}

// leftBehind names what is not as it was. The candidate follows running: it is looked at where running shows nothing.
func (g *Guard) leftBehind(before, after picture) []string {
	if left := g.changes("running", before.running, after.running); len(left) > 0 {
		return left
	}
	return g.changes("the candidate", before.candidate, after.candidate)
}

// changes names what differs between two configurations, secrets masked.
func (g *Guard) changes(where string, before, after *xmlquery.Node) []string {
	all := lists(before, after)
	then, now := canonical(before, all, g.config.Redactor.Hides), canonical(after, all, g.config.Redactor.Hides)
	gone, added := Difference(then.lines, now.lines)
	var changes []string
	for _, line := range then.show(gone) {
		changes = append(changes, where+" lacks "+line)
	}
	for _, line := range now.show(added) {
		changes = append(changes, where+" has "+line)
	}
	return changes
}

// Close ends the guard's own session.
func (g *Guard) Close(ctx context.Context) {
	g.mutex.Lock()
	s := g.own
	g.own = nil
	g.mutex.Unlock()
	if s != nil {
		_ = s.Leave(ctx)
	}
}

// LeafAsBefore is the configuration that gives the fixture's leaf the value it had before the run, or takes it away.
func (g *Guard) LeafAsBefore() string {
	g.mutex.Lock()
	before := g.before
	g.mutex.Unlock()
	leaf := g.config.Fixture.Leaf
	if before.hasLeaf {
		return leaf.Config(before.leaf, "replace")
	}
	return leaf.Config(leaf.Values[0], "delete")
}
