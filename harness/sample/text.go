package sample

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Paths are the places of nodes in a data model, as far as an answer shows them: the names from below data on.
type Paths map[string]bool

// PathsOf gives the places of all nodes below data.
func PathsOf(data *xmlquery.Node) Paths {
	found := Paths{}
	found.add(data, "")
	return found
}

func (p Paths) add(n *xmlquery.Node, path string) {
	for _, child := range elements(n) {
		below := path + "/" + qualified(child)
		p[below] = true
		p.add(child, below)
	}
}

// Text writes a node and what is below it in a form that is the same for the same content: prefixes, attributes, white
// space between elements, the order of siblings and elements with nothing in them do not count, and neither do nodes at
// places that are not in known; nil knows all.
func Text(n *xmlquery.Node, known Paths) string {
	return strings.Join(lines(n, place(n), known), "\n")
}

// lines gives the lines of a node, none where there is nothing in it.
func lines(n *xmlquery.Node, path string, known Paths) []string {
	if known != nil && path != "" && !known[path] {
		return nil
	}
	children := elements(n)
	if len(children) == 0 {
		value := n.InnerText()
		if strings.TrimSpace(value) == "" {
			return nil
		}
		return []string{qualified(n) + " = " + resolved(n, value)}
	}
	var parts []string
	for _, child := range children {
		if below := lines(child, path+"/"+qualified(child), known); len(below) > 0 {
			parts = append(parts, "  "+strings.Join(below, "\n  "))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	slices.Sort(parts)
	return append([]string{qualified(n)}, strings.Split(strings.Join(parts, "\n"), "\n")...)
}

// resolved writes a value with the namespace in the place of a prefix, which a server may choose anew each time.
func resolved(n *xmlquery.Node, value string) string {
	if uri := namespaceOf(n, value); uri != "" {
		_, local, _ := strings.Cut(value, ":")
		return "{" + uri + "}" + local
	}
	return value
}

// namespaceOf gives the namespace of the prefix that a value begins with, and by which it depends on the declarations
// around it (RFC 7950 §9.10.3); "" for a value without one.
func namespaceOf(n *xmlquery.Node, value string) string {
	prefix, _, found := strings.Cut(value, ":")
	for ; found && n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if a.Name.Space == "xmlns" && a.Name.Local == prefix {
				return a.Value
			}
		}
	}
	return ""
}

// place gives the names from below data to a node, "" for data itself.
func place(n *xmlquery.Node) string {
	if n == nil || n.Type != xmlquery.ElementNode || isData(n) {
		return ""
	}
	return place(n.Parent) + "/" + qualified(n)
}

func isData(n *xmlquery.Node) bool {
	return n.Data == "data" && n.NamespaceURI == netconf.BaseNamespace
}

// qualified is a node's name with its namespace.
func qualified(n *xmlquery.Node) string { return "{" + n.NamespaceURI + "}" + n.Data }

// elements gives the child elements of a node.
func elements(n *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	if n == nil {
		return nil
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			all = append(all, child)
		}
	}
	return all
}
