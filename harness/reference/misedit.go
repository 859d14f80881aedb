package reference

// misedits is what an editor has to remember for the sake of defects. A correct one needs none of it.
type misedits struct {
	target     string
	options    editOptions
	attributes int // operation attributes so far
}

// change is one node that an edit is about to change.
type change struct {
	parent, existing, wanted *element
	in                       *input
	op                       string
	path                     []step
}

// misedit is a way to go wrong with nodes of a kind, by an operation, that are there or not.
type misedit struct {
	defect string
	kind   kind
	op     string
	there  bool
	do     func(*editor, *change) *element
}

// wrongEdits lists them.
func wrongEdits() []misedit {
	return []misedit{
		{"replace-of-missing-refused", list, "replace", false, (*editor).refuseMissing},
		{"replace-of-missing-without-effect-in-old-server", list, "replace", false, (*editor).ignore},
		{"replace-removes-other-entries", list, "replace", true, (*editor).replaceAll},
		{"create-without-content", list, "create", false, (*editor).makeEmpty},
		{"delete-of-container-ignored", container, "delete", true, (*editor).ignore},
		{"delete-of-missing-leaf-ignored", leaf, "delete", false, (*editor).ignore},
		{"delete-of-missing-entry-takes-others", list, "delete", false, (*editor).takeOthers},
		{"remove-of-leaf-ignored", leaf, "remove", true, (*editor).ignore},
		{"remove-without-effect-in-old-server", list, "remove", true, (*editor).ignore},
		{"missing-levels-made-by-default-none", list, "none", false, (*editor).makeLevel},
	}
}

// wrongEditsByNone lists those of edits by default none.
func wrongEditsByNone() []misedit {
	return []misedit{
		{"remove-by-default-none-creates-entry", list, "remove", false, (*editor).makeEmpty},
		{"delete-by-default-none-ignored", list, "delete", true, (*editor).ignore},
		{"delete-by-default-none-ignored", leaf, "delete", true, (*editor).ignore},
	}
}

// broken tells whether the server has a defect, which is one of edits: a whole configuration that is sent is left alone.
func (e *editor) broken(defect string) bool { return !e.inline && e.session.broken(defect) }

// misedited changes a node as a defect has it; done is false where none has it changed.
func (e *editor) misedited(c *change) (parent *element, done bool) {
	all := wrongEdits()
	if e.options.defaultOperation == "none" {
		all = append(all, wrongEditsByNone()...)
	} else {
		all = append(all, misedit{"remove-of-missing-refused", list, "remove", false, (*editor).refuseMissing})
	}
	_, given := c.in.attribute(base("operation"))
	for _, m := range all {
		if c.op != "none" && !given {
			break // inherited: what has the operation has been looked at
		}
		if m.kind == c.wanted.schema.kind && m.op == c.op && m.there == (c.existing != nil) && e.broken(m.defect) {
			return m.do(e, c), true
		}
	}
	if c.op == "create" && e.target == candidate && e.broken("existence-looked-up-in-running") && e.inRunning(c.path) {
		e.fail(dataExists(c.path))
		return c.parent, true
	}
	return nil, false
}

func (e *editor) ignore(c *change) *element { return c.parent }

func (e *editor) refuseMissing(c *change) *element {
	e.fail(dataMissing(c.path))
	return c.parent
}

func (e *editor) makeEmpty(c *change) *element { return c.parent.with(c.wanted) }

func (e *editor) makeLevel(c *change) *element {
	return e.inner(c.parent, nil, c.wanted, c.in, "merge", c.path)
}

func (e *editor) replaceAll(c *change) *element {
	return e.inner(e.takeOthers(c), c.existing, c.wanted, c.in, c.op, c.path)
}

// takeOthers takes away the entries of the list but for the one that the change is about.
func (e *editor) takeOthers(c *change) *element {
	parent := c.parent
	for _, other := range parent.children {
		if other.schema == c.wanted.schema && other != c.existing {
			parent = parent.without(other)
		}
	}
	return parent
}

// inRunning tells whether running has a node.
func (e *editor) inRunning(path []step) bool {
	at := e.session.srv.store.running
	for _, s := range path {
		var found *element
		for _, child := range at.children {
			if literalStep(stepTo(child)) == literalStep(s) {
				found = child
			}
		}
		if at = found; at == nil {
			return false
		}
	}
	return true
}

// literalStep writes a step so that equal ones are equal texts.
func literalStep(s step) string {
	text := s.ns + " " + s.local
	for _, k := range s.keys {
		text += " " + k.local + "=" + k.value
	}
	return text
}

// misread gives the operation for a node as the server takes it: as it is, but for defects.
func (e *editor) misread(schema *node, in *input, op string) string {
	_, given := in.attribute(base("operation"))
	switch {
	case schema.kind == leaf && op == "create" && e.broken("create-of-leaf-overwrites"),
		schema.kind == leaf && op == "none" && e.broken("leaves-merged-by-default-none"),
		schema.kind == list && op == "replace" && e.broken("replace-merges-entries"),
		schema.kind == container && op == "replace" && holdsList(schema) && e.broken("replace-keeps-entries-below"):
		return "merge"
	case schema.kind == list && op == "merge" && given && e.broken("merge-replaces-entries"),
		schema.kind == list && op == "merge" && e.options.plain && !marked(in) && e.broken("entries-replaced-by-default"):
		return "replace"
	}
	return op
}

func holdsList(schema *node) bool {
	for _, child := range schema.children {
		if child.kind == list {
			return true
		}
	}
	return false
}

// marked tells whether an operation is given anywhere in the edit that an element belongs to.
func marked(in *input) bool {
	for in.parent != nil {
		in = in.parent
	}
	return markedBelow(in)
}

// markedBelow tells whether an operation is given for an element or below it.
func markedBelow(in *input) bool {
	if _, given := in.attribute(base("operation")); given {
		return true
	}
	for _, child := range in.children {
		if markedBelow(child) {
			return true
		}
	}
	return false
}

// passedOn gives the operation that the children of a node inherit.
func (e *editor) passedOn(op string) string {
	if e.options.defaultOperation == "none" && e.broken("operation-not-inherited-by-default-none") {
		return "none"
	}
	return op
}

// declaredByRPC tells whether it is rpc that declares a prefix for the base namespace.
func declaredByRPC(in *input) bool {
	for at := in; at != nil; at = at.parent {
		for prefix, uri := range at.declarations {
			if prefix != "" && uri == baseNS {
				return at.parent == nil
			}
		}
	}
	return false
}

// overlooks tells whether an operation attribute is passed over. None is.
func (e *editor) overlooks(in *input, a inputAttribute) bool {
	if a.name != base("operation") {
		return false
	}
	e.attributes++
	return e.attributes == 3 && e.broken("third-operation-ignored") ||
		besidePlain(in) && e.broken("operation-beside-plain-leaves-ignored")
}

// besidePlain tells whether a leaf stands beside another one that is no key and has no operation.
func besidePlain(in *input) bool {
	for _, other := range in.parent.children {
		if len(in.children)+len(other.children) == 0 && other != in && other.local != "name" && !markedBelow(other) {
			return true
		}
	}
	return false
}

// passesOver tells whether an element is left out that is no configuration. None is.
func (e *editor) passesOver(schema *node, in *input) bool {
	switch {
	case schema != nil:
		return e.broken("state-data-ignored")
	case e.session.srv.knowsNamespace(in.ns):
		return e.broken("unknown-elements-ignored")
	}
	return e.broken("unknown-namespace-ignored")
}

// minded gives the top-level nodes of an edit that are looked at: all.
func (e *editor) minded(sent []*input) []*input {
	if len(sent) > 1 && e.broken("second-node-of-edit-ignored") {
		return sent[:1]
	}
	return sent
}

// empties tells whether an edit begins with nothing in the target.
func (e *editor) empties(config *input, defaultOperation string) bool {
	if len(config.children) == 0 && e.target == candidate && e.broken("empty-config-empties-candidate") {
		return true
	}
	return defaultOperation == "replace" && !e.broken("default-replace-keeps-other-nodes")
}

// letsPass tells whether a value is taken that is none of its type.
func (e *editor) letsPass(schema *node, in *input) bool {
	return schema.name == "type" && e.broken("enumeration-not-checked")
}
