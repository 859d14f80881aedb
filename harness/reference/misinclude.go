package reference

import (
	"slices"
	"strings"
)

// broken tells whether the server has a defect built in.
func (f *subtreeFilter) broken(defect string) bool { return f.defects != nil && f.defects(defect) }

// keepsSome selects content match nodes that are true although one of their set is false, where the server is broken.
func (f *subtreeFilter) keepsSome(content []*input, parent *element) bool {
	kept := false
	for _, d := range parent.children {
		for _, c := range content {
			if f.broken("false-content-match-keeps-true-ones") && f.contentMatches(c, d) {
				f.marks[d] = true
				kept = true
			}
		}
	}
	return kept
}

// givesUp tells whether a broken server looks at no further entries, or returns the one that failed.
func (f *subtreeFilter) givesUp(filter *input, d *element) bool {
	if !f.matches(filter, d) || len(filter.children) == 0 {
		return false
	}
	if f.broken("failed-containment-returned-whole") && d.schema.kind == container && len(d.children) > 0 && !d.children[0].schema.holds() {
		f.marks[d] = true
	}
	content, others := sortFilter(filter.children)
	onKey := slices.ContainsFunc(content, func(c *input) bool { return d.schema.isKey(c.local) })
	return f.broken("false-content-match-ends-list") && d.schema.kind == list && len(content) > 0 && len(others) == 0 && !onKey
}

// addSiblings selects what nobody asked for, where the server is broken.
func (f *subtreeFilter) addSiblings(content, others []*input, parent *element) {
	if len(content) > 0 {
		return
	}
	selections := 0
	for _, o := range others {
		if len(o.children) == 0 {
			selections++
		}
	}
	for _, d := range parent.children {
		switch {
		case selections == 0 && !d.schema.holds() && parent.schema.kind == list && f.broken("leaves-beside-containment-returned"),
			selections == len(others) && d.schema.kind == container && parent.schema.kind == list && f.broken("containers-beside-selection-returned"):
			f.marks[d] = true
		}
	}
}

// passesOver tells whether a broken server does not look at an entry.
func (f *subtreeFilter) passesOver(filter *input, d, parent *element) bool {
	content, others := sortFilter(filter.children)
	if d.schema.kind != list || len(content) > 0 || len(others) == 0 || !f.broken("first-entry-only") {
		return false
	}
	return slices.IndexFunc(parent.children, func(c *element) bool { return c.schema == d.schema }) != slices.Index(parent.children, d)
}

// leavesOut tells whether a broken server does not return what a content match node was true of.
func (f *subtreeFilter) leavesOut(d, parent *element) bool {
	return f.broken("content-match-nodes-left-out") && !parent.schema.isKey(d.schema.name)
}

// fallsShort tells whether a broken server leaves out a sibling of content match nodes that stand alone.
func (f *subtreeFilter) fallsShort(content []*input, d, parent *element) bool {
	return f.broken("siblings-of-content-match-left-out") && parent.schema.kind == list && !parent.schema.isKey(d.schema.name) &&
		!slices.ContainsFunc(content, func(c *input) bool { return f.contentMatches(c, d) })
}

// expandsBadly selects less or more than a selection node asks for, where the server is broken.
func (f *subtreeFilter) expandsBadly(d, parent *element) bool {
	lists := !slices.ContainsFunc(d.schema.children, func(n *node) bool { return n.kind != list })
	switch {
	case f.broken("containers-in-entries-cut") && d.schema.kind == container && parent.schema.kind == list && len(d.children) > 0:
		f.marks[d], f.marks[d.children[0]] = false, true
	case f.broken("lists-cut-to-their-keys") && d.schema.kind == container && lists && len(d.children) > 0:
		f.marks[d] = false
		for _, entry := range d.children {
			f.marks[entry] = false
			for _, c := range entry.children {
				if entry.schema.isKey(c.schema.name) {
					f.marks[c] = true
				}
			}
		}
	case f.broken("selected-key-brings-entry") && parent.schema.isKey(d.schema.name):
		for _, c := range parent.children {
			f.marks[c] = true
		}
	default:
		return false
	}
	return true
}

// almostEqual compares content in a wrong way, where the server is broken.
func (f *subtreeFilter) almostEqual(text, wanted, value string, equal bool) bool {
	switch {
	case f.broken("content-match-by-beginning"):
		return strings.HasPrefix(value, wanted)
	case f.broken("filter-content-not-trimmed"):
		return value == text
	case f.broken("blanks-in-filter-content-collapsed"):
		return strings.Join(strings.Fields(value), " ") == strings.Join(strings.Fields(wanted), " ")
	}
	return equal
}

// letsPass tells whether a broken server takes an attribute of a filter node for one that matches.
func (f *subtreeFilter) letsPass(wanted inputAttribute, filter *input, d *element) bool {
	named := func(fits func(dataAttribute) bool) bool { return slices.ContainsFunc(d.attributes, fits) }
	switch {
	case f.broken("undefined-filter-attributes-ignored"):
		return len(d.attributes) == 0
	case f.broken("attribute-values-in-filter-ignored"):
		return named(func(a dataAttribute) bool { return a.name == wanted.name })
	case f.broken("one-filter-attribute-is-enough"):
		return slices.ContainsFunc(filter.attributes, func(w inputAttribute) bool { return slices.Contains(d.attributes, dataAttribute(w)) })
	case f.broken("unqualified-filter-attribute-is-wildcard"):
		return wanted.ns == "" && named(func(a dataAttribute) bool { return a.local == wanted.local && a.value == wanted.value })
	}
	return false
}
