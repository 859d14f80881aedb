package reference

// identity makes the element that a sent element speaks of: with the keys of a list entry, or the value of a
// leaf. A value that is to be deleted need not be one.
func (e *editor) identity(schema *node, in *input, op string, path []step) (*element, bool) {
	wanted := &element{schema: schema}
	if schema.kind == list {
		return e.entry(wanted, in, path)
	}
	at := below(path, step{name: name{schema.ns, schema.name}})
	if schema.kind == container {
		return wanted, e.noText(in, at)
	}
	if len(in.children) > 0 {
		e.fail(unknownElement(in.children[0]).as(applicationLayer).at(at))
		return nil, false
	}
	if schema.kind == leaf && (op == "delete" || op == "remove" || op == "none") {
		return wanted, true
	}
	value, wrong := schema.check(in.text)
	if wrong != nil && !e.letsPass(schema, in) {
		e.fail(notOfType(wrong, at))
		return nil, false
	}
	wanted.value = e.session.stored(value)
	return wanted, true
}

// notOfType is invalid-value with the model's own error-app-tag, where it has one (RFC 6241 §4.3).
func notOfType(wrong *mismatch, path []step) *rpcError {
	err := plain(applicationLayer, "invalid-value", wrong.message).at(path)
	err.appTag = wrong.appTag
	return err
}

// noText refuses text where only elements may be.
func (e *editor) noText(in *input, path []step) bool {
	if in.content() == "" {
		return true
	}
	e.fail(badElement(in, in.local+" holds elements, not text").as(applicationLayer).at(path))
	return false
}

// entry makes a list entry with nothing but its keys.
func (e *editor) entry(wanted *element, in *input, path []step) (*element, bool) {
	schema := wanted.schema
	at := below(path, step{name: name{schema.ns, schema.name}})
	if !e.noText(in, at) {
		return nil, false
	}
	for _, k := range schema.keys {
		sent := e.key(schema, in, k, at)
		if sent == nil {
			return nil, false
		}
		keySchema := schema.named(k)
		value, wrong := keySchema.check(sent.text)
		if wrong != nil {
			e.fail(notOfType(wrong, below(at, step{name: name{schema.ns, k}})))
			return nil, false
		}
		wanted.children = append(wanted.children, &element{schema: keySchema, value: value})
	}
	return wanted, true
}
