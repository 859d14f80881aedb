package framing

import (
	"context"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// leaf is the fixture's leaf in the datastore that edits go to.
type leaf struct {
	*target.Leaf
	store datastore.Name
}

func fixture(ctx context.Context) leaf {
	run := FromContext(ctx)
	return leaf{Leaf: run.Target.Fixture.Leaf, store: run.Edited()}
}

// edit is the edit-config that gives the leaf a value.
func (l leaf) edit(value string) string { return netconf.EditConfig(l.store, l.Config(value, "")) }

// ask reads the leaf.
func (l leaf) ask(ctx context.Context, s *session.Session) *session.Reply {
	return s.GetConfig(ctx, l.store, l.Filter())
}

// read gives the leaf's value, "" where it has none.
func (l leaf) read(ctx context.Context, s *session.Session) string {
	reply := l.ask(ctx, s)
	Given(reply).To(CarryData())
	x, err := netconf.CompileXPath(l.Expr(), l.Namespaces())
	Given(err).To(Succeed())
	if found := x.Strings(reply.Document); len(found) > 0 {
		return found[0]
	}
	return ""
}

// prepare gives the leaf its first value in the ordinary way, so that what a probe brings about is the probe's doing,
// and shows that the leaf takes edits.
func (l leaf) prepare(ctx context.Context, s *session.Session) string {
	value := l.Values[0]
	Given(s.RPC(ctx, l.edit(value))).To(BeOK())
	Given(l.read(ctx, s)).To(Equal(value))
	return value
}
