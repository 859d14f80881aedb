package xpath

import (
	"context"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// selection is what an expression selects of data by the harness's own evaluation: the subtrees, the path to each, and
// the keys on every level (RFC 6241 §8.9.5.1), in canonical form.
func selection(ctx context.Context, data *xmlquery.Node, expression string) []string {
	root := &xmlquery.Node{Type: xmlquery.DocumentNode}
	graft(root, data)
	compiled, err := netconf.CompileXPath(expression, netconf.Namespaces(model(ctx).Namespaces()))
	Given(err).To(Succeed())
	nodes, isSet, err := compiled.NodeSet(&netconf.Document{Root: root})
	Given(err).To(Succeed())
	Given(isSet).To(BeTrue("the expression gives a node-set"))
	whole, path := map[*xmlquery.Node]bool{}, map[*xmlquery.Node]bool{}
	for _, n := range nodes {
		whole[n] = true
		for ; n != nil; n = n.Parent {
			path[n] = true
		}
	}
	pruned := &xmlquery.Node{Type: xmlquery.DocumentNode}
	prune(pruned, root, whole, path)
	return guard.Canonical(pruned)
}

// graft copies the elements and texts below one node to below another.
func graft(to, from *xmlquery.Node) {
	for child := from.FirstChild; child != nil; child = child.NextSibling {
		switch child.Type {
		case xmlquery.ElementNode, xmlquery.TextNode:
			copied := &xmlquery.Node{Type: child.Type, Data: child.Data, NamespaceURI: child.NamespaceURI}
			if child.Type == xmlquery.TextNode && strings.TrimSpace(child.Data) == "" {
				continue // white space between elements is no node of the data model
			}
			xmlquery.AddChild(to, copied)
			graft(copied, child)
		}
	}
}

// prune copies what was selected, the way to it, and the keys beside the way.
func prune(to, from *xmlquery.Node, whole, path map[*xmlquery.Node]bool) {
	for child := from.FirstChild; child != nil; child = child.NextSibling {
		if !path[child] && !isKey(child) {
			continue
		}
		copied := &xmlquery.Node{Type: child.Type, Data: child.Data, NamespaceURI: child.NamespaceURI}
		xmlquery.AddChild(to, copied)
		if whole[child] || isKey(child) {
			graft(copied, child)
		} else {
			prune(copied, child, whole, path)
		}
	}
}

// isKey tells whether a node is the key of one of the model's lists.
func isKey(n *xmlquery.Node) bool {
	return n.Data == "name" && n.Parent != nil && slices.Contains([]string{"user", "interface"}, n.Parent.Data)
}

// returnsSelection judges that the reply holds what the harness selects of the same data, and nothing else.
func (r reader) returnsSelection(ctx context.Context, id, expression string) {
	reply := r.selecting(ctx, expression)
	Demand(id, reply).To(CarryData())
	expected := strings.Join(selection(ctx, r.all.Data, expression), "\n")
	r.Note("select=%q", expression)
	Demand(id, strings.Join(guard.Canonical(reply.Data), "\n")).To(Equal(expected))
}
