package html

import (
	"html/template"
	"maps"
	"slices"

	"github.com/ncspec/ncspec/harness/verdict"
)

// table counts the requirements by level and verdict.
type table struct {
	Columns []mark // the verdicts that occur
	Rows    []tableRow
	Sum     tableRow
	Specs   tableRow // the specs by verdict, in the same columns
}

type tableRow struct {
	Level string
	Cells []tableCell
	Total int
	Link  template.URL
}

type tableCell struct {
	Mark   mark
	Number int
	Link   template.URL
}

func newTable(r *verdict.Report) table {
	all := map[verdict.Verdict]int{}
	byLevel := map[string]map[verdict.Verdict]int{}
	for _, q := range r.Requirements {
		level := group(q.Level)
		if byLevel[level] == nil {
			byLevel[level] = map[verdict.Verdict]int{}
		}
		byLevel[level][q.Verdict]++
		all[q.Verdict]++
	}
	var t table
	for _, m := range marks() {
		if v := verdict.Verdict(m.Verdict); all[v]+r.Summary[v] > 0 {
			t.Columns = append(t.Columns, m)
		}
	}
	for _, level := range levels() {
		if len(byLevel[level]) > 0 {
			t.Rows = append(t.Rows, t.row(level, byLevel[level]))
		}
	}
	t.Sum, t.Specs = t.row("", all), t.row("", r.Summary)
	return t
}

func (t table) row(level string, counts map[verdict.Verdict]int) tableRow {
	row := tableRow{Level: level, Link: only()}
	if level != "" {
		row.Link = only("level", level)
	}
	for _, m := range t.Columns {
		cell := tableCell{Mark: m, Number: counts[verdict.Verdict(m.Verdict)], Link: only("verdict", m.Verdict)}
		if level != "" {
			cell.Link = only("verdict", m.Verdict, "level", level)
		}
		row.Cells = append(row.Cells, cell)
		row.Total += cell.Number
	}
	return row
}

// filters are the choices that the page offers.
type filters struct {
	Verdicts []mark
	Levels   []string
	RFCs     []string
	Suites   []string
}

func newFilters(r *verdict.Report) filters {
	f := filters{Verdicts: newTable(r).Columns}
	seen := map[string]bool{}
	rfcs, suites := map[string]bool{}, map[string]bool{}
	for _, q := range r.Requirements {
		seen[group(q.Level)], rfcs[show(q.RFC)] = true, true
	}
	for _, s := range r.Specs {
		suites[show(s.Suite)] = true
	}
	for _, level := range levels() {
		if seen[level] {
			f.Levels = append(f.Levels, level)
		}
	}
	f.RFCs, f.Suites = slices.Sorted(maps.Keys(rfcs)), slices.Sorted(maps.Keys(suites))
	return f
}
