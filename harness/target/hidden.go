package target

import (
	"slices"
	"strconv"
	"strings"
)

// Hidden is a list that the target's second user may neither read nor write.
type Hidden struct {
	// There and Other are entries that a run may make. Missing is one that it does not make.
	There, Other, Missing *List
	// Secrets are texts in them that nobody learns who does not see the list.
	Secrets []string
}

// Config is the XML below <config> that makes There and Other.
func (h *Hidden) Config() string { return h.There.Config("") + h.Other.Config("") }

// Filter is the subtree filter that selects the list: the XML inside <filter>.
func (h *Hidden) Filter() string {
	path := append([]Node(nil), h.There.Path...)
	path[len(path)-1].Keys = nil
	return nest(path, "", "")
}

// fileHidden is such a list as a target file has it.
type fileHidden struct {
	There   fileList `yaml:"there"`
	Other   fileList `yaml:"other"`
	Missing fileList `yaml:"missing"`
	Secrets []string `yaml:"secrets"`
}

// hidden reads data that the second user may not see.
func (d *document) hidden(f fileHidden, bound map[string]string) *Hidden {
	at := []string{"fixture", "hidden"}
	h := &Hidden{There: d.entry(below(at, "there"), f.There, bound), Other: d.entry(below(at, "other"), f.Other, bound),
		Missing: d.entry(below(at, "missing"), f.Missing, bound), Secrets: f.Secrets}
	for key, other := range map[string]*List{"other": h.Other, "missing": h.Missing} {
		if !sameList(h.There.Path, other.Path) {
			d.fault(below(at, key, "path"), "%s has to be another entry of the same list as that of there", called(below(at, key)))
		}
	}
	for i, secret := range f.Secrets {
		if !strings.Contains(h.Config(), escape(secret)) {
			here := below(at, "secrets", strconv.Itoa(i))
			d.fault(here, "%s: %q stands neither in there nor in other, so that nobody could tell it", called(here), secret)
		}
	}
	return h
}

// sameList tells whether two paths lead to different entries of one list.
func sameList(one, other []Node) bool {
	if len(one) == 0 || len(one) != len(other) {
		return true // what is wrong with a path is said already
	}
	last := len(one) - 1
	return slices.EqualFunc(one[:last], other[:last], sameNode) && one[last].Local == other[last].Local &&
		one[last].Namespace == other[last].Namespace && !slices.Equal(one[last].Keys, other[last].Keys)
}

func sameNode(a, b Node) bool {
	return a.Namespace == b.Namespace && a.Local == b.Local && slices.Equal(a.Keys, b.Keys)
}

// referenceHidden is the part of the reference server's data that its user guest does not see.
func referenceHidden() *Hidden {
	key := func(name, value string) *List {
		return &List{Path: entry(elements(referenceNamespace, "secret", "key"), name), Body: "<value>" + value + "</value>"}
	}
	return &Hidden{There: key("ncspec-there", "ncspec-hidden-1"), Other: key("ncspec-other", "ncspec-hidden-2"),
		Missing: key("ncspec-missing", "ncspec-new"), Secrets: []string{"ncspec-hidden-1", "ncspec-hidden-2", "ncspec-other"}}
}
