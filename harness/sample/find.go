package sample

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Options say which nodes are good for a sample.
type Options struct {
	// Hides tells which leaves must not be shown; nil hides none.
	Hides func(leaf string) bool
	// Again is the same data read once more: lists that differ are left out. nil leaves out none.
	Again *xmlquery.Node
	// Except are places where no list is looked for, such as those of state data that is not wanted; nil none.
	Except Paths
	// Keyed is a namespace in whose lists the first leaf is known to be the only key; "" none. Of other lists all the
	// leaves at the beginning that each entry has may be keys (RFC 7950 §7.8.5).
	Keyed string
}

// Find gives the list below data that can play most parts; an element that is there once counts as a list of one entry.
// Lists of several entries come first. nil means that nothing fits.
func Find(data *xmlquery.Node, o Options) *Cast {
	s := search{options: o}
	if o.Again != nil {
		s.again = map[string]string{}
		s.remember(o.Again)
	}
	s.below(data, nil)
	return s.best
}

// search is a search for the best list.
type search struct {
	options Options
	again   map[string]string // place → text of the lists' parents, as they were the second time
	best    *Cast
}

// below looks at all lists below a node that path leads to.
func (s *search) below(n *xmlquery.Node, path []*xmlquery.Node) {
	for _, group := range groups(n) {
		first := group[0]
		if len(path) > 0 && first.NamespaceURI != path[0].NamespaceURI || s.options.Except[place(first)] {
			continue
		}
		if len(path) > 0 && s.steady(n) {
			s.consider(group, path)
		}
		if len(group) == 1 {
			s.below(first, append(path[:len(path):len(path)], first))
		}
	}
}

func (s *search) remember(n *xmlquery.Node) {
	s.again[place(n)] = Text(n, nil)
	for _, group := range groups(n) {
		if len(group) == 1 {
			s.remember(group[0])
		}
	}
}

// steady tells whether what is below a node was the same the second time.
func (s *search) steady(n *xmlquery.Node) bool {
	return s.again == nil || s.again[place(n)] == Text(n, nil)
}

// groups gives the child elements of a node, those of one name together, in the order of their first ones.
func groups(n *xmlquery.Node) [][]*xmlquery.Node {
	var all [][]*xmlquery.Node
	at := map[string]int{}
	for _, child := range elements(n) {
		name := qualified(child)
		i, seen := at[name]
		if !seen {
			i, at[name] = len(all), len(all)
			all = append(all, nil)
		}
		all[i] = append(all[i], child)
	}
	return all
}

// consider makes a cast of a list where its entries have a first leaf that tells them apart.
func (s *search) consider(entries, path []*xmlquery.Node) {
	l := s.list(entries)
	if l == nil {
		return
	}
	c := l.cast()
	c.Namespace = path[0].NamespaceURI
	for _, n := range path {
		c.path = append(c.path, n.Data)
	}
	c.names["top"], c.names["users"] = c.path[0], c.names["user"]
	if len(c.path) > 1 {
		c.names["users"] = c.path[1]
	}
	beside(c, path[0])
	if s.best == nil || c.Several() && !s.best.Several() || c.Several() == s.best.Several() && c.score() > s.best.score() {
		s.best = c
	}
}

// beside finds the nodes that are not on the way to the list.
func beside(c *Cast, top *xmlquery.Node) {
	for word, parent := range map[string]*xmlquery.Node{"interface": top, "second": top.Parent} {
		taken := c.names["users"]
		if word == "second" {
			taken = c.names["top"]
		}
		for _, n := range elements(parent) {
			if n.NamespaceURI == c.Namespace && n.Data != taken && strings.TrimSpace(n.InnerText()) != "" {
				c.names[word] = n.Data
				break
			}
		}
	}
}

// list is a list with the leaves of its entries.
type list struct {
	entries []*xmlquery.Node
	key     string
	leaves  []map[string]string // of each entry: those that occur once in it and whose values can be shown
	keys    []string
	hides   func(string) bool
}

// most bounds how many entries are looked at.
const most = 200

func (s *search) list(entries []*xmlquery.Node) *list {
	l := &list{entries: entries[:min(len(entries), most)], hides: s.options.Hides}
	seen := map[string]bool{}
	for _, entry := range l.entries {
		children := elements(entry)
		if len(children) == 0 || l.key != "" && children[0].Data != l.key {
			return nil
		}
		leaves := leavesOf(entry, l.hides)
		key, value := children[0].Data, leaves[children[0].Data]
		if value == "" || seen[value] || inside(entry) {
			return nil
		}
		l.key, seen[value] = key, true
		l.leaves = append(l.leaves, leaves)
	}
	l.single()
	l.keys = []string{l.key}
	if s.options.Keyed == "" || entries[0].NamespaceURI != s.options.Keyed {
		l.keys = l.leading()
	}
	return l
}

// inside tells whether an entry holds another one: counting entries would be guesswork.
func inside(entry *xmlquery.Node) bool {
	return slices.ContainsFunc(elements(entry), func(n *xmlquery.Node) bool { return n.Data == entry.Data })
}

// single leaves out those leaves that some entry has more than one of: they are leaf-lists.
func (l *list) single() {
	for _, entry := range l.entries {
		for _, group := range groups(entry) {
			if len(group) > 1 {
				for _, leaves := range l.leaves {
					delete(leaves, group[0].Data)
				}
			}
		}
	}
}

// leading gives the leaves at the beginning of an entry that all entries have.
func (l *list) leading() []string {
	var keys []string
	for _, child := range elements(l.entries[0]) {
		for _, entry := range l.entries {
			if !hasLeaf(entry, child.Data) {
				return keys
			}
		}
		keys = append(keys, child.Data)
	}
	return keys
}

// hasLeaf tells whether an element has one leaf of a name, and no more.
func hasLeaf(n *xmlquery.Node, local string) bool {
	for _, group := range groups(n) {
		if group[0].Data == local {
			return len(group) == 1 && len(elements(group[0])) == 0 && strings.TrimSpace(group[0].InnerText()) != ""
		}
	}
	return false
}

// leavesOf gives the leaves of an element whose values can be matched and shown.
func leavesOf(n *xmlquery.Node, hides func(string) bool) map[string]string {
	found := map[string]string{}
	for _, group := range groups(n) {
		leaf := group[0]
		if len(group) == 1 && leaf.NamespaceURI == n.NamespaceURI && len(elements(leaf)) == 0 && plain(leaf) &&
			(hides == nil || !hides(leaf.Data)) {
			found[leaf.Data] = leaf.InnerText()
		}
	}
	return found
}

// plain tells whether a leaf's value can be compared as it stands.
func plain(leaf *xmlquery.Node) bool {
	value := leaf.InnerText()
	return value != "" && len(value) <= 200 && strings.TrimSpace(value) == value && !strings.ContainsAny(value, "\n\t\r") &&
		namespaceOf(leaf, value) == ""
}
