package reference

import (
	"slices"
	"strings"
)

// misgot gives what a broken server answers to get-config before it has looked at any data.
func (s *session) misgot(op *input) (reply, bool) {
	if len(s.srv.defects) == 0 {
		return reply{}, false
	}
	source, filter := op.child(base("source")), op.child(base("filter"))
	of := func(datastore string) bool { return source != nil && source.child(base(datastore)) != nil }
	data := s.snapshot(running)
	switch {
	case s.broken("running-refused-at-first") && s.replies == 0 && of(running) && filter != nil && len(filter.children) == 0:
		return failed(operationFailed("running is not there yet")), true
	case s.broken("unclaimed-candidate-read") && of(candidate), s.broken("unclaimed-startup-read") && of(startup),
		s.broken("missing-source-is-running") && source == nil:
		return dataReply(data.children), true
	}
	return reply{}, false
}

// read gives the data to answer from: the datastore's, but for defects.
func (s *session) read(op *input, datastore string, data *element) *element {
	counted := func() *element {
		top := data.child(s.srv.schema.child(Namespace, "top"))
		if top == nil {
			return data
		}
		return data.with(withCounters(top))
	}
	if op.local == "get" && s.broken("get-releases-lock") {
		s.srv.mu.Lock()
		s.srv.unlockAll(s)
		s.srv.mu.Unlock()
	}
	switch {
	case op.local == "get" && s.broken("get-reads-candidate"):
		return s.srv.withState(s.snapshot(candidate))
	case datastore == candidate && s.broken("candidate-holds-state"), datastore == running && op.local == "get-config" && s.broken("get-config-returns-state"):
		return counted()
	case datastore == candidate && s.broken("filter-evaluated-on-running") && matchesContent(op.child(base("filter"))):
		return s.snapshot(running)
	}
	return data
}

// matchesContent tells whether there is a content match node in a filter.
func matchesContent(filter *input) bool {
	if filter == nil {
		return false
	}
	return slices.ContainsFunc(filter.children, func(in *input) bool { return isContent(in) || matchesContent(in) })
}

// unfiltered gives the data without a filter: all of it, but for defects.
func (s *session) unfiltered(op *input, data *element) []*element {
	lacking := func(ns, local string) []*element {
		return slices.DeleteFunc(slices.Clone(data.children), func(e *element) bool { return e.schema.ns == ns && e.schema.name == local })
	}
	system := data.child(s.srv.schema.child(Namespace, "system"))
	switch {
	case op.local == "get" && s.broken("get-leaves-out-a-model"):
		return lacking(Namespace, "top")
	case op.local == "get-config" && s.broken("get-config-leaves-out-a-leaf") && system != nil:
		return data.with(system.without(system.child(system.schema.named("location")))).children
	}
	return data.children
}

// misfiltered gives what a broken server answers to a filter without evaluating it.
func (s *session) misfiltered(op, filter *input, data *element) (reply, bool) {
	kind, typed := filter.attribute(name{"", "type"})
	untyped, unknown := s.broken("get-filter-without-type-ignored"), s.broken("unknown-type-of-get-filter-ignored")
	if op.local == "get-config" {
		untyped, unknown = s.broken("get-config-filter-without-type-ignored"), s.broken("unknown-type-of-get-config-filter-ignored")
	}
	switch {
	case !typed && len(filter.children) > 0 && untyped,
		len(filter.children) == 0 && filter.text != "" && s.broken("blank-filter-selects-everything"),
		kind == "xpath" && op.local == "get-config" && s.broken("unclaimed-xpath-selects-everything"):
		return dataReply(data.children), true
	case typed && kind != "subtree" && kind != "xpath" && unknown:
		return dataReply((&subtreeFilter{}).apply(filter.children, data)), true
	case s.broken("mixed-filter-content-answered-with-ok") && mixed(filter):
		return reply{}, true
	}
	return reply{}, false
}

// mixed tells whether an element inside holds text and elements.
func mixed(in *input) bool {
	return slices.ContainsFunc(in.children, func(c *input) bool { return len(c.children) > 0 && c.content() != "" || mixed(c) })
}

// evaluated gives what a filter selects, in the form of the reply, but for defects.
func (s *session) evaluated(op, filter *input, data *element) []*element {
	f := &subtreeFilter{loose: s.profile.lenient}
	if len(s.srv.defects) > 0 {
		f.defects = s.broken
	}
	set := s.misreadFilter(op, filter)
	found := f.apply(set, data)
	switch {
	case len(found) == 0:
	case s.broken("overlapping-subtrees-returned-twice"):
		found = nil
		for _, in := range set {
			found = append(found, f.apply([]*input{in}, data)...)
		}
	case s.broken("other-top-level-node-returned") && len(set) == 1 && len(set[0].children) == 1 && isSelection(set[0].children[0]):
		other := slices.IndexFunc(data.children, func(e *element) bool { return e.schema != found[0].schema })
		return append(found, data.children[other])
	case s.broken("path-to-leaf-of-entries-left-out") && !matchesContent(filter):
		return lifted(found)
	case op.local == "get" && len(found) > 1 && s.broken("state-left-out-beside-configuration"):
		return stateless(found)
	}
	return found
}

// stateless gives the data without its state.
func stateless(data []*element) []*element {
	var out []*element
	for _, e := range data {
		if e.schema.state {
			continue
		}
		kept := e.shell()
		kept.children = stateless(e.children)
		if !kept.empty() {
			out = append(out, kept)
		}
	}
	return out
}

// lifted puts list entries that were cut in the place of the container around them.
func lifted(found []*element) []*element {
	var out []*element
	for _, top := range found {
		e := top.shell()
		for _, c := range top.children {
			if len(c.children) > 0 && c.children[0].schema.kind == list && len(c.children[0].children) == 1 {
				e.children = append(e.children, c.children...)
			} else {
				e.children = append(e.children, c)
			}
		}
		out = append(out, e)
	}
	return out
}

// delivered answers with what was found, in one data element, but for defects.
func (s *session) delivered(op *input, found []*element) reply {
	if op.local != "get-config" || len(found) < 2 || !s.broken("top-level-nodes-in-data-of-their-own") {
		return dataReply(found)
	}
	return reply{body: func(x *xmlWriter) {
		for _, e := range found {
			x.open("data")
			x.data([]*element{e}, baseNS)
			x.close("data")
		}
	}}
}

// misspelt tells whether a broken server cannot read a document that says what others say in another form.
func (s *session) misspelt(message []byte) bool {
	return s.broken("processing-instructions-refused") && strings.Contains(strings.TrimPrefix(string(message), "<?xml"), "<?")
}
