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
	marks selection
	loose bool // elements without namespace of their own count for any, base namespace too
}

// apply gives the parts of the data that the filter selects.
func (f *subtreeFilter) apply(filter []*input, data []*element) []*element {
	f.marks = selection{}
	f.siblings(filter, data)
	return f.pruned(data)
}

// siblings processes one sibling set of the filter against the data nodes of one parent, and tells whether it
// selected any (RFC 6241 §6.3).
func (f *subtreeFilter) siblings(filter []*input, data []*element) bool {
	content, others := sortFilter(filter)
	for _, c := range content {
		if !f.contentTrue(c, data) {
			return false
		}
	}
	if len(others) == 0 {
		return len(content) > 0 && f.all(data)
	}
	selected := false
	for _, d := range data {
		for _, c := range content {
			if f.contentMatches(c, d) {
				f.marks[d] = true
				selected = true
			}
		}
		for _, o := range others {
			if f.node(o, d) {
				selected = true
			}
		}
	}
	return selected
}

// node applies one selection or containment node to one data node (RFC 6241 §6.2.3, §6.2.4).
func (f *subtreeFilter) node(filter *input, d *element) bool {
	if !f.matches(filter, d) {
		return false
	}
	if len(filter.children) == 0 {
		f.marks[d] = true
		return true
	}
	if !f.siblings(filter.children, d.children) {
		return false
	}
	if !f.marks[d] {
		f.marks[d] = false
	}
	return true
}

// all selects every node of a sibling set.
func (f *subtreeFilter) all(data []*element) bool {
	for _, d := range data {
		f.marks[d] = true
	}
	return len(data) > 0
}

// contentTrue tells whether a content match node is met by any data node (RFC 6241 §6.2.5).
func (f *subtreeFilter) contentTrue(filter *input, data []*element) bool {
	for _, d := range data {
		if f.contentMatches(filter, d) {
			return true
		}
	}
	return false
}

func (f *subtreeFilter) contentMatches(filter *input, d *element) bool {
	return f.matches(filter, d) && !d.schema.holds() && strings.TrimSpace(d.value) == filter.content()
}

// matches compares name, namespace and attributes. A filter node without any namespace counts for all of them
// (RFC 6241 §6.2.1).
func (f *subtreeFilter) matches(filter *input, d *element) bool {
	if filter.local != d.schema.name || !attributesMatch(filter, d) {
		return false
	}
	return filter.ns == d.schema.ns || filter.ns == "" || f.loose && filter.ns == baseNS
}

// attributesMatch tells whether the data node has all attributes of the filter node, with the same values: one that the
// node is not defined to have selects nothing, and no wildcard counts for attributes (RFC 6241 §6.2.2, §6.2.1).
func attributesMatch(filter *input, d *element) bool {
	for _, wanted := range filter.attributes {
		if !slices.Contains(d.attributes, dataAttribute(wanted)) {
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
