// Package matrix puts several reports side by side: targets, or versions of one, by requirements.
package matrix

import (
	"slices"
	"time"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
)

// Format names the matrix and its version. Others parse it: fields are added, never changed or taken away.
const Format = "ncspec-matrix/v1"

// Matrix has a column for each report and a row for each requirement that one of them knows.
type Matrix struct {
	Format  string   `json:"format"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Column is a report.
type Column struct {
	Label        string                  `json:"label"` // unlike all others: the target's name, or its software where that occurs twice
	File         string                  `json:"file"`  // as it was given
	Tool         verdict.Tool            `json:"tool"`
	Name         string                  `json:"name"`    // of the target
	Address      string                  `json:"address"` // host:port
	Software     string                  `json:"software"`
	Started      time.Time               `json:"started"`
	Safety       string                  `json:"safety"`
	Complete     bool                    `json:"complete"` // false when the run broke off
	Unusable     string                  `json:"unusable"` // why the target could not be judged at all; "" when it could
	Exit         int                     `json:"exit"`
	Specs        map[verdict.Verdict]int `json:"specs"`        // number by verdict
	Requirements map[verdict.Verdict]int `json:"requirements"` // number by verdict
}

// Row is a requirement.
type Row struct {
	Requirement string `json:"requirement"`
	RFC         string `json:"rfc"`
	Section     string `json:"section"`
	Reference   string `json:"reference"` // such as "RFC 6241 §7.5"
	Level       string `json:"level"`
	ServerMust  string `json:"server_must"`
	Cells       []Cell `json:"cells"` // one for each column
}

// Cell is what a report says of a requirement.
type Cell struct {
	Verdict verdict.Verdict `json:"verdict"` // "" where the report does not know the requirement
	Reason  string          `json:"reason"`
}

// New puts the reports side by side, in their order. Rows are in the order that the reports have their requirements in.
func New(reports []compare.Source) *Matrix {
	m := &Matrix{Format: Format, Columns: columns(reports), Rows: []Row{}}
	for i, source := range reports {
		m.take(i, source.Report)
	}
	return m
}

// take fills in a column. A requirement that is new stands behind the one that it follows in its report.
func (m *Matrix) take(column int, r *verdict.Report) {
	after := -1
	for _, q := range r.Requirements {
		at := m.find(q.ID, after+1)
		if at < 0 {
			at = after + 1
			m.Rows = slices.Insert(m.Rows, at, Row{Requirement: q.ID, RFC: q.RFC, Section: q.Section, Reference: q.Reference(), Level: q.Level,
				ServerMust: q.ServerMust, Cells: make([]Cell, len(m.Columns))})
		}
		m.Rows[at].Cells[column] = Cell{q.Verdict, q.Reason}
		m.Columns[column].Requirements[q.Verdict]++
		after = at
	}
}

// find gives the row of a requirement, -1 for none; most reports have it where it is expected.
func (m *Matrix) find(requirement string, expected int) int {
	if expected < len(m.Rows) && m.Rows[expected].Requirement == requirement {
		return expected
	}
	return slices.IndexFunc(m.Rows, func(row Row) bool { return row.Requirement == requirement })
}

// Differs tells whether the reports that know the requirement say different things of it.
func (r Row) Differs() bool {
	var first verdict.Verdict
	for _, c := range r.Cells {
		switch {
		case c.Verdict == "":
		case first == "":
			first = c.Verdict
		case c.Verdict != first:
			return true
		}
	}
	return false
}

// Worst is the worst verdict of the row.
func (r Row) Worst() verdict.Verdict {
	var worst verdict.Verdict
	for _, c := range r.Cells {
		if c.Verdict.Worse(worst) {
			worst = c.Verdict
		}
	}
	return worst
}

// Telling gives the rows that a reader has to see: those that differ, and those with anything but passes and what was
// not judged.
func (m *Matrix) Telling() []Row {
	dull := []verdict.Verdict{"", verdict.Pass, verdict.NotRun, verdict.NotApplicable}
	var rows []Row
	for _, row := range m.Rows {
		if row.Differs() || !slices.Contains(dull, row.Worst()) {
			rows = append(rows, row)
		}
	}
	return rows
}
