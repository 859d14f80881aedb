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
	guarded  bool     // hidden from users with few rights
	presence bool     // of a container: that it is there says something
	keys     []string // of a list; state data may have lists without any
	check    check    // of a leaf or leaf-list
	rules    rules    // what a valid datastore keeps to
	choice   string   // of the parent that the node is a part of; "" none
	branch   string   // its case of that choice
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

// presenceNode is a container whose mere presence has a meaning (RFC 7950 §7.5.1).
func presenceNode(name string, children ...*node) *node {
	n := containerNode(name, children...)
	n.presence = true
	return n
}

func leafNode(name string, c check) *node { return &node{name: name, kind: leaf, check: c} }

func leafListNode(name string, c check) *node { return &node{name: name, kind: leafList, check: c} }

// inCase puts nodes into one case of a choice of their parent (RFC 7950 §7.9.2).
func inCase(choice, branch string, nodes ...*node) []*node {
	for _, n := range nodes {
		n.choice, n.branch = choice, branch
	}
	return nodes
}

// ruled gives a node its rules.
func ruled(n *node, r rules) *node {
	n.rules = r
	return n
}

// guardedNode marks a node and all below it as hidden from users with few rights.
func guardedNode(n *node) *node {
	n.guarded = true
	for _, c := range n.children {
		guardedNode(c)
	}
	return n
}

// stateNode marks a node and all below it as config false.
func stateNode(n *node) *node {
	n.state = true
	for _, c := range n.children {
		stateNode(c)
	}
	return n
}
