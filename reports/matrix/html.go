package matrix

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/theme"
	"github.com/ncspec/ncspec/reports/words"
)

//go:embed page/matrix.tmpl
var pageTemplate string

//go:embed page/matrix.css
var pageStyle string

// wordy is the number of columns up to which cells have words beside their signs.
const wordy = 8

// HTML writes the matrix as a page that needs nothing else, and by its own policy fetches nothing.
func HTML(w io.Writer, m *Matrix) error {
	t, err := template.New("matrix").Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("reading the page of matrices: %w", err)
	}
	var page bytes.Buffer
	if err := t.Execute(&page, view(m)); err != nil {
		return fmt.Errorf("making the page of the matrix: %w", err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("writing the page of the matrix: %w", err)
	}
	return nil
}

// seen is what the page shows.
type seen struct {
	Title    string
	Policy   string
	Style    template.CSS
	Columns  []string
	Facts    []shownFact
	Sections []section
}

type shownFact struct {
	Name   string
	Values []string
}

// section is a table of rows; one that is folded tells little.
type section struct {
	ID, Title string
	Folded    bool
	Columns   []string
	Rows      []shownRow
}

type shownRow struct {
	Row
	Shown []shownCell
}

type shownCell struct{ Verdict, Sign, Word, Title string }

func view(m *Matrix) seen {
	style := theme.CSS + pageStyle
	s := seen{Title: words.Count(len(m.Columns), "report"), Policy: theme.Policy([]string{style}, nil), Style: template.CSS(style)} // our own files
	for _, c := range m.Columns {
		s.Columns = append(s.Columns, verdict.Printable(c.Label))
	}
	for _, f := range facts() {
		row := shownFact{Name: f.name}
		for _, c := range m.Columns {
			row.Values = append(row.Values, verdict.Printable(f.value(c)))
		}
		s.Facts = append(s.Facts, row)
	}
	telling := m.Telling()
	s.section(section{ID: "telling", Title: "Requirements that differ, or are violated, advised, waived or without a verdict"}, telling)
	s.section(section{ID: "others", Title: "All other requirements", Folded: true}, without(m.Rows, telling))
	return s
}

// without gives the rows that are not among some of them, which are in the same order.
func without(rows, some []Row) []Row {
	var rest []Row
	for _, row := range rows {
		if len(some) > 0 && some[0].Requirement == row.Requirement {
			some = some[1:]
			continue
		}
		rest = append(rest, row)
	}
	return rest
}

func (s *seen) section(section section, rows []Row) {
	if len(rows) == 0 {
		return
	}
	section.Title, section.Columns = fmt.Sprintf("%s (%d)", section.Title, len(rows)), s.Columns
	for _, row := range rows {
		shown := shownRow{Row: row}
		for i, c := range row.Cells {
			word, title := cell(c), s.Columns[i]+": "+verdict.Printable(c.Reason)
			sign := "–"
			if c.Verdict != "" {
				sign = words.Glyph(c.Verdict)
			}
			if len(s.Columns) <= wordy {
				sign = word
			}
			shown.Shown = append(shown.Shown, shownCell{string(c.Verdict), sign, word, title})
		}
		section.Rows = append(section.Rows, shown)
	}
	s.Sections = append(s.Sections, section)
}
