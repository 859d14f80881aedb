package suites

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncspec/ncspec/harness/schema"
)

// mostTries bounds the leaves that are tried on a target.
const mostTries = 10

// ProposeFixture looks through the YANG modules that the target serves for a leaf that can be changed harmlessly, and
// tries it without committing anything, see schema.Try. The notes say which modules were passed over, and what the server
// has refused; the proposal is nil where nothing is left.
func ProposeFixture(ctx context.Context, o Options) (*schema.Proposal, []string, error) {
	run, err := o.call(ctx)
	if err != nil {
		return nil, nil, err
	}
	s, err := run.OpenPlain(ctx, "schema")
	if err != nil {
		return nil, nil, hide(err, run.Redactor.Text)
	}
	defer func() { _ = s.Leave(ctx) }()
	proposals, notes := schema.Propose(ctx, schema.Served(s), schema.Announced(s.Hello().Capabilities))
	for i := range proposals[:min(len(proposals), mostTries)] {
		err := schema.Try(ctx, s, proposals[i].Fixture.Leaf)
		if err == nil {
			return &proposals[i], notes, nil
		}
		notes = append(notes, run.Redactor.Text(fmt.Sprintf("%s: %v", proposals[i].Path, err)))
		if errors.Is(err, schema.ErrNoTrial) {
			break
		}
	}
	return nil, notes, nil
}
