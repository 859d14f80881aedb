package errors

import (
	"context"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// writable is what a probe needs that writes to T.
const writable = "candidate|writable-running"

// xc declares the prefix of the operation attribute.
const xc = `xmlns:xc="` + netconf.BaseNamespace + `"`

// bench is a session of a spec, with what the target's fixture gives.
type bench struct {
	s       *session.Session
	store   datastore.Name // T: where edits go to
	fixture *target.Fixture
	claims  netconf.Capabilities
}

// begin opens a session, and sees that it answers.
func begin(ctx context.Context, options ...OpenOption) bench {
	run := FromContext(ctx)
	b := bench{s: Open(ctx, options...), store: run.Edited(), claims: run.Claims, fixture: run.Target.Fixture}
	if b.fixture == nil {
		b.fixture = &target.Fixture{}
	}
	Given(b.s).To(StillAnswer(ctx))
	return b
}

// writes tells whether T takes edits.
func (b bench) writes() bool { return b.claims.Has("candidate") || b.claims.Has("writable-running") }

// leaf gives the fixture's leaf where there is one and T takes edits.
func (b bench) leaf() (Leaf, bool) {
	return Leaf{Leaf: b.fixture.Leaf, Store: b.store}, b.fixture.Leaf != nil && b.writes()
}

// model gives the model where the target serves it and T takes edits.
func (b bench) model() (*target.Model, bool) {
	return b.fixture.Model, b.fixture.Model != nil && b.writes()
}

// edit is an edit-config of T.
func (b bench) edit(config string, options ...netconf.EditOption) string {
	return netconf.EditConfig(b.store, config, options...)
}

// filters select what the fixture is in.
func (b bench) filters() []string {
	var all []string
	if b.fixture.Leaf != nil {
		all = append(all, b.fixture.Leaf.Filter())
	}
	if b.fixture.Model != nil {
		all = append(all, b.fixture.Model.Top(""))
	}
	return all
}

// look reads what the fixture is in, in a form that is the same for the same content.
func (b bench) look(ctx context.Context, d datastore.Name) string {
	var lines []string
	for _, filter := range b.filters() {
		reply := b.s.GetConfig(ctx, d, filter)
		Given(reply).To(CarryData())
		lines = append(lines, guard.Canonical(reply.Data)...)
	}
	return strings.Join(lines, "\n")
}

// unchanged judges that a datastore holds what it held before.
func (b bench) unchanged(ctx context.Context, id string, d datastore.Name, before string) {
	Demand(id, b.look(ctx, d)).To(Hold("the configuration as it was before:\n"+before, func(now string) bool { return now == before }))
}

// address is a URL of a file that does not exist, in a scheme that the server claims to take.
func (b bench) address() string {
	claimed, _ := b.claims.Get("url")
	var schemes []string
	for _, value := range claimed.Params["scheme"] {
		schemes = append(schemes, strings.Split(value, ",")...)
	}
	if len(schemes) == 0 || slices.Contains(schemes, "file") {
		return "<url>file:///ncspec-no-such-file</url>"
	}
	return "<url>" + schemes[0] + "://127.0.0.1:1/ncspec-no-such-file</url>"
}

// alike tells whether candidate holds what running holds.
func (b bench) alike(ctx context.Context) bool {
	running, candidate := b.s.GetConfig(ctx, datastore.Running, ""), b.s.GetConfig(ctx, datastore.Candidate, "")
	Given(running).To(CarryData())
	Given(candidate).To(CarryData())
	return slices.Equal(guard.Canonical(running.Data), guard.Canonical(candidate.Data))
}
