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
	"github.com/ncspec/ncspec/harness/target"
)

// picture is a target's configuration as it was at one moment.
type picture struct {
	running   *xmlquery.Node // its data; nil where it was not read
	candidate *xmlquery.Node // nil where the target has none
	startup   *xmlquery.Node // nil where it was not read
	fixture
	octets map[datastore.Name][]byte // the replies as they came
}

// fixture is what may be changed as it is in one datastore.
type fixture struct {
	leaf    string // the leaf's value
	hasLeaf bool
	entries []bool         // which of the list entries are there, see listEntries
	model   *xmlquery.Node // the top of the model; nil where it is not there
}

// digest names a configuration in a report.
func digest(data *xmlquery.Node) string {
	sum := sha256.Sum256([]byte(strings.Join(Canonical(data), "\n")))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (g *Guard) look(ctx context.Context, s *session.Session) (picture, error) {
	p := picture{octets: map[datastore.Name][]byte{}}
	var err error
	if p.running, err = g.read(ctx, s, datastore.Running, &p); err != nil {
		return p, err
	}
	if g.hasCandidate() {
		if p.candidate, err = g.read(ctx, s, datastore.Candidate, &p); err != nil {
			return p, err
		}
	}
	p.fixture, err = g.lookAtFixture(ctx, s, datastore.Running)
	return p, err
}

// read gives the data of a datastore, but for what means nothing; a picture gets the octets.
func (g *Guard) read(ctx context.Context, s *session.Session, d datastore.Name, p *picture) (*xmlquery.Node, error) {
	reply := s.GetConfig(ctx, d, "")
	if ok, _ := match.CarryData().Match(reply); !ok {
		return nil, fmt.Errorf("reading %s: %s", d, match.Show(reply))
	}
	if p != nil {
		p.octets[d] = reply.Document.Octets
	}
	return g.pruned(reply.Data), nil
}

func (g *Guard) pruned(data *xmlquery.Node) *xmlquery.Node {
	for _, path := range g.paths() {
		prune(data, path)
	}
	return data
}

// listEntries are the entries that a run may make.
func (g *Guard) listEntries() []*target.List {
	var all []*target.List
	f := g.config.Fixture
	if f.List != nil {
		all = append(all, f.List)
	}
	if f.Hidden != nil {
		all = append(all, f.Hidden.There, f.Hidden.Other, f.Hidden.Missing)
	}
	return all
}

func (g *Guard) lookAtFixture(ctx context.Context, s *session.Session, d datastore.Name) (fixture, error) {
	var now fixture
	f := g.config.Fixture
	if f.Leaf != nil {
		values, err := ask(ctx, s, d, f.Leaf.Filter(), f.Leaf.Expr(), f.Leaf.Namespaces())
		if err != nil {
			return now, fmt.Errorf("reading the fixture's leaf: %w", err)
		}
		if now.hasLeaf = len(values) > 0; now.hasLeaf {
			now.leaf = values[0]
		}
	}
	for _, entry := range g.listEntries() {
		values, err := ask(ctx, s, d, entry.Filter(), entry.Expr(), entry.Namespaces())
		if err != nil {
			return now, fmt.Errorf("reading the fixture's list: %w", err)
		}
		now.entries = append(now.entries, len(values) > 0)
	}
	if f.Model != nil {
		reply := s.GetConfig(ctx, d, f.Model.Top(""))
		if ok, _ := match.CarryData().Match(reply); !ok {
			return now, fmt.Errorf("reading the fixture's model: %s", match.Show(reply))
		}
		now.model = firstElement(reply.Data)
	}
	return now, nil
}

func firstElement(n *xmlquery.Node) *xmlquery.Node {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			return child
		}
	}
	return nil
}
