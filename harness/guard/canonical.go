package guard

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Canonical puts a configuration into a form that is the same for the same content: namespaces resolved, attributes
// and white space between elements dropped, siblings sorted. A line is a node with the path to it.
func Canonical(data *xmlquery.Node) []string {
	return canonical(data, lists(data), nil).lines
}

// form is a canonical form in the making.
type form struct {
	lists map[string]bool   // the paths of elements that occur several times below one parent
	hides func(string) bool // tells which leaves are secret; nil none
	lines []string
	shown map[string]string // how to show a line that holds a secret
}

func canonical(data *xmlquery.Node, lists map[string]bool, hides func(string) bool) *form {
	f := &form{lists: lists, hides: hides, shown: map[string]string{}}
	f.below(data, "", "", "")
	slices.Sort(f.lines)
	return f
}

// below adds the lines of all nodes below one. The path of names alone tells what is a list; path leads there, and so
// does shown, without secrets.
func (f *form) below(n *xmlquery.Node, names, path, shown string) {
	for _, child := range elements(n) {
		names, path, shown := names+name(child), path+name(child), shown+name(child)
		if key, value := mark(child); key != "" && f.lists[names] {
			path += "[" + key + "=" + value + "]"
			shown += "[" + key + "=" + f.mask(key, value) + "]"
		}
		if len(elements(child)) == 0 {
			value := strings.TrimSpace(child.InnerText())
			f.add(path+"="+value, shown+"="+f.mask(child.Data, value))
			continue
		}
		f.add(path, shown)
		f.below(child, names, path, shown)
	}
}

func (f *form) add(line, shown string) {
	f.lines = append(f.lines, line)
	if shown != line {
		f.shown[line] = shown
	}
}

func (f *form) mask(leaf, value string) string {
	if f.hides != nil && f.hides(leaf) {
		return "(secret)"
	}
	return value
}

// show gives lines without secrets.
func (f *form) show(lines []string) []string {
	shown := slices.Clone(lines)
	for i, line := range lines {
		if masked, secret := f.shown[line]; secret {
			shown[i] = masked
		}
	}
	return shown
}

// lists finds the paths of elements that occur several times below one parent. Of two configurations that are compared
// both are looked at: a list may have one entry in one of them.
func lists(all ...*xmlquery.Node) map[string]bool {
	found := map[string]bool{}
	for _, data := range all {
		findLists(data, "", found)
	}
	return found
}

func findLists(n *xmlquery.Node, path string, found map[string]bool) {
	seen := map[string]bool{}
	for _, child := range elements(n) {
		step := name(child)
		found[path+step] = found[path+step] || seen[step]
		seen[step] = true
		findLists(child, path+step, found)
	}
}

func name(n *xmlquery.Node) string { return "/{" + n.NamespaceURI + "}" + n.Data }

// mark tells list entries apart by their first leaf, which is the key in YANG's order (RFC 7950 §7.8.5).
func mark(entry *xmlquery.Node) (key, value string) {
	children := elements(entry)
	if len(children) == 0 || len(elements(children[0])) > 0 {
		return "", ""
	}
	return children[0].Data, strings.TrimSpace(children[0].InnerText())
}

func elements(n *xmlquery.Node) []*xmlquery.Node {
	if n == nil {
		return nil
	}
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
