package requirement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Catalogue is the requirements of all suites together. It does not change once made, so it may be shared.
type Catalogue struct {
	sorted []Requirement
	byID   map[string]int
}

// New joins the lists of several files into one catalogue. The error names every id that occurs twice and the
// suites it occurs in.
func New(lists ...[]Requirement) (*Catalogue, error) {
	c := &Catalogue{sorted: slices.Concat(lists...), byID: map[string]int{}}
	slices.SortStableFunc(c.sorted, bySection)
	var faults []error
	for i, r := range c.sorted {
		if first, ok := c.byID[r.ID]; ok {
			faults = append(faults, fmt.Errorf("requirement %s stands in the suites %s and %s; keep it in one of them",
				r.ID, c.sorted[first].Suite, r.Suite))
			continue
		}
		c.byID[r.ID] = i
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return c, nil
}

// Get looks an entry up by its id.
func (c *Catalogue) Get(id string) (Requirement, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Requirement{}, false
	}
	return c.sorted[i], true
}

// All returns every entry by RFC number, then by section, then as the files have them.
func (c *Catalogue) All() []Requirement { return slices.Clone(c.sorted) }

// Nearest returns up to three ids that look like the one given, best first, for a "did you mean"; none when
// nothing comes close.
func (c *Catalogue) Nearest(id string) []string {
	ids := make([]string, len(c.sorted))
	for i, r := range c.sorted {
		ids[i] = r.ID
	}
	return nearest(id, ids)
}

// Count is how many entries of a catalogue are judged, only observed, or out of reach.
type Count struct {
	Judged     int // testable yes or partly, with something that can fail
	Observed   int // only recorded
	Untestable int // testable no
}

// Count counts the entries.
func (c *Catalogue) Count() Count {
	var n Count
	for _, r := range c.sorted {
		switch {
		case r.Testable == No:
			n.Untestable++
		case r.Observed():
			n.Observed++
		default:
			n.Judged++
		}
	}
	return n
}

func bySection(a, b Requirement) int {
	return cmp.Or(cmp.Compare(a.RFC, b.RFC), CompareSections(a.Section, b.Section))
}

// CompareSections orders section numbers as an RFC does: 4.2 before 4.10, a section before its parts, and
// appendices after all sections. It returns a negative number, zero or a positive one, as cmp.Compare does.
func CompareSections(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), comparePart)
}

func comparePart(a, b string) int {
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(m, n)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return cmp.Compare(a, b)
}
