package guard

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Canonical puts a configuration into a form that is the same for the same content: namespaces resolved, attributes
// and white space between elements dropped, siblings sorted. A line is a node with the path to it.
func Canonical(data *xmlquery.Node) []string {
	var lines []string
	for _, n := range elements(data) {
		lines = append(lines, branch(n)...)
	}
	slices.Sort(lines)
	return lines
}

// branch gives the lines of a node and all below it. Entries of a list are told apart by all that they hold, so the
// lines of an entry carry a mark made of its leaves.
func branch(n *xmlquery.Node) []string {
	name := "/{" + n.NamespaceURI + "}" + n.Data
	children := elements(n)
	if len(children) == 0 {
		return []string{name + "=" + strings.TrimSpace(n.InnerText())}
	}
	name += mark(children)
	lines := []string{name}
	for _, child := range children {
		for _, line := range branch(child) {
			lines = append(lines, name+line)
		}
	}
	return lines
}

// mark is the first leaf of a node: the key of a list entry in all servers that keep YANG's order (RFC 7950 §7.8.5).
func mark(children []*xmlquery.Node) string {
	if len(elements(children[0])) > 0 {
		return ""
	}
	return "[" + children[0].Data + "=" + strings.TrimSpace(children[0].InnerText()) + "]"
}

func elements(n *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			all = append(all, child)
		}
	}
	return all
}

// Difference gives the lines that only one of two sorted canonical forms holds.
func Difference(before, after []string) (gone, added []string) {
	i, j := 0, 0
	for i < len(before) || j < len(after) {
		switch {
		case j == len(after) || i < len(before) && before[i] < after[j]:
			gone = append(gone, before[i])
			i++
		case i == len(before) || before[i] > after[j]:
			added = append(added, after[j])
			j++
		default:
			i, j = i+1, j+1
		}
	}
	return gone, added
}
