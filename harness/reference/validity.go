package reference

import "strings"

// validity looks for the constraints that a configuration breaks.
type validity struct {
	root   *element
	errors []*rpcError
}

// invalid gives an error for each constraint between nodes that a whole configuration breaks (RFC 7950 §8.1); what
// concerns one node alone has been checked on its way in.
func invalid(root *element) []*rpcError {
	v := &validity{root: root}
	v.inside(root, nil)
	return v.errors
}

// inside checks what is below a node. A container without meaning of its own counts as there even if it is not.
func (v *validity) inside(e *element, path []step) {
	v.choices(e, path)
	for _, schema := range e.schema.children {
		if schema.state {
			continue
		}
		all := e.instances(schema)
		v.count(schema, all, path)
		v.unique(schema, all, path)
		if len(all) == 0 && schema.kind == container && !schema.presence {
			all = []*element{{schema: schema}}
		}
		for _, one := range all {
			at := below(path, stepTo(one))
			v.node(one, e, at)
			v.inside(one, at)
		}
	}
}

// below gives a path that goes on by one step.
func below(path []step, next step) []step { return append(path[:len(path):len(path)], next) }

// choices finds mandatory choices of which no case is there.
func (v *validity) choices(e *element, path []step) {
	for _, choice := range e.schema.rules.choices {
		made := false
		for _, c := range e.children {
			made = made || c.schema.choice == choice
		}
		if !made {
			v.errors = append(v.errors, missingChoice(choice, path))
		}
	}
}

// count checks how many instances there are.
func (v *validity) count(schema *node, all []*element, path []step) {
	at := below(path, step{name: name{schema.ns, schema.name}})
	r := schema.rules
	switch {
	case r.mandatory && len(all) == 0:
		v.errors = append(v.errors, missingNode(schema.name, path))
	case len(all) < r.least:
		v.errors = append(v.errors, violated("too-few-elements", "there are too few of "+schema.name, at))
	case r.most > 0 && len(all) > r.most:
		v.errors = append(v.errors, violated("too-many-elements", "there are too many of "+schema.name, at))
	}
}

// unique finds entries with equal values in all leafs of a unique statement. Entries that lack one of them do not
// count (RFC 7950 §7.8.3).
func (v *validity) unique(schema *node, all []*element, path []step) {
	for _, leafs := range schema.rules.unique {
		seen := map[string][][]step{}
		for _, e := range all {
			values, at := uniqueValues(e, leafs, path)
			if values == "" {
				continue
			}
			seen[values] = append(seen[values], at...)
			if len(seen[values]) == 2*len(leafs) {
				lists := below(path, step{name: name{schema.ns, schema.name}})
				v.errors = append(v.errors, notUnique(seen[values], lists))
			}
		}
	}
}

// uniqueValues gives the values of an entry's leafs as one text, and the paths of the leafs; "" where one is missing.
func uniqueValues(e *element, leafs []string, path []step) (string, [][]step) {
	var values []string
	var at [][]step
	for _, leaf := range leafs {
		c := e.child(e.schema.named(leaf))
		if c == nil {
			return "", nil
		}
		values = append(values, c.value)
		at = append(at, below(below(path, stepTo(e)), stepTo(c)))
	}
	return strings.Join(values, "\x00"), at
}

// node checks one instance by itself.
func (v *validity) node(e, parent *element, path []step) {
	if refers := e.schema.rules.refers; refers != nil && !pointsAt(v.root, refers, e.value) {
		v.errors = append(v.errors, instanceRequired(e.value, path))
	}
	for _, m := range e.schema.rules.musts {
		if m.holds(e, parent) {
			continue
		}
		appTag := m.appTag
		if appTag == "" {
			appTag = "must-violation"
		}
		v.errors = append(v.errors, violated(appTag, m.message, path))
	}
}

// pointsAt tells whether a leaf at the end of a path of names has a value.
func pointsAt(e *element, names []string, value string) bool {
	if len(names) == 0 {
		return e.value == value
	}
	for _, c := range e.children {
		if c.schema.name == names[0] && pointsAt(c, names[1:], value) {
			return true
		}
	}
	return false
}
