package reference

// element is one node of data. An element is never changed once it is made: an edit makes a new one, which
// shares what stayed the same. So a datastore is a pointer, and a copy, a commit or a rollback costs nothing.
type element struct {
	schema     *node
	value      string // of a leaf or an entry of a leaf-list
	attributes []dataAttribute
	children   []*element
}

// dataAttribute is an XML attribute of data, which no YANG module can have.
type dataAttribute struct {
	name
	value string
}

// shell gives e without its children.
func (e *element) shell() *element {
	return &element{schema: e.schema, value: e.value, attributes: e.attributes}
}

// child gives the first child of that schema node, nil when there is none. A nil element has no children.
func (e *element) child(schema *node) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.schema == schema {
			return c
		}
	}
	return nil
}

// leafValue gives the value of a child leaf, "" when there is none.
func (e *element) leafValue(name string) string {
	for _, c := range e.children {
		if c.schema.name == name {
			return c.value
		}
	}
	return ""
}

// same tells whether two elements are instances of the same thing: list entries have equal keys, leaf-list
// entries equal values.
func same(a, b *element) bool {
	if a.schema != b.schema {
		return false
	}
	switch a.schema.kind {
	case leafList:
		return a.value == b.value
	case list:
		for _, k := range a.schema.keys {
			if a.leafValue(k) != b.leafValue(k) {
				return false
			}
		}
	}
	return true
}

// instance gives the child of e that is the same thing as wanted, nil when there is none.
func (e *element) instance(wanted *element) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if same(c, wanted) {
			return c
		}
	}
	return nil
}

// with gives e with child put in: in place of the same thing, or behind its kind, in the order of the schema. Nodes of
// other cases of a choice go (RFC 7950 §8.2).
func (e *element) with(child *element) *element {
	out := e.shell()
	out.children = make([]*element, 0, len(e.children)+1)
	placed := false
	for _, c := range e.children {
		if excludes(child.schema, c.schema) {
			continue
		}
		if !placed && same(c, child) {
			out.children = append(out.children, child)
			placed = true
			continue
		}
		if !placed && c.schema.position > child.schema.position {
			out.children = append(out.children, child)
			placed = true
		}
		out.children = append(out.children, c)
	}
	if !placed {
		out.children = append(out.children, child)
	}
	return out
}

// excludes tells whether two nodes are of different cases of one choice.
func excludes(a, b *node) bool {
	return a.choice != "" && a.choice == b.choice && a.branch != b.branch
}

// instances gives all children of that schema node.
func (e *element) instances(schema *node) []*element {
	var all []*element
	for _, c := range e.children {
		if c.schema == schema {
			all = append(all, c)
		}
	}
	return all
}

// without gives e with that very child taken out.
func (e *element) without(child *element) *element {
	out := e.shell()
	for _, c := range e.children {
		if c != child {
			out.children = append(out.children, c)
		}
	}
	return out
}

// equal tells whether two trees hold the same data, in the same order. Nil equals an empty container.
func equal(a, b *element) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return a.empty() && b.empty()
	}
	if a.schema != b.schema || a.value != b.value || len(a.children) != len(b.children) {
		return false
	}
	for i := range a.children {
		if !equal(a.children[i], b.children[i]) {
			return false
		}
	}
	return true
}

// empty tells whether e is nothing, or a container with nothing in it: such a container has no meaning of its
// own, so it is not kept, unless the model gives it one.
func (e *element) empty() bool {
	return e == nil || e.schema.kind == container && !e.schema.presence && len(e.children) == 0
}
