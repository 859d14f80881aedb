package commit

import (
	"context"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// The datastores, as most specs here name two of them in a line.
const (
	running   = datastore.Running
	candidate = datastore.Candidate
	startup   = datastore.Startup
)

// anyFixture is what a spec needs that makes a change: a leaf, or a list that takes an entry.
const anyFixture = "fixture:leaf|fixture:list"

// spot is the place in the configuration that specs change: the fixture's leaf, or the entry of its list where it has no
// leaf.
type spot struct {
	leaf *target.Leaf
	list *target.List
}

// there is the value of a list's entry that is there; one that is not has the value "".
const there = "there"

// theSpot gives the target's spot; the spec says Needs(anyFixture).
func theSpot(ctx context.Context) spot {
	f := FromContext(ctx).Target.Fixture
	if f.Leaf != nil {
		return spot{leaf: f.Leaf}
	}
	return spot{list: f.List}
}

// entry gives the fixture's list entry as a second spot, nothing where the target has one spot only.
func entry(ctx context.Context) (spot, bool) {
	f := FromContext(ctx).Target.Fixture
	if f.Leaf == nil || f.List == nil {
		return spot{}, false
	}
	return spot{list: f.List}, true
}

// config is what stands inside config to give the spot a value; running and candidate have the other one now.
func (p spot) config(value string) string {
	switch {
	case p.leaf != nil:
		return p.leaf.Config(value, "")
	case value == there:
		return p.list.Config("create")
	}
	return p.list.Config("delete")
}

func (p spot) path() []target.Node {
	if p.leaf != nil {
		return p.leaf.Path
	}
	return p.list.Path
}

func (p spot) filter() string {
	if p.leaf != nil {
		return p.leaf.Filter()
	}
	return p.list.Filter()
}

// value is what a reply to a get-config shows of the spot.
func (p spot) value(reply *session.Reply) string {
	if p.leaf != nil {
		return Leaf{Leaf: p.leaf}.Value(reply)
	}
	found, err := HaveXPath(p.list.Expr()).In(p.list.Namespaces()).Match(reply)
	Given(err).To(Succeed())
	if found {
		return there
	}
	return ""
}

// other is a value that the spot takes and that differs from the one given.
func (p spot) other(than string) string {
	switch {
	case p.leaf != nil:
		return Leaf{Leaf: p.leaf}.Other(than)
	case than == there:
		return ""
	}
	return there
}

// third is a value that differs from both. A spec that needs one has no verdict where there is none.
func (p spot) third(than, and string) string {
	value := p.other(and)
	if value == than {
		NoVerdict("the fixture has no third value beside the one that the target has")
	}
	return value
}

// read gives the spot's value in a datastore. Failing is an error of the spec.
func (p spot) read(ctx context.Context, s *session.Session, d datastore.Name) string {
	reply := s.GetConfig(ctx, d, p.filter())
	Given(reply).To(CarryData())
	return p.value(reply)
}

// edit gives the spot a value in candidate. Failing is an error of the spec.
func (p spot) edit(ctx context.Context, s *session.Session, value string) {
	Given(s.RPC(ctx, netconf.EditConfig(candidate, p.config(value)))).To(BeOK())
}

// putBack gives the spot the value in running that it had there, "" for none.
func (p spot) putBack(ctx context.Context, s *session.Session, was string) {
	if p.read(ctx, s, running) == was {
		return
	}
	config := p.config(was)
	if p.leaf != nil && was == "" {
		config = p.leaf.Config("", "delete")
	}
	cleared(ctx, s)
	Given(s.EditConfig(ctx, candidate, config)).To(BeOK())
	Given(s.Commit(ctx)).To(BeOK())
}

// shared tells whether one candidate serves both sessions: whether the reader sees what the writer changes
// (RFC 6241 §8.3.1 leaves that to the server). The change is discarded again.
func (p spot) shared(ctx context.Context, writer, reader *session.Session) bool {
	value := p.other(p.read(ctx, writer, candidate))
	p.edit(ctx, writer, value)
	seen := p.read(ctx, reader, candidate) == value
	cleared(ctx, writer)
	return seen
}

// notShared is the reason for no verdict where each session has a candidate of its own.
const notShared = "the candidate is not shared: other sessions do not see its changes"
