package guard

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Canonical puts a configuration into a form that is the same for the same content: namespaces resolved, attributes
// and white space between elements dropped, siblings sorted. A line is a node with the path to it.
func Canonical(data *xmlquery.Node) []string {
	lines := below(data)
	slices.Sort(lines)
	return lines
}

// below gives the lines of all nodes below one.
func below(n *xmlquery.Node) []string {
	var lines []string
	children := elements(n)
	count := map[string]int{}
	for _, child := range children {
		count[name(child)]++
	}
	for _, child := range children {
		step := name(child)
		if count[step] > 1 {
			step += mark(child)
		}
		lines = append(lines, branch(step, child)...)
	}
	return lines
}

func branch(step string, n *xmlquery.Node) []string {
	if len(elements(n)) == 0 {
		return []string{step + "=" + strings.TrimSpace(n.InnerText())}
	}
	lines := []string{step}
	for _, line := range below(n) {
		lines = append(lines, step+line)
	}
	return lines
}

func name(n *xmlquery.Node) string { return "/{" + n.NamespaceURI + "}" + n.Data }

// mark tells list entries apart by their first leaf, which is the key in YANG's order (RFC 7950 §7.8.5).
func mark(entry *xmlquery.Node) string {
	children := elements(entry)
	if len(children) == 0 || len(elements(children[0])) > 0 {
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
