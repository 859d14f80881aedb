package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// matrix is requirement × defect.
type matrix struct {
	full  bool
	suite string
	only  []string

	specs     []dsl.Authored
	catalogue *requirement.Catalogue
	caught    map[string][]string // requirement: "defect (spec)"
	gaps      []string
}

// run tries every defect in turn. The error names the gaps.
func (m *matrix) run(ctx context.Context) error {
	specs, catalogue, err := suites.List(suites.Options{})
	if err != nil {
		return err
	}
	m.specs, m.catalogue, m.caught = specs, catalogue, map[string][]string{}
	began, tried := time.Now(), 0
	for _, defect := range reference.Defects() {
		if !m.selects(defect) {
			continue
		}
		tried++
		if err := m.tryTwice(ctx, defect); err != nil {
			return fmt.Errorf("trying the defect %s: %w", defect.Name, err)
		}
	}
	m.print()
	m.uncaught()
	fmt.Printf("\n%d defects tried in %.1f s, %d requirements caught, %d gaps\n", tried, time.Since(began).Seconds(), len(m.caught), len(m.gaps))
	if len(m.gaps) > 0 {
		return errors.New("gaps:\n  " + strings.Join(m.gaps, "\n  "))
	}
	return nil
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

// tryTwice tries a defect, and once more where that shows a gap: the reference server's grace is short, and a machine
// that is busy for a moment makes a slow answer look like silence. What shows both times is a gap.
func (m *matrix) tryTwice(ctx context.Context, d reference.Defect) error {
	before := len(m.gaps)
	if err := m.try(ctx, d); err != nil || len(m.gaps) == before {
		return err
	}
	for _, gap := range m.gaps[before:] {
		fmt.Printf("once more: %s\n", firstLine(gap))
	}
	m.gaps = m.gaps[:before]
	return m.try(ctx, d)
}

// try runs the specs that should notice the defect.
func (m *matrix) try(ctx context.Context, d reference.Defect) error {
	o := suites.Options{Profile: d.Profile, Defects: []string{d.Name}, Safety: effect.Disruptive, Slow: m.slow(d), Seed: 1}
	if !m.full {
		o.Specs = m.concerned(d)
		if !slices.ContainsFunc(m.specs, func(spec dsl.Authored) bool { return m.judges(spec, d) }) {
			m.gap("%s breaks what no spec covers: %s", d.Name, strings.Join(d.Breaks, ", "))
			return nil
		}
	}
	report, err := suites.Run(ctx, o)
	if err != nil {
		return err
	}
	for _, id := range d.Breaks {
		m.expect(d, id, report)
	}
	m.collateral(d, report)
	return nil
}

// slow tells whether a defect breaks a requirement whose specs wait long: those that need not run for it do not.
func (m *matrix) slow(d reference.Defect) bool {
	return slices.ContainsFunc(d.Breaks, func(id string) bool {
		q, _ := m.catalogue.Get(id)
		return q.Wait() > dsl.SlowFrom
	})
}

// concerned are the specs of the requirements that a defect breaks, and all monitors. A monitor that is asked for gets
// something to look at: the specs of its own suite, and the suites that are quick and ask for everything once.
func (m *matrix) concerned(d reference.Defect) []string {
	watched := map[string]bool{}
	for _, spec := range m.specs {
		if spec.Monitor && m.judges(spec, d) {
			watched["rpc"], watched["lock"], watched["session"] = true, true, true
			watched[suiteOf(spec.ID)] = true
		}
	}
	var ids []string
	for _, spec := range m.specs {
		if spec.Monitor || m.judges(spec, d) || watched[suiteOf(spec.ID)] && !m.floods(spec) {
			ids = append(ids, spec.ID)
		}
	}
	return ids
}

func suiteOf(id string) string {
	suite, _, _ := strings.Cut(id, "/")
	return suite
}

// judges tells whether a spec covers a requirement that the defect breaks.
func (m *matrix) judges(spec dsl.Authored, d reference.Defect) bool {
	return slices.ContainsFunc(spec.Covers, func(id string) bool { return slices.Contains(d.Breaks, id) })
}

// floods tells whether a spec may disturb the server as a whole: such specs are slow, and show monitors nothing more.
func (m *matrix) floods(spec dsl.Authored) bool {
	return slices.ContainsFunc(spec.Covers, func(id string) bool {
		q, _ := m.catalogue.Get(id)
		return q.Touches == effect.Server.String()
	})
}

// expect holds the requirement's verdict against the defect.
func (m *matrix) expect(d reference.Defect, id string, report *verdict.Report) {
	q, known := report.Requirement(id)
	if !known {
		m.gap("%s breaks %s, which no suite has", d.Name, id)
		return
	}
	if q.Verdict != verdict.Violation && q.Verdict != verdict.Advisory {
		m.gap("%s is not caught by %s: %s (%s)%s", d.Name, id, q.Verdict, q.Reason, why(report))
		return
	}
	for _, spec := range report.Specs {
		if slices.ContainsFunc(spec.Broken, func(b verdict.Broken) bool { return b.Requirement == id }) {
			m.caught[id] = append(m.caught[id], fmt.Sprintf("%s (%s)", d.Name, spec.ID))
		}
	}
}

// collateral finds the requirements that a defect breaks without saying so.
func (m *matrix) collateral(d reference.Defect, report *verdict.Report) {
	for _, q := range report.Requirements {
		if q.Verdict != verdict.Violation && q.Verdict != verdict.Advisory {
			continue
		}
		if !slices.Contains(d.Breaks, q.ID) && !slices.Contains(d.Follows, q.ID) {
			m.gap("%s breaks %s too, and does not say so", d.Name, q.ID)
		}
	}
}

func why(report *verdict.Report) string {
	text := ""
	if report.Run.Unusable != "" {
		return "; target unusable: " + report.Run.Unusable
	}
	for _, spec := range report.Specs {
		if spec.Verdict == verdict.Error {
			text += fmt.Sprintf("; %s: %s", spec.ID, firstLine(spec.Message))
		}
	}
	return text
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (m *matrix) gap(format string, args ...any) {
	m.gaps = append(m.gaps, fmt.Sprintf(format, args...))
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
			m.gap("%s has no spec", q.ID)
		case len(m.caught[q.ID]) == 0:
			m.gap("%s is broken by no defect", q.ID)
		}
	}
}
