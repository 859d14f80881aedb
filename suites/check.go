package suites

import (
	"slices"
	"strings"
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
	for _, id := range append(append([]string(nil), o.Specs...), o.Skip...) {
		if !t.has(id) && !slices.Contains(suiteNames(t), id) {
			return &Unknown{"spec", id, advice(t.near(id))}
		}
	}
	o.Specs = withEarlierSteps(o.Specs, t.files)
	for _, spec := range t.specs {
		if o.held(spec.ID, spec.Covers) == "" {
			return nil
		}
	}
	return ErrNothing
}

// withEarlierSteps adds to each step that is named those before it in its transcript.
func withEarlierSteps(specs []string, files []plan) []string {
	all := slices.Clone(specs)
	for _, file := range files {
		ids := file.ids()
		last := -1
		for i, id := range ids {
			if slices.Contains(specs, id) {
				last = i
			}
		}
		all = append(all, ids[:last+1]...)
	}
	return all
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

// near gives specs of the same suite that share a word with the id.
func (t *tree) near(id string) []string {
	var near []string
	suite, slug, _ := strings.Cut(id, "/")
	for _, spec := range t.specs {
		theirs, rest, _ := strings.Cut(spec.ID, "/")
		if len(near) < 3 && (theirs == suite && sharesWord(rest, slug) || rest == slug) {
			near = append(near, spec.ID)
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
