package guard

import (
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/target"
)

// paths lead to what the run may change.
func (g *Guard) paths() [][]target.Node {
	var all [][]target.Node
	if f := g.config.Fixture; f.Leaf != nil {
		all = append(all, f.Leaf.Path)
	}
	if f := g.config.Fixture; f.List != nil {
		all = append(all, f.List.Path)
	}
	return all
}

// prune takes the empty containers on the way to a fixture out of a configuration. A server may show the containers
// around data that was deleted, or not: without the presence statement they mean nothing (RFC 7950 §7.5.1).
func prune(data *xmlquery.Node, path []target.Node) {
	if len(path) < 2 {
		return
	}
	for _, child := range elements(data) {
		if child.NamespaceURI != path[0].Namespace || child.Data != path[0].Local {
			continue
		}
		prune(child, path[1:])
		if len(path[0].Keys) == 0 && empty(child) {
			xmlquery.RemoveFromTree(child)
		}
	}
}

func empty(n *xmlquery.Node) bool {
	return len(elements(n)) == 0 && strings.TrimSpace(n.InnerText()) == ""
}
