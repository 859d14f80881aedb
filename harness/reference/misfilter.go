package reference

import "slices"

// misreading is a wrong way to read a sibling set of a filter. at is the schema node that the set is below, nil where the
// model has none; depth 0 is the top.
type misreading func(set []*input, at *node, depth int) []*input

// misreadings are the wrong ways by the defects that go them.
func (s *session) misreadings(op, filter *input) map[string]misreading {
	root := op.parent
	return map[string]misreading{
		"later-subtrees-of-a-list-ignored":        laterSubtrees,
		"hundred-subtrees-at-the-most":            func(set []*input, _ *node, _ int) []*input { return set[:min(len(set), 100)] },
		"second-top-level-node-ignored":           atTop(func(first, in *input) bool { return first.ns == in.ns }),
		"second-module-in-filter-ignored":         atTop(func(first, in *input) bool { return first.ns != in.ns }),
		"unknown-filter-nodes-ignored":            unknownNodes,
		"foreign-namespace-in-filter-is-wildcard": s.foreignIsWildcard,
		"prefix-on-rpc-lost":                      each(func(in *input) bool { return root.binds(in.ns) }, never),
		"unqualified-top-level-node-unknown":      unqualified(true),
		"unqualified-inner-node-unknown":          unqualified(false),
		"wildcard-ends-at-first-module":           firstModule,
		"top-level-node-looked-for-below":         levels(true),
		"levels-of-filter-may-be-left-out":        levels(false),
		"containment-beside-selection-ignored":    beside(isSelection, isContainment),
		"containment-beside-content-ignored":      beside(isContent, isContainment),
		"selection-beside-content-ignored":        beside(isContent, isSelection),
		"get-ignores-selection-beside-content":    onlyFor(op.local == "get", beside(isContent, isSelection)),
		"container-tag-pair-selects-nothing":      blank(func(in *input, n *node) bool { return n.holds() && in.pair && in.text == "" }),
		"blank-container-selects-nothing":         blank(func(in *input, n *node) bool { return n.holds() && in.text != "" }),
		"blank-leaf-matches-nothing":              blank(func(in *input, n *node) bool { return !n.holds() && in.text != "" }),
		"last-content-match-of-a-name-counts":     lastOfName,
		"content-match-in-container-is-selection": contentInContainer,
		"content-match-on-state-ignored":          contentOnState,
		"filter-rules-end-at-list-entry":          endAtEntry,
		"selections-in-a-list-merged":             merged,
	}
}

// misreadFilter gives the filter as the server takes it: as it came, but for defects.
func (s *session) misreadFilter(op, filter *input) []*input {
	set := filter.children
	if len(s.srv.defects) == 0 {
		return set
	}
	if s.broken("namespace-alone-selects-its-model") && len(set) == 0 {
		return s.wholeModels(filter)
	}
	for defect, wrong := range s.misreadings(op, filter) {
		if s.broken(defect) {
			set = rewritten(set, s.srv.schema, 0, wrong)
		}
	}
	return set
}

// rewritten gives a copy of a sibling set, changed on every level, the outermost first.
func rewritten(set []*input, at *node, depth int, change misreading) []*input {
	var out []*input
	for _, in := range change(set, at, depth) {
		c := *in
		c.children = rewritten(in.children, schemaOf(at, in), depth+1, change)
		out = append(out, &c)
	}
	return out
}

// schemaOf gives the schema node of a filter node, nil where there is none.
func schemaOf(at *node, in *input) *node {
	if at == nil || in.ns == "" {
		return nil
	}
	return at.child(in.ns, in.local)
}

// never gives a filter node that matches nothing.
func never(in *input) *input {
	c := *in
	c.ns = "urn:none"
	return &c
}

// each changes those nodes that the question is true of.
func each(wrong func(*input) bool, change func(*input) *input) misreading {
	return func(set []*input, _ *node, _ int) []*input {
		out := slices.Clone(set)
		for i, in := range out {
			if wrong(in) {
				out[i] = change(in)
			}
		}
		return out
	}
}

func onlyFor(yes bool, m misreading) misreading {
	return func(set []*input, at *node, depth int) []*input {
		if !yes {
			return set
		}
		return m(set, at, depth)
	}
}

// drop gives the set without some nodes.
func drop(set []*input, gone func(i int, in *input) bool) []*input {
	var kept []*input
	for i, in := range set {
		if !gone(i, in) {
			kept = append(kept, in)
		}
	}
	return kept
}

func isContent(in *input) bool     { return len(in.children) == 0 && in.content() != "" }
func isSelection(in *input) bool   { return len(in.children) == 0 && in.content() == "" }
func isContainment(in *input) bool { return len(in.children) > 0 }

// laterSubtrees drops all but the first of several containment nodes of one name.
func laterSubtrees(set []*input, _ *node, depth int) []*input {
	return drop(set, func(i int, in *input) bool {
		return depth > 0 && isContainment(in) &&
			slices.ContainsFunc(set[:i], func(o *input) bool { return o.name == in.name && isContainment(o) })
	})
}

// atTop drops those nodes at the top that are so beside the first one.
func atTop(gone func(first, in *input) bool) misreading {
	return func(set []*input, _ *node, depth int) []*input {
		return drop(set, func(i int, in *input) bool { return depth == 0 && i > 0 && gone(set[0], in) })
	}
}

// unknownNodes drops nodes that the model has not got, though it has their namespace.
func unknownNodes(set []*input, at *node, depth int) []*input {
	return drop(set, func(_ int, in *input) bool {
		return depth > 0 && at != nil && at.holds() && in.ns == at.ns && schemaOf(at, in) == nil
	})
}

func (s *session) foreignIsWildcard(set []*input, _ *node, _ int) []*input {
	foreign := func(in *input) bool { return in.ns != "" && !s.srv.knowsNamespace(in.ns) }
	anywhere := func(in *input) *input {
		c := *in
		c.ns = ""
		return &c
	}
	return each(foreign, anywhere)(set, nil, 0)
}

// binds tells whether an element binds a prefix to a namespace.
func (in *input) binds(ns string) bool {
	for prefix, uri := range in.declarations {
		if prefix != "" && uri == ns && ns != baseNS {
			return true
		}
	}
	return false
}

// unqualified makes nodes without a namespace match nothing, those at the top or those below.
func unqualified(top bool) misreading {
	return func(set []*input, _ *node, depth int) []*input {
		return each(func(in *input) bool { return in.ns == "" && (depth == 0) == top }, never)(set, nil, depth)
	}
}

// firstModule takes a node at the top without a namespace for that of the first module that has its name.
func firstModule(set []*input, at *node, depth int) []*input {
	first := func(in *input) *input {
		c := *in
		if n := at.named(in.local); n != nil {
			c.ns = n.ns
		}
		return &c
	}
	return each(func(in *input) bool { return depth == 0 && in.ns == "" }, first)(set, at, depth)
}

// levels puts a level that was left out around a node, at the top or below.
func levels(top bool) misreading {
	return func(set []*input, at *node, depth int) []*input {
		out := slices.Clone(set)
		for i, in := range set {
			if at == nil || (depth == 0) != top || schemaOf(at, in) != nil {
				continue
			}
			for _, n := range at.children {
				if n.child(in.ns, in.local) != nil && n.ns == in.ns {
					out[i] = &input{name: name{n.ns, n.name}, children: []*input{in}}
				}
			}
		}
		return out
	}
}

// beside drops nodes of one kind where there are some of another.
func beside(one, other func(*input) bool) misreading {
	return func(set []*input, _ *node, _ int) []*input {
		return drop(set, func(_ int, in *input) bool { return slices.ContainsFunc(set, one) && other(in) })
	}
}

// blank makes selection nodes match nothing that are so.
func blank(wrong func(*input, *node) bool) misreading {
	return func(set []*input, at *node, depth int) []*input {
		return each(func(in *input) bool { n := schemaOf(at, in); return n != nil && isSelection(in) && wrong(in, n) }, never)(set, at, depth)
	}
}

// lastOfName drops all but the last of several content match nodes of one name.
func lastOfName(set []*input, _ *node, _ int) []*input {
	return drop(set, func(i int, in *input) bool {
		return isContent(in) && slices.ContainsFunc(set[i+1:], func(o *input) bool { return o.name == in.name && isContent(o) })
	})
}

// contentInContainer takes content match nodes for selection nodes where they are not in a list.
func contentInContainer(set []*input, at *node, depth int) []*input {
	return each(func(in *input) bool { return at != nil && at.kind == container && isContent(in) }, func(in *input) *input {
		c := *in
		c.text = ""
		return &c
	})(set, at, depth)
}

// contentOnState drops content match nodes on state data.
func contentOnState(set []*input, at *node, _ int) []*input {
	return drop(set, func(_ int, in *input) bool { n := schemaOf(at, in); return n != nil && n.state && isContent(in) })
}

// endAtEntry takes containment nodes in a list entry for selection nodes.
func endAtEntry(set []*input, at *node, depth int) []*input {
	return each(func(in *input) bool { return at != nil && at.kind == list && isContainment(in) }, func(in *input) *input {
		c := *in
		c.children = nil
		return &c
	})(set, at, depth)
}

// merged lets each of several subtrees of a list select what all of them do.
func merged(set []*input, _ *node, _ int) []*input {
	return each(isContainment, func(in *input) *input {
		c := *in
		c.children, _ = sortFilter(in.children)
		if len(c.children) == 0 {
			return in
		}
		for _, o := range set {
			if o.name == in.name {
				_, others := sortFilter(o.children)
				c.children = append(c.children, others...)
			}
		}
		return &c
	})(set, nil, 0)
}

// wholeModels selects all of the models whose namespaces a filter declares.
func (s *session) wholeModels(filter *input) []*input {
	var all []*input
	for _, n := range s.srv.schema.children {
		for _, uri := range filter.declarations {
			if n.ns == uri {
				all = append(all, &input{name: name{n.ns, n.name}})
			}
		}
	}
	return all
}
