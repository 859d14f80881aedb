package guard

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Leaves puts configurations that are to be held against each other into a form that is the same for the same content: a
// line for each leaf, with the path to it and its value, sorted. Prefixes, attributes, white space between elements, the
// order of siblings and containers without content make no difference. All that are compared come in one call: what one
// of them shows of the model, such as that an element is a list, counts for the others.
func Leaves(all ...*xmlquery.Node) [][]string {
	in := &leaves{lists: lists(all...), containers: map[string]bool{}}
	for _, data := range all {
		in.findContainers(data, "")
	}
	lines := make([][]string, len(all))
	for i, data := range all {
		lines[i] = in.below(data, "", "")
		slices.Sort(lines[i])
	}
	return lines
}

// leaves knows what the configurations show of their model, by paths of names.
type leaves struct{ lists, containers map[string]bool }

func (in *leaves) findContainers(n *xmlquery.Node, names string) {
	for _, child := range elements(n) {
		names := names + name(child)
		in.containers[names] = in.containers[names] || len(elements(child)) > 0
		in.findContainers(child, names)
	}
}

// below gives the lines of all leaves below a node.
func (in *leaves) below(n *xmlquery.Node, names, path string) []string {
	var lines []string
	for _, child := range elements(n) {
		names, path := names+name(child), path+name(child)
		if !in.containers[names] {
			lines = append(lines, path+"="+strings.TrimSpace(child.InnerText()))
			continue
		}
		if key, value := mark(child); key != "" && in.lists[names] {
			path += "[" + key + "=" + value + "]"
		}
		lines = append(lines, in.below(child, names, path)...)
	}
	return lines
}
