package reference

// key gives the key leaf that was sent. It is given once, and holds no elements.
func (e *editor) key(schema *node, in *input, key string, at []step) *input {
	var sent *input
	for _, c := range in.children {
		switch {
		case !e.isKeyOf(schema, c) || c.local != key:
		case sent != nil:
			e.fail(badElement(c, "key "+key+" is given twice").as(applicationLayer).at(below(at, step{name: name{schema.ns, key}})))
			return nil
		default:
			sent = c
		}
	}
	if sent == nil && e.broken("entry-without-key-ignored") {
		return nil
	}
	if sent == nil {
		e.fail(missingElement(name{schema.ns, key}, in).as(applicationLayer).at(at))
		return nil
	}
	if len(sent.children) > 0 {
		e.fail(unknownElement(sent.children[0]).as(applicationLayer).at(at))
		return nil
	}
	return sent
}

// isKeyOf tells whether an element that was sent is a key leaf of a list.
func (e *editor) isKeyOf(schema *node, in *input) bool {
	return schema.isKey(in.local) && (in.ns == schema.ns || e.session.profile.lenient && (in.ns == "" || in.ns == baseNS))
}

// withoutKeys gives what was sent beside the keys.
func (e *editor) withoutKeys(schema *node, sent []*input) []*input {
	var out []*input
	for _, in := range sent {
		if !e.isKeyOf(schema, in) {
			out = append(out, in)
		}
	}
	return out
}

// keysUntouched looks at operations on the keys themselves: an entry cannot lose them, nor get them anew.
func (e *editor) keysUntouched(schema *node, in *input, existing *element, path []step) bool {
	for _, c := range in.children {
		if !e.isKeyOf(schema, c) {
			continue
		}
		op, ok := e.operation(c, "")
		at := below(path, step{name: name{schema.ns, c.local}})
		switch {
		case !ok:
			return false
		case op == "delete" || op == "remove":
			e.fail(badAttribute(base("operation"), c, "a key cannot be taken from its entry").as(applicationLayer).at(at))
			return false
		case op == "create" && existing != nil:
			e.fail(dataExists(at))
			return false
		}
	}
	return true
}
