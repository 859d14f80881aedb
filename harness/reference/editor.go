package reference

// editor applies a config to a tree. It makes a new tree and leaves the old one alone; after an error the new
// one holds what went before it, and with carryOn what came after it too.
type editor struct {
	session *session
	carryOn bool
	inline  bool // what is sent is a whole configuration: there is nothing to protect, and no operation in it
	errors  []*rpcError

	misedits // what defects need to know
}

// config applies the whole config parameter.
func (e *editor) config(before *element, config *input, defaultOperation string) *element {
	if e.empties(config, defaultOperation) {
		before = &element{schema: before.schema}
	}
	if config.content() != "" {
		e.fail(badElement(config, "config holds data nodes, not text").as(applicationLayer))
		return before
	}
	return e.children(before, e.minded(config.children), defaultOperation, nil)
}

// stopped tells that an error has ended the edit.
func (e *editor) stopped() bool { return len(e.errors) > 0 && !e.carryOn }

func (e *editor) fail(err *rpcError) { e.errors = append(e.errors, err) }

// children applies elements of the config to the children of parent.
func (e *editor) children(parent *element, sent []*input, inherited string, path []step) *element {
	given := siblings{}
	for _, in := range sent {
		if e.stopped() {
			break
		}
		schema := e.resolve(parent.schema, in, path)
		if schema == nil {
			continue
		}
		at := below(path, step{name: name{schema.ns, schema.name}})
		op, ok := e.operation(in, inherited)
		switch {
		case !ok:
		case e.forbids(schema, op):
			e.fail(e.denied(parent, schema, at))
		case !given.take(schema, op):
			e.fail(badElement(in, in.local+" is given twice, or beside another case of its choice").as(applicationLayer).at(at))
		default:
			parent = e.node(parent, schema, in, op, path)
		}
	}
	return parent
}

// resolve finds the schema node of a sent element; state data is no configuration (RFC 6241 §5.1).
func (e *editor) resolve(parent *node, in *input, path []step) *node {
	schema := parent.child(in.ns, in.local)
	if schema == nil && e.session.profile.lenient && (in.ns == "" || in.ns == baseNS) {
		schema = parent.named(in.local)
	}
	if schema != nil && !schema.state {
		return schema
	}
	if e.passesOver(schema, in) {
		return nil
	}
	at := below(path, step{name: in.name})
	if schema != nil {
		e.fail(unknownElement(in).as(applicationLayer).at(at))
	} else {
		e.fail(e.session.unexpected(in).as(applicationLayer).at(at))
	}
	return nil
}

// operation gives the operation for an element: that of its attribute, or the inherited one (RFC 6241 §7.2).
func (e *editor) operation(in *input, inherited string) (string, bool) {
	op := inherited
	for _, a := range in.attributes {
		switch {
		case a.ns == xmlNS, e.overlooks(in, a):
		case !e.inline && e.isOperation(in, a.name):
			if !contains(e.operations(), a.value) && e.broken("unknown-operation-taken-for-merge") {
				return "merge", true
			}
			if !contains(e.operations(), a.value) {
				e.fail(badAttribute(base("operation"), in, "no such operation: "+a.value).as(applicationLayer))
				return "", false
			}
			op = a.value
		default:
			e.fail(unknownAttribute(a.name, in).as(applicationLayer))
			return "", false
		}
	}
	return op, true
}

// isOperation tells the operation attribute from others: it is in the base namespace (RFC 6241 §7.2).
func (e *editor) isOperation(in *input, attribute name) bool {
	if attribute == (name{"", "operation"}) {
		return e.session.profile.lenient || e.broken("unqualified-operation-obeyed")
	}
	return attribute == base("operation") && !(e.broken("operation-prefix-of-rpc-unknown") && declaredByRPC(in))
}

// operations lists the values of the operation attribute; remove came with RFC 6241.
func (e *editor) operations() []string {
	ops := []string{"merge", "replace", "create", "delete"}
	if !e.session.profile.old || e.broken("remove-without-effect-in-old-server") {
		ops = append(ops, "remove")
	}
	return ops
}

// node applies one element of the config below parent, and gives the new parent.
func (e *editor) node(parent *element, schema *node, in *input, op string, path []step) *element {
	op = e.misread(schema, in, op)
	wanted, ok := e.identity(schema, in, op, path)
	if !ok {
		return parent
	}
	path = below(path, stepTo(wanted))
	existing := parent.instance(wanted)
	if wrong, done := e.misedited(&change{parent, existing, wanted, in, op, path}); done {
		return wrong
	}
	switch op {
	case "delete", "remove":
		return e.take(parent, existing, op, path)
	case "create":
		if existing != nil {
			e.fail(dataExists(path))
			return parent
		}
	case "none":
		if existing == nil && (schema.kind != container || schema.presence) {
			e.fail(dataMissing(path))
			return parent
		}
	}
	if !schema.holds() {
		if op == "none" {
			return parent
		}
		return parent.with(wanted)
	}
	return e.inner(parent, existing, wanted, in, op, path)
}

// take deletes or removes a node.
func (e *editor) take(parent, existing *element, op string, path []step) *element {
	if existing != nil {
		return parent.without(existing)
	}
	if op == "delete" {
		e.fail(dataMissing(path))
	}
	return parent
}

// inner applies what is inside a container or a list entry.
func (e *editor) inner(parent, existing, wanted *element, in *input, op string, path []step) *element {
	start := existing
	if start == nil || op == "replace" {
		start = wanted
	}
	if !e.keysUntouched(wanted.schema, in, existing, path) {
		return parent
	}
	result := e.children(start, e.withoutKeys(wanted.schema, in.children), e.passedOn(op), path)
	switch {
	case !result.empty():
		return parent.with(result)
	case existing != nil:
		return parent.without(existing)
	}
	return parent
}

// stepTo gives the step of an error-path that leads to an element, with its keys; an entry of a leaf-list is told by its
// value.
func stepTo(e *element) step {
	s := step{name: name{e.schema.ns, e.schema.name}}
	if e.schema.kind == leafList {
		s.keys = []keyValue{{name{"", "."}, e.value}}
	}
	for _, k := range e.schema.keys {
		s.keys = append(s.keys, keyValue{name{e.schema.ns, k}, e.leafValue(k)})
	}
	return s
}
