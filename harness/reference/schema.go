package reference

// kind is what a schema node is in YANG's terms.
type kind int

const (
	container kind = iota
	list
	leaf
	leafList
)

// node is one schema node. Nodes are built once per server and never change.
type node struct {
	name, ns string
	kind     kind
	state    bool     // config false
	keys     []string // of a list
	check    check    // of a leaf or leaf-list
	children []*node
	position int // among its siblings, which decides where data goes
}

// child gives the schema child of that name, nil when there is none.
func (n *node) child(ns, name string) *node {
	for _, c := range n.children {
		if c.name == name && c.ns == ns {
			return c
		}
	}
	return nil
}

// named gives the schema child of that name whatever its namespace, nil when there is none.
func (n *node) named(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// isKey tells whether name is a key of the list n.
func (n *node) isKey(name string) bool {
	for _, k := range n.keys {
		if k == name {
			return true
		}
	}
	return false
}

// holds tells whether n may have children.
func (n *node) holds() bool { return n.kind == container || n.kind == list }

// schemaRoot makes the node above the top-level nodes of all modules.
func schemaRoot(modules ...[]*node) *node {
	root := &node{kind: container}
	for _, m := range modules {
		root.children = append(root.children, m...)
	}
	number(root)
	return root
}

func number(n *node) {
	for i, c := range n.children {
		c.position = i
		number(c)
	}
}

// within puts nodes and all below them into a namespace.
func within(ns string, nodes ...*node) []*node {
	for _, n := range nodes {
		n.ns = ns
		within(ns, n.children...)
	}
	return nodes
}

func containerNode(name string, children ...*node) *node {
	return &node{name: name, kind: container, children: children}
}

func listNode(name, key string, children ...*node) *node {
	return &node{name: name, kind: list, keys: []string{key}, children: children}
}

func leafNode(name string, c check) *node { return &node{name: name, kind: leaf, check: c} }

func leafListNode(name string, c check) *node { return &node{name: name, kind: leafList, check: c} }

// stateNode marks a node and all below it as config false.
func stateNode(n *node) *node {
	n.state = true
	for _, c := range n.children {
		stateNode(c)
	}
	return n
}
