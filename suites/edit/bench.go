package edit

import (
	"context"
	"slices"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// bench is where a spec makes its trials: a session, and the place that it edits.
type bench struct {
	s       *session.Session
	at      place
	touched bool           // something was sent since the place was put in order
	given   string         // the content of the place when the trial began
	before  *session.Reply // what the filter selected then
}

// begin opens the session.
func begin(ctx context.Context, at place) *bench { return &bench{s: Open(ctx), at: at} }

// prepare gives the place a content. Failing is an error of the spec.
func (b *bench) prepare(ctx context.Context, content string) {
	if b.touched && b.at.store() == datastore.Candidate {
		Given(b.s.DiscardChanges(ctx)).To(BeOK())
	}
	b.given, b.before, b.touched = content, b.read(ctx), false
	if b.at.has(b.before, content) {
		return
	}
	Given(b.send(ctx, netconf.EditConfig(b.at.store(), b.at.make(content)))).To(BeOK())
	b.before = b.read(ctx)
	Given(b.at.has(b.before, content)).To(BeTrue("the edit that prepares the fixture does not do so"))
}

// renew sees to it that what the leaf stands in is not in the candidate. It gives false where more than the leaf stands
// there, which is none of the fixture. Servers have lost operations inside of what is new itself.
func (b *bench) renew(ctx context.Context) bool {
	l, isLeaf := b.at.(leaf)
	if !isLeaf || l.Store != datastore.Candidate || l.deleteParent() == "" {
		return false
	}
	if b.touched {
		Given(b.s.DiscardChanges(ctx)).To(BeOK())
	}
	view := b.read(ctx)
	content, _ := l.found(l.Value(view))
	lines := guard.Leaves(view.Data, parse(l.whole(content)), parse(l.whole(l.usual())))
	around, _ := guard.Difference(lines[0], lines[1])
	there := view.Data.SelectElement("*") != nil
	b.touched = false // the next trial begins with what this leaves
	return len(around) == 0 && (!there || b.s.RPC(ctx, l.deleteParent()).Normal())
}

// send sends an operation that may change the place.
func (b *bench) send(ctx context.Context, operation string, options ...session.Option) *session.Reply {
	b.touched = true
	return b.s.RPC(ctx, operation, options...)
}

// read reads the place and what is around it.
func (b *bench) read(ctx context.Context) *session.Reply {
	reply := b.s.GetConfig(ctx, b.at.store(), b.at.filter())
	Given(reply).To(CarryData())
	return reply
}

// demand judges what an edit has made of the datastore: the place holds the content, and all around it is as before.
func (b *bench) demand(ctx context.Context, id, doing, content string) {
	Demand(id, b.seen(ctx)).To(upon(doing, b.hold(ctx, content)))
}

// seen reads the place after an edit. Where it is not as before it is read twice: what changes by itself, or by somebody
// else's doing, is not the server's fault.
func (b *bench) seen(ctx context.Context) *session.Reply {
	view := b.read(ctx)
	if !same(b.before, view) {
		Given(same(view, b.read(ctx))).To(BeTrue("the datastore changes while nobody edits it here"))
	}
	return view
}

func same(a, b *session.Reply) bool {
	lines := guard.Leaves(a.Data, b.Data)
	return slices.Equal(lines[0], lines[1])
}

// hold holds for what is read when the place has the content and the rest is as it was when the trial began.
func (b *bench) hold(ctx context.Context, content string) Matcher {
	return &held{before: b.before, given: b.at.whole(b.given), after: b.at.whole(content), hides: FromContext(ctx).Redactor.Hides}
}

// holds tells whether what was read is that.
func (b *bench) holds(ctx context.Context, content string, view *session.Reply) bool {
	held, err := b.hold(ctx, content).Match(view)
	Given(err).To(Succeed())
	return held
}
