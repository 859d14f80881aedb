package lock

import (
	"context"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// anyFixture is what a spec needs that makes a change: a leaf, or a list that takes an entry.
const anyFixture = "fixture:leaf|fixture:list"

// change is an edit of the fixture that makes a difference to running as it is.
type change struct {
	config string  // what stands inside config
	filter string  // selects what it changes
	made   Matcher // holds for a datastore that was read with the filter and has the change
}

// nextChange looks at running and gives a change of it.
func nextChange(ctx context.Context, s *session.Session) change {
	f := FromContext(ctx).Target.Fixture
	if f.Leaf != nil {
		return leafChange(ctx, s, f.Leaf)
	}
	return listChange(ctx, s, f.List)
}

// leafChange gives the leaf that one of its two values which it has not got.
func leafChange(ctx context.Context, s *session.Session, leaf *target.Leaf) change {
	has := func(value string) Matcher { return HaveXPath(leaf.Expr(), value).In(leaf.Namespaces()) }
	value := leaf.Values[0]
	if holds(has(value), read(ctx, s, datastore.Running, leaf.Filter())) {
		value = leaf.Values[1]
	}
	return change{config: leaf.Config(value, ""), filter: leaf.Filter(), made: has(value)}
}

// listChange adds the entry, or takes it away where it is there.
func listChange(ctx context.Context, s *session.Session, list *target.List) change {
	there := HaveXPath(list.Expr()).In(list.Namespaces())
	if holds(there, read(ctx, s, datastore.Running, list.Filter())) {
		gone := HaveXPath("not(" + list.Expr() + ")").In(list.Namespaces())
		return change{config: list.Config("delete"), filter: list.Filter(), made: gone}
	}
	return change{config: list.Config(""), filter: list.Filter(), made: there}
}

// in reads a datastore's part that the change concerns.
func (c change) in(ctx context.Context, s *session.Session, d datastore.Name) *session.Reply {
	return read(ctx, s, d, c.filter)
}

// seenBy tells whether a session sees the change in the candidate.
func (c change) seenBy(ctx context.Context, s *session.Session) bool {
	return holds(c.made, c.in(ctx, s, datastore.Candidate))
}

// shared tells whether one candidate serves both sessions: whether the reader sees what the writer changes
// (RFC 6241 §8.3.1 leaves that to the server). The change is discarded again.
func (c change) shared(ctx context.Context, writer, reader *session.Session) bool {
	Given(writer.EditConfig(ctx, datastore.Candidate, c.config)).To(BeOK())
	seen := c.seenBy(ctx, reader)
	Given(writer.DiscardChanges(ctx)).To(BeOK())
	return seen
}

// notShared is the reason for no verdict where each session has a candidate of its own.
const notShared = "the candidate is not shared: other sessions do not see its changes"

// read reads a datastore through a subtree filter.
func read(ctx context.Context, s *session.Session, d datastore.Name, filter string) *session.Reply {
	reply := s.GetConfig(ctx, d, filter)
	Given(reply).To(CarryData())
	return reply
}

func holds(m Matcher, reply *session.Reply) bool {
	held, err := m.Match(reply)
	Given(err).To(Succeed())
	return held
}
