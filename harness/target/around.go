package target

// Around is the XML below <config> that leads to the leaf, with content inside it and attributes in its start tag, both
// as they stand: for what Config does not write, such as an attribute that means nothing, or CDATA sections.
func (l *Leaf) Around(content string, attributes ...string) string {
	text := ""
	for _, attribute := range attributes {
		text += " " + attribute
	}
	return nest(l.Path, text, content)
}

// Parent is the subtree filter that selects what the leaf stands in, the leaf itself where that is at the top.
func (l *Leaf) Parent() string {
	if len(l.Path) < 2 {
		return l.Filter()
	}
	return nest(l.Path[:len(l.Path)-1], "", "")
}

// Sibling is a leaf of another name beside this one.
func (l *Leaf) Sibling(local string) *Leaf {
	path := append([]Node(nil), l.Path...)
	path[len(path)-1].Local = local
	return &Leaf{Path: path, Values: l.Values}
}
