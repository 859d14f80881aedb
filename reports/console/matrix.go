package console

import (
	"fmt"
	"unicode/utf8"

	"github.com/ncspec/ncspec/reports/matrix"
	"github.com/ncspec/ncspec/reports/words"
)

// Matrix draws reports side by side: the rows that tell something, or all of them, and the files that were written.
func (c *Console) Matrix(m *matrix.Matrix, all bool, files ...string) {
	var page page
	if !c.options.Quiet {
		c.matrix(&page, m, all)
	}
	for i, file := range files {
		if i == 0 {
			page.line("")
		}
		c.fact(&page, "written", words.Line(file))
	}
	page.line("")
	c.print(&page)
}

func (c *Console) matrix(p *page, m *matrix.Matrix, all bool) {
	p.line("")
	p.line("%s %s", c.paint(bold, "ncspec report"), words.Count(len(m.Columns), "report"))
	p.line("")
	for i, column := range m.Columns {
		p.line("%s  %s", c.paint(bold, fmt.Sprintf("%3d", i+1)), words.Line(column.Label))
		c.about(p, column)
	}
	rows := m.Telling()
	if all {
		rows = m.Rows
	}
	c.rows(p, m, rows)
	if hidden := len(m.Rows) - len(rows); hidden > 0 {
		p.line("")
		p.line("%s", c.paint(dim, words.Count(hidden, "more requirement")+" with nothing but passes, or not judged anywhere: --all shows them too"))
	}
}

// about says of what a column is, and how it came out.
func (c *Console) about(p *page, column matrix.Column) {
	text := column.Started.UTC().Format("2006-01-02 15:04") + " UTC"
	if column.Software != "" && column.Software != column.Label {
		text = column.Software + ", " + text
	}
	if column.Unusable != "" {
		text += ", the target could not be judged: " + column.Unusable
	}
	for _, v := range words.Tallied(column.Requirements) {
		text += ", " + words.Number(column.Requirements[v], v)
	}
	for _, line := range wrap(words.Line(text), c.options.Width-5) {
		p.line("     %s", c.paint(dim, line))
	}
}

// rows draws a sign for each verdict, under the numbers of the columns.
func (c *Console) rows(p *page, m *matrix.Matrix, rows []matrix.Row) {
	if len(rows) == 0 {
		return
	}
	names, wide := make([]string, len(rows)), 0
	for i, row := range rows {
		names[i] = words.Line(row.Requirement) + "  " + words.Line(row.Reference+", "+row.Level)
		wide = max(wide, utf8.RuneCountInString(names[i]))
	}
	wide = min(wide, max(40, c.options.Width-3*len(m.Columns)))
	header := pad("", wide)
	for i := range m.Columns {
		header += fmt.Sprintf("%3d", i+1)
	}
	p.line("")
	p.line("%s", c.paint(dim, header))
	for i, row := range rows {
		line := pad(cut(names[i], wide), wide)
		for _, cell := range row.Cells {
			sign := "-"
			if cell.Verdict != "" {
				sign = words.Glyph(cell.Verdict)
			}
			line += "  " + c.paint(style(cell.Verdict), sign)
		}
		p.line("%s", line)
	}
}
