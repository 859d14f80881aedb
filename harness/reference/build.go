package reference

// sprout makes an element below a parent's schema node.
type sprout func(parent *node) *element

// builder writes data down in Go. Names are resolved when the tree is made; one that the schema does not have
// is a fault of ours, and panics at the first start of a server.
type builder struct{ schema *node }

func (b builder) root(children ...sprout) *element { return grow(b.schema, children) }

func (b builder) in(name string, children ...sprout) sprout {
	return func(parent *node) *element { return grow(must(parent, name), children) }
}

func (b builder) leaf(name, value string) sprout {
	return func(parent *node) *element { return &element{schema: must(parent, name), value: value} }
}

func grow(schema *node, children []sprout) *element {
	e := &element{schema: schema}
	for _, c := range children {
		e.children = append(e.children, c(schema))
	}
	return e
}

func must(parent *node, name string) *node {
	n := parent.named(name)
	if n == nil {
		panic("reference: no schema node " + name + " below " + parent.name)
	}
	return n
}
