package guard

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/target"
)

// withoutFixture is a copy of a configuration without what the run may change.
func (g *Guard) withoutFixture(data *xmlquery.Node) *xmlquery.Node {
	rest := clone(data)
	f := g.config.Fixture
	if f.Leaf != nil {
		cut(rest, f.Leaf.Path)
	}
	for _, entry := range g.listEntries() {
		cut(rest, entry.Path)
	}
	if f.Model != nil {
		cut(rest, []target.Node{{Namespace: f.Model.Namespace, Local: "top"}})
	}
	if f.Constraint != nil {
		for _, path := range constraintPaths(f.Constraint) {
			cut(rest, path)
		}
	}
	return g.pruned(rest)
}

// cut takes the nodes at a path out of a configuration, and the containers that are empty then.
func cut(data *xmlquery.Node, path []target.Node) {
	for _, child := range elements(data) {
		if !matches(child, path[0]) {
			continue
		}
		if len(path) > 1 {
			cut(child, path[1:])
		}
		if len(path) == 1 || len(path[0].Keys) == 0 && empty(child) {
			xmlquery.RemoveFromTree(child)
		}
	}
}

func matches(n *xmlquery.Node, step target.Node) bool {
	return n.NamespaceURI == step.Namespace && n.Data == step.Local && !slices.ContainsFunc(step.Keys, func(k target.Key) bool {
		return !slices.ContainsFunc(elements(n), func(child *xmlquery.Node) bool {
			return child.Data == k.Name && strings.TrimSpace(child.InnerText()) == k.Value
		})
	})
}

// clone copies a tree.
func clone(n *xmlquery.Node) *xmlquery.Node {
	copied := *n
	copied.Parent, copied.FirstChild, copied.LastChild, copied.PrevSibling, copied.NextSibling = nil, nil, nil, nil, nil
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		xmlquery.AddChild(&copied, clone(child))
	}
	return &copied
}

// constraintPaths lead to what a run puts into a candidate to break a rule: the nodes that Mended deletes.
func constraintPaths(c *target.Constraint) [][]target.Node {
	document, _ := netconf.Parse([]byte("<config>" + c.Mended + "</config>"))
	if document == nil {
		return nil
	}
	var all [][]target.Node
	var walk func(n *xmlquery.Node, path []target.Node)
	walk = func(n *xmlquery.Node, path []target.Node) {
		for _, child := range elements(n) {
			step := append(slices.Clone(path), target.Node{Namespace: child.NamespaceURI, Local: child.Data})
			if !deletes(child) {
				walk(child, step)
				continue
			}
			for _, key := range elements(child) {
				last := &step[len(step)-1]
				last.Keys = append(last.Keys, target.Key{Name: key.Data, Value: strings.TrimSpace(key.InnerText())})
			}
			all = append(all, step)
		}
	}
	walk(document.Root, nil)
	return all
}

func deletes(n *xmlquery.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a xmlquery.Attr) bool {
		return a.Name.Local == "operation" && a.NamespaceURI == netconf.BaseNamespace
	})
}
