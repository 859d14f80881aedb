package sample

import (
	"slices"
	"strings"
)

// cast gives the parts of the example to the list, with that entry as fred which fills most of them.
func (l *list) cast() *Cast {
	var best *Cast
	for fred := range l.entries {
		if c := l.with(fred); best == nil || c.score() > best.score() {
			best = c
		}
	}
	return best
}

// score is how many parts are given; that fred and barney share a type counts as one, and so does a level between the top
// and the list.
func (c *Cast) score() int {
	score := len(c.names) + len(c.values) + min(len(c.path), 2)
	if c.shared {
		score++
	}
	return score
}

// with gives the parts with one entry as fred.
func (l *list) with(fred int) *Cast {
	c := &Cast{keys: l.keys, values: map[string]string{"fred": l.leaves[fred][l.key]},
		names: map[string]string{"user": l.entries[fred].Data, "name": l.key}}
	l.kind(c, fred)
	l.others(c)
	l.fullName(c, fred)
	l.info(c, fred)
	return c
}

// ordered gives the leaves of an entry beside its first one, in their order.
func (l *list) ordered(entry int) []string {
	var names []string
	for _, child := range elements(l.entries[entry]) {
		if _, usable := l.leaves[entry][child.Data]; usable && child.Data != l.key {
			names = append(names, child.Data)
		}
	}
	return names
}

// kind finds a leaf that fred shares with another entry, and that is something else in a third: type.
func (l *list) kind(c *Cast, fred int) {
	found := -1
	for _, leaf := range l.ordered(fred) {
		alike, unlike := -1, -1
		for i, leaves := range l.leaves {
			switch value, there := leaves[leaf]; {
			case i == fred || !there:
			case value == l.leaves[fred][leaf]:
				alike = earliest(alike, i)
			default:
				unlike = earliest(unlike, i)
			}
		}
		if unlike < 0 || found >= 0 && alike < 0 {
			continue
		}
		found = unlike
		c.names["type"], c.values["admin"], c.values["superuser"] = leaf, l.leaves[fred][leaf], l.leaves[unlike][leaf]
		c.values["root"] = l.leaves[unlike][l.key]
		if alike >= 0 {
			c.values["barney"], c.shared = l.leaves[alike][l.key], true
			return
		}
	}
}

func earliest(found, next int) int {
	if found >= 0 {
		return found
	}
	return next
}

// others gives root and barney to entries where the leaf for type has not done so.
func (l *list) others(c *Cast) {
	for _, word := range []string{"root", "barney"} {
		for _, leaves := range l.leaves {
			value := leaves[l.key]
			if c.values[word] == "" && value != c.values["fred"] && value != c.values["root"] && value != c.values["barney"] {
				c.values[word] = value
			}
		}
		if c.values[word] == "" {
			delete(c.values, word)
		}
	}
}

// fullName finds a leaf that no other entry has with that value, one with a blank inside where there is one.
func (l *list) fullName(c *Cast, fred int) {
	for _, leaf := range l.ordered(fred) {
		value := l.leaves[fred][leaf]
		alone := !slices.ContainsFunc(l.leaves, func(leaves map[string]string) bool {
			return leaves[leaf] == value && leaves[l.key] != c.values["fred"]
		})
		if !alone || leaf == c.names["type"] {
			continue
		}
		blank := strings.Contains(value, " ") && !strings.Contains(value, "  ")
		if _, found := c.names["full-name"]; !found || blank && c.values["blank"] == "" {
			c.names["full-name"], c.values["full"] = leaf, value
		}
		if blank {
			c.values["blank"] = value
			return
		}
	}
}

// info finds an element inside fred with two leaves, the first of which another entry has with another value: that
// element is company-info.
func (l *list) info(c *Cast, fred int) {
	for _, group := range groups(l.entries[fred]) {
		box := group[0]
		if len(group) > 1 || box.NamespaceURI != l.entries[fred].NamespaceURI || len(elements(box)) < 2 {
			continue
		}
		leaves := leavesOf(box, l.hides)
		for _, leaf := range elements(box) {
			value, usable := leaves[leaf.Data]
			elsewhere := l.elsewhere(box.Data, leaf.Data, value)
			if !usable || elsewhere == "" {
				continue
			}
			for _, id := range elements(box) {
				if _, usable := leaves[id.Data]; usable && id.Data != leaf.Data {
					c.names["company-info"], c.names["dept"], c.names["id"] = box.Data, leaf.Data, id.Data
					c.values["dept"], c.values["elsewhere"] = value, elsewhere
					return
				}
			}
		}
	}
}

// elsewhere gives a value that another entry has for a leaf inside an element, "" for none.
func (l *list) elsewhere(box, leaf, value string) string {
	for _, entry := range l.entries {
		for _, inner := range elements(entry) {
			if inner.Data != box {
				continue
			}
			if other := leavesOf(inner, l.hides)[leaf]; other != "" && other != value {
				return other
			}
		}
	}
	return ""
}
