package guard

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// picture is a target's configuration as it was at one moment.
type picture struct {
	running   *xmlquery.Node // its data; nil where it was not read
	candidate *xmlquery.Node // nil where the target has none
	startup   *xmlquery.Node // nil where it was not read
	leaf      string         // the fixture leaf's value in running
	hasLeaf   bool
	hasEntry  bool           // the fixture's list entry is there
	model     *xmlquery.Node // the top of the fixture's model in running; nil where it is not there
}

// digest names a configuration in a report.
func digest(data *xmlquery.Node) string {
	sum := sha256.Sum256([]byte(strings.Join(Canonical(data), "\n")))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (g *Guard) look(ctx context.Context, s *session.Session) (picture, error) {
	var p picture
	var err error
	if p.running, err = g.read(ctx, s, datastore.Running); err != nil {
		return p, err
	}
	if g.hasCandidate() {
		if p.candidate, err = g.read(ctx, s, datastore.Candidate); err != nil {
			return p, err
		}
	}
	return p, g.lookAtFixture(ctx, s, &p)
}

// read gives the data of a datastore, but for what means nothing.
func (g *Guard) read(ctx context.Context, s *session.Session, d datastore.Name) (*xmlquery.Node, error) {
	reply := s.GetConfig(ctx, d, "")
	if ok, _ := match.CarryData().Match(reply); !ok {
		return nil, fmt.Errorf("reading %s: %s", d, match.Show(reply))
	}
	for _, path := range g.paths() {
		prune(reply.Data, path)
	}
	return reply.Data, nil
}

func (g *Guard) lookAtFixture(ctx context.Context, s *session.Session, p *picture) error {
	f := g.config.Fixture
	if f == nil {
		return nil
	}
	if f.Leaf != nil {
		values, err := ask(ctx, s, f.Leaf.Filter(), f.Leaf.Expr(), f.Leaf.Namespaces())
		if err != nil {
			return fmt.Errorf("reading the fixture's leaf: %w", err)
		}
		if p.hasLeaf = len(values) > 0; p.hasLeaf {
			p.leaf = values[0]
		}
	}
	if f.List != nil {
		values, err := ask(ctx, s, f.List.Filter(), f.List.Expr(), f.List.Namespaces())
		if err != nil {
			return fmt.Errorf("reading the fixture's list: %w", err)
		}
		p.hasEntry = len(values) > 0
	}
	if f.Model != nil {
		reply := s.GetConfig(ctx, datastore.Running, f.Model.Top(""))
		if ok, _ := match.CarryData().Match(reply); !ok {
			return fmt.Errorf("reading the fixture's model: %s", match.Show(reply))
		}
		p.model = firstElement(reply.Data)
	}
	return nil
}

func firstElement(n *xmlquery.Node) *xmlquery.Node {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			return child
		}
	}
	return nil
}
