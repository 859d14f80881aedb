package reference

import (
	"slices"
	"strings"
)

// selection holds what a subtree filter selects: true for a whole subtree, false for a node of which only
// parts are selected. Data instances are marked rather than copied, so none can occur twice (RFC 6241 §6.1).
type selection map[*element]bool

// subtreeFilter evaluates filters (RFC 6241 §6). It knows nothing of the data model.
type subtreeFilter struct {
	marks   selection
	loose   bool                // elements without namespace of their own count for any, base namespace too
	defects func(n string) bool // tells which are built in; nil none
}

// apply gives the parts of the data that the filter selects; root is what all data is below.
func (f *subtreeFilter) apply(filter []*input, root *element) []*element {
	f.marks = selection{}
	f.siblings(filter, root)
	return f.pruned(root.children)
}

// siblings processes one sibling set of the filter against the data nodes of one parent, and tells whether it
// selected any (RFC 6241 §6.3).
func (f *subtreeFilter) siblings(filter []*input, parent *element) bool {
	content, others := sortFilter(filter)
	if !f.contentTrue(content, parent) {
		return f.keepsSome(content, parent)
	}
	if len(others) == 0 {
		return len(content) > 0 && f.all(content, parent)
	}
	selected := false
	for _, d := range parent.children {
		selected = f.content(content, d, parent) || selected
		for _, o := range others {
			switch {
			case f.node(o, d, parent):
				selected = true
			case f.givesUp(o, d):
				return selected
			}
		}
	}
	if selected {
		f.addSiblings(content, others, parent)
	}
	return selected
}

// node applies one selection or containment node to one data node (RFC 6241 §6.2.3, §6.2.4).
func (f *subtreeFilter) node(filter *input, d, parent *element) bool {
	if !f.matches(filter, d) || f.passesOver(filter, d, parent) {
		return false
	}
	if len(filter.children) == 0 {
		f.whole(d, parent)
		return true
	}
	if !f.siblings(filter.children, d) {
		return false
	}
	if !f.marks[d] {
		f.marks[d] = false
	}
	return true
}

// content selects a data node that a content match node speaks of, once all of its set are true (RFC 6241 §6.2.5).
func (f *subtreeFilter) content(content []*input, d, parent *element) bool {
	for _, c := range content {
		if f.contentMatches(c, d) && !f.leavesOut(d, parent) {
			f.marks[d] = true
			return true
		}
	}
	return false
}

// whole selects all that is below a data node.
func (f *subtreeFilter) whole(d, parent *element) {
	if !f.expandsBadly(d, parent) {
		f.marks[d] = true
	}
}

// all selects every node of a sibling set, for content match nodes that stand alone.
func (f *subtreeFilter) all(content []*input, parent *element) bool {
	for _, d := range parent.children {
		if f.fallsShort(content, d, parent) {
			continue
		}
		f.marks[d] = true
	}
	return len(parent.children) > 0
}

// contentTrue tells whether each content match node is met by some data node (RFC 6241 §6.2.5).
func (f *subtreeFilter) contentTrue(content []*input, parent *element) bool {
	met := 0
	for _, c := range content {
		if slices.ContainsFunc(parent.children, func(d *element) bool { return f.contentMatches(c, d) }) {
			met++
		}
	}
	return met == len(content) || met > 0 && f.broken("content-matches-combined-with-or")
}

func (f *subtreeFilter) contentMatches(filter *input, d *element) bool {
	return f.matches(filter, d) && !d.schema.holds() && f.sameContent(filter, d)
}

// sameContent compares text: white space around it does not count (RFC 6241 §6.2.5).
func (f *subtreeFilter) sameContent(filter *input, d *element) bool {
	wanted := filter.content()
	return f.almostEqual(filter.text, wanted, d.value, strings.TrimSpace(d.value) == wanted)
}

// matches compares name, namespace and attributes. A filter node without any namespace counts for all of them
// (RFC 6241 §6.2.1).
func (f *subtreeFilter) matches(filter *input, d *element) bool {
	if filter.local != d.schema.name || !f.attributesMatch(filter, d) {
		return false
	}
	return filter.ns == d.schema.ns || filter.ns == "" || f.loose && filter.ns == baseNS
}

// attributesMatch tells whether the data node has all attributes of the filter node, with the same values: one that the
// node is not defined to have selects nothing, and no wildcard counts for attributes (RFC 6241 §6.2.2, §6.2.1).
func (f *subtreeFilter) attributesMatch(filter *input, d *element) bool {
	for _, wanted := range filter.attributes {
		if !slices.Contains(d.attributes, dataAttribute(wanted)) && !f.letsPass(wanted, filter, d) {
			return false
		}
	}
	return true
}

// sortFilter parts content match nodes from selection and containment nodes.
func sortFilter(filter []*input) (content, others []*input) {
	for _, in := range filter {
		if len(in.children) == 0 && in.content() != "" {
			content = append(content, in)
		} else {
			others = append(others, in)
		}
	}
	return content, others
}

// pruned gives the marked parts of the data.
func (f *subtreeFilter) pruned(data []*element) []*element {
	var out []*element
	for _, d := range data {
		whole, marked := f.marks[d]
		switch {
		case !marked:
		case whole:
			out = append(out, d)
		default:
			part := d.shell()
			part.children = f.pruned(d.children)
			out = append(out, part)
		}
	}
	return out
}
