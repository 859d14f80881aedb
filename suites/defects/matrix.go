package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/suites"
	"github.com/ncspec/ncspec/suites/pool"
)

// matrix is requirement × defect.
type matrix struct {
	full    bool
	suite   string
	only    []string
	workers int

	specs     []dsl.Authored
	catalogue *requirement.Catalogue
	caught    map[string][]string // requirement: "defect (spec)"
	gaps      []string
}

// run has every defect tried. The error names the gaps.
func (m *matrix) run(ctx context.Context) error {
	specs, catalogue, err := suites.List(suites.Options{})
	if err != nil {
		return err
	}
	m.specs, m.catalogue, m.caught = specs, catalogue, map[string][]string{}
	began := time.Now()
	names, err := m.names()
	if err != nil {
		return err
	}
	if err := m.try(ctx, names); err != nil {
		return err
	}
	m.print()
	m.uncaught()
	fmt.Printf("\n%d defects tried in %.1f s, %d requirements caught, %d gaps\n", len(names), time.Since(began).Seconds(), len(m.caught), len(m.gaps))
	if len(m.gaps) > 0 {
		return errors.New("gaps:\n  " + strings.Join(m.gaps, "\n  "))
	}
	return nil
}

// names are the defects to try.
func (m *matrix) names() ([]string, error) {
	var names []string
	for _, d := range reference.Defects() {
		if m.selects(d) {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return nil, errors.New("no defect is selected: see ncspec list --defects, and the folders of suites/ for the suites")
	}
	return names, nil
}

func (m *matrix) selects(d reference.Defect) bool {
	if len(m.only) > 0 {
		return slices.Contains(m.only, d.Name)
	}
	return m.suite == "" || slices.ContainsFunc(d.Breaks, func(id string) bool {
		q, known := m.catalogue.Get(id)
		return !known || q.Suite == m.suite
	})
}

// try has workers try the defects, and gathers what they find in the order of the names.
func (m *matrix) try(ctx context.Context, names []string) error {
	args := []string{"-worker"}
	if m.full {
		args = append(args, "-full")
	}
	found, done := map[string]trial{}, 0
	err := pool.Do(ctx, pool.Pool{Workers: m.workers, Args: args, Errors: os.Stderr}, names, func(name string, t trial) {
		done++
		t.tell(name, done, len(names))
		found[name] = t
	})
	if err != nil {
		return fmt.Errorf("trying the defects: %w", err)
	}
	for _, name := range names {
		m.gaps = append(m.gaps, found[name].Gaps...)
		for _, c := range found[name].Caught {
			m.caught[c.Requirement] = append(m.caught[c.Requirement], fmt.Sprintf("%s (%s)", name, c.Spec))
		}
	}
	return nil
}

// print shows what caught what, a line a requirement.
func (m *matrix) print() {
	for _, q := range m.catalogue.All() {
		if by := m.caught[q.ID]; len(by) > 0 {
			fmt.Printf("%-54s %s\n", q.ID, strings.Join(slices.Compact(by), ", "))
		}
	}
}

// uncaught finds the requirements that something judges and no defect breaks.
func (m *matrix) uncaught() {
	if len(m.only) > 0 {
		return
	}
	for _, q := range m.catalogue.All() {
		if m.suite != "" && q.Suite != m.suite {
			continue
		}
		switch {
		case q.Testable == requirement.No || q.Observed():
		case !slices.ContainsFunc(m.specs, func(s dsl.Authored) bool { return slices.Contains(s.Covers, q.ID) }):
			m.gaps = append(m.gaps, q.ID+" has no spec")
		case len(m.caught[q.ID]) == 0:
			m.gaps = append(m.gaps, q.ID+" is broken by no defect")
		}
	}
}
