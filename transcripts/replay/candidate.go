package replay

import (
	"context"
	"slices"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/transcripts/format"
)

// notShared is the reason for no verdict where each session has a candidate of its own.
const notShared = "the candidate is not shared: other sessions do not see its changes"

// mindCandidate holds a transcript back that is about one candidate for all sessions where each session has its own, which
// RFC 6241 §8.3.1 leaves to the server.
func (p *player) mindCandidate(ctx context.Context) {
	if !p.looked && slices.Contains(p.transcript.Needs, format.SharedCandidate) {
		p.looked = true
		p.solitary = !p.shared(ctx)
	}
	if p.solitary {
		dsl.NoVerdict(notShared)
	}
}

// shared tells whether one session sees what another changes in the candidate; true where edits do not go there, or none
// is known to try. The change is discarded again.
func (p *player) shared(ctx context.Context) bool {
	run := dsl.FromContext(ctx)
	if run.Edited() != datastore.Candidate || run.Target.Fixture == nil || run.Target.Fixture.Leaf == nil {
		return true
	}
	writer, reader := p.another(ctx, "writer"), p.another(ctx, "reader")
	leaf := dsl.FixtureLeaf(ctx)
	_, value := leaf.Change(ctx, writer)
	seen := leaf.Read(ctx, reader, datastore.Candidate) == value
	dsl.Given(writer.DiscardChanges(ctx)).To(match.BeOK())
	return seen
}

func (p *player) another(ctx context.Context, name string) *session.Session {
	opened, err := p.stage.Open(ctx, dsl.Named(name))
	if err != nil {
		dsl.Broken("opening session %s: %v", name, err)
	}
	return opened
}

// claims are the needs that a spec's gate can look up.
func claims(needs []format.Need) []string {
	var all []string
	for _, n := range needs {
		if n != format.SharedCandidate {
			all = append(all, string(n))
		}
	}
	return all
}
