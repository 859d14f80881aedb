package datastore

import (
	"context"

	"github.com/antchfx/xmlquery"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// unknownName is the name of an element that no data model has.
const unknownName = "ncspec-unknown"

// place gives the node that a path leads to, and adds what is missing on the way.
func (c configuration) place(path []target.Node) *xmlquery.Node {
	at := c.top
	for _, step := range path {
		next := find(at, step)
		if next == nil {
			next = add(at, step.Namespace, step.Local)
			for _, key := range step.Keys {
				setText(add(next, step.Namespace, key.Name), key.Value)
			}
		}
		at = next
	}
	return at
}

func find(parent *xmlquery.Node, step target.Node) *xmlquery.Node {
	for _, child := range below(parent) {
		if child.NamespaceURI == step.Namespace && child.Data == step.Local && hasKeys(child, step.Keys) {
			return child
		}
	}
	return nil
}

func hasKeys(entry *xmlquery.Node, keys []target.Key) bool {
	for _, key := range keys {
		leaf := find(entry, target.Node{Namespace: entry.NamespaceURI, Local: key.Name})
		if leaf == nil || leaf.InnerText() != key.Value {
			return false
		}
	}
	return true
}

// add puts a new element behind the others.
func add(parent *xmlquery.Node, namespace, local string) *xmlquery.Node {
	n := &xmlquery.Node{Type: xmlquery.ElementNode, Data: local, NamespaceURI: namespace}
	xmlquery.AddAttr(n, "xmlns", namespace)
	xmlquery.AddChild(parent, n)
	return n
}

func setText(n *xmlquery.Node, text string) {
	for n.FirstChild != nil {
		xmlquery.RemoveFromTree(n.FirstChild)
	}
	xmlquery.AddChild(n, &xmlquery.Node{Type: xmlquery.TextNode, Data: text})
}

// withLeaf gives the leaf a value.
func (c configuration) withLeaf(leaf Leaf, value string) configuration {
	setText(c.place(leaf.Path), value)
	return c
}

// withUnknown adds an element that the data model does not have beside the leaf.
func (c configuration) withUnknown(leaf Leaf) configuration {
	parent := c.place(leaf.Path[:len(leaf.Path)-1])
	add(parent, leaf.Path[len(leaf.Path)-1].Namespace, unknownName)
	return c
}

// withWrongType gives a number a text for its value.
func (c configuration) withWrongType(m *target.Model) configuration {
	setText(c.place([]target.Node{{Namespace: m.Namespace, Local: "top"},
		{Namespace: m.Namespace, Local: "interface", Keys: []target.Key{{Name: "name", Value: "eth0"}}},
		{Namespace: m.Namespace, Local: "mtu"}}), "many")
	return c
}

// withoutTop takes all of the leaf's top-level node away.
func (c configuration) withoutTop(leaf Leaf) configuration {
	for _, child := range below(c.top) {
		if child.NamespaceURI == leaf.Path[0].Namespace && child.Data == leaf.Path[0].Local {
			xmlquery.RemoveFromTree(child)
		}
	}
	return c
}

// inYANG tells whether the server announces the leaf's module as one in YANG (RFC 6020 §5.6.4).
func inYANG(ctx context.Context, leaf Leaf) bool {
	for _, c := range FromContext(ctx).Claims {
		if c.Base == leaf.Path[len(leaf.Path)-1].Namespace && len(c.Params["module"]) > 0 {
			return true
		}
	}
	return false
}

// leafInRunning is the fixture's leaf, with edits going to running itself.
func leafInRunning(ctx context.Context) Leaf {
	leaf := FixtureLeaf(ctx)
	leaf.Store = running
	return leaf
}

// changeRunning gives the leaf another value in running, by way of candidate where there is one.
func changeRunning(ctx context.Context, s *session.Session) (leaf Leaf, before, after string) {
	leaf = FixtureLeaf(ctx)
	before, after = leaf.Change(ctx, s)
	if leaf.Store == candidate {
		Given(s.Commit(ctx)).To(BeOK())
	}
	return leaf, before, after
}

// addEntry adds the fixture's list entry where there is one and it is not there yet, and tells whether it did.
func addEntry(ctx context.Context, s *session.Session) bool {
	f := FromContext(ctx).Target.Fixture
	if f.List == nil {
		return false
	}
	Given(s.EditConfig(ctx, FromContext(ctx).Edited(), f.List.Config(""))).To(BeOK())
	return true
}

// mindStartup ends the spec without a verdict where startup differs from running: the guard could not put it back.
func mindStartup(ctx context.Context, s *session.Session) {
	if !startupIsRunning(ctx, s) {
		NoVerdict("startup is not what running is, and could not be put back")
	}
}

// startupIsRunning tells whether startup holds what running does.
func startupIsRunning(ctx context.Context, s *session.Session) bool {
	reply := s.GetConfig(ctx, startup, "")
	Given(reply).To(BeAnswered())
	return reply.Data != nil && configuration{reply.Data}.equals(read(ctx, s, running))
}
