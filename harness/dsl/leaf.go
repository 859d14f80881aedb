package dsl

import (
	"context"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// Leaf is the fixture's leaf, and the datastore that edits of it go to.
type Leaf struct {
	*target.Leaf
	Store datastore.Name
}

// FixtureLeaf gives the target's leaf; the spec says Needs("fixture:leaf").
func FixtureLeaf(ctx context.Context) Leaf {
	run := FromContext(ctx)
	return Leaf{Leaf: run.Target.Fixture.Leaf, Store: run.Edited()}
}

// Edit is the edit-config that gives the leaf a value.
func (l Leaf) Edit(value string) string { return netconf.EditConfig(l.Store, l.Config(value, "")) }

// Ask is the get-config that reads the leaf of a datastore.
func (l Leaf) Ask(d datastore.Name) string { return netconf.GetConfig(d, l.Filter()) }

// Read gives the leaf's value in a datastore, "" where it has none. Failing is an error of the spec.
func (l Leaf) Read(ctx context.Context, s *session.Session, d datastore.Name) string {
	reply := s.GetConfig(ctx, d, l.Filter())
	Given(reply).To(match.CarryData())
	return l.Value(reply)
}

// Value is the leaf's value in a reply, "" where it has none.
func (l Leaf) Value(reply *session.Reply) string {
	x, err := netconf.CompileXPath(l.Expr(), l.Namespaces())
	if err != nil || reply.Outcome != session.Answered {
		Given(err).To(match.Succeed())
		return ""
	}
	if found := x.Strings(reply.Document); len(found) > 0 {
		return found[0]
	}
	return ""
}

// Other is a value that the leaf takes and that differs from the one given.
func (l Leaf) Other(than string) string {
	if than == l.Values[0] {
		return l.Values[1]
	}
	return l.Values[0]
}

// Change edits the leaf on a session and, where edits go to the candidate, leaves the commit to the spec. It gives the
// value before and the new one. Failing is an error of the spec.
func (l Leaf) Change(ctx context.Context, s *session.Session) (before, after string) {
	before = l.Read(ctx, s, l.Store)
	after = l.Other(before)
	Given(s.RPC(ctx, l.Edit(after))).To(match.BeOK())
	return before, after
}
