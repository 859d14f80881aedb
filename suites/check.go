package suites

import (
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/requirement"
)

// check refuses filters that name nothing, or that leave nothing to run. A step of a transcript brings along the steps
// that lead up to it.
func (o *Options) check(t *tree) error {
	for _, name := range o.Suites {
		if !slices.Contains(suiteNames(t), name) {
			return &Unknown{"suite", name, ": use one of " + strings.Join(suiteNames(t), ", ")}
		}
	}
	for _, id := range o.Requirements {
		if _, known := t.catalogue.Get(id); !known {
			return &Unknown{"requirement", id, advice(t.catalogue.Nearest(id))}
		}
	}
	for _, id := range slices.Concat(o.Specs, o.Skip, o.Again) {
		if !t.has(id) && !slices.Contains(suiteNames(t), id) {
			return &Unknown{"spec", id, advice(Near(id, t.specs))}
		}
	}
	o.bring(t.files)
	if !slices.ContainsFunc(t.specs, func(spec dsl.Authored) bool { return o.held(spec.ID, spec.Covers) == "" }) {
		return ErrNothing
	}
	return nil
}

// bring selects the steps that lead up to the steps selected: a transcript is played from its beginning.
func (o *Options) bring(files []plan) {
	brought := map[string]bool{}
	for _, file := range files {
		for _, id := range file.leading(func(id string, covers []string) bool { return o.held(id, covers) == "" }) {
			brought[id] = true
		}
	}
	o.brought = brought
}

func advice(near []string) string {
	if len(near) == 0 {
		return ": see ncspec list"
	}
	return ": did you mean " + strings.Join(near, " or ") + "?"
}

func (t *tree) has(id string) bool {
	for _, spec := range t.specs {
		if spec.ID == id {
			return true
		}
	}
	return false
}

// Near gives the ids of specs that come near to an id that is none: those that differ in few letters, else those of the
// same suite that share a word with it.
func Near(id string, specs []dsl.Authored) []string {
	var ids, near []string
	for _, spec := range specs {
		ids = append(ids, spec.ID)
	}
	if near = requirement.Near(id, ids); len(near) > 0 {
		return near
	}
	suite, slug, _ := strings.Cut(id, "/")
	for _, other := range ids {
		if theirs, rest, _ := strings.Cut(other, "/"); len(near) < 3 && theirs == suite && sharesWord(rest, slug) {
			near = append(near, other)
		}
	}
	return near
}

func sharesWord(a, b string) bool {
	for _, word := range strings.FieldsFunc(b, func(r rune) bool { return r == '-' || r == '/' }) {
		if len(word) > 3 && strings.Contains(a, word) {
			return true
		}
	}
	return false
}

// suiteNames lists the suites that specs stand in, those of the user's own transcripts included.
func suiteNames(t *tree) []string {
	var names []string
	for _, spec := range t.specs {
		suite, _, _ := strings.Cut(spec.ID, "/")
		if !slices.Contains(names, suite) {
			names = append(names, suite)
		}
	}
	slices.Sort(names)
	return names
}
