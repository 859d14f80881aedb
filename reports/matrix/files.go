package matrix

import (
	_ "embed"
	"fmt"
	"os"
	"strings"

	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/markdown"
	"github.com/ncspec/ncspec/reports/words"
)

// Schema is the JSON Schema (2020-12) of a matrix.
//
//go:embed matrix.schema.json
var Schema []byte

// WriteJSON writes the matrix as JSON. The file appears whole or not at all.
func WriteJSON(path string, m *Matrix) error { return json.Save(path, m) }

// WriteHTML writes the page of HTML.
func WriteHTML(path string, m *Matrix) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the page of the matrix: %w", err)
	}
	err = HTML(file, m)
	if closed := file.Close(); err == nil && closed != nil {
		err = fmt.Errorf("writing the page of the matrix: %w", closed)
	}
	return err
}

// WriteMarkdown writes the rows that tell something, for the summary of a CI job, in at most markdown.Limit octets.
func WriteMarkdown(path string, m *Matrix) error {
	return markdown.Save(path, []byte(m.markdown(markdown.Limit)))
}

func (m *Matrix) markdown(limit int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## ncspec: %s\n\n| |", words.Count(len(m.Columns), "report"))
	rule := "|---|"
	for _, c := range m.Columns {
		fmt.Fprintf(&b, " %s |", markdown.Text(c.Label))
		rule += ":-:|"
	}
	fmt.Fprintf(&b, "\n%s\n", rule)
	for _, fact := range facts() {
		fmt.Fprintf(&b, "| %s |", fact.name)
		for _, c := range m.Columns {
			fmt.Fprintf(&b, " %s |", markdown.Text(fact.value(c)))
		}
		b.WriteString("\n")
	}
	rows := m.Telling()
	left := 0
	for i, row := range rows {
		line := fmt.Sprintf("| %s %s, %s |", markdown.Code(row.Requirement), markdown.Text(row.Reference), markdown.Text(row.Level))
		for _, c := range row.Cells {
			line += " " + markdown.Text(cell(c)) + " |"
		}
		if b.Len()+len(line) > limit-1000 {
			left = len(rows) - i
			break
		}
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "\n%s with nothing but passes, or not judged anywhere, %s not shown.\n", words.Count(len(m.Rows)-len(rows), "requirement"), be(len(m.Rows)-len(rows)))
	if left > 0 {
		fmt.Fprintf(&b, "\nThis page is bounded: %s left out, the matrix as HTML or JSON has them.\n", words.Count(left, "more row"))
	}
	return b.String()
}

func be(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// cell is a verdict in sign and word.
func cell(c Cell) string {
	if c.Verdict == "" {
		return "unknown"
	}
	return words.Glyph(c.Verdict) + " " + strings.ReplaceAll(string(c.Verdict), "-", " ")
}

// fact is a line on what the columns are.
type fact struct {
	name  string
	value func(Column) string
}

func facts() []fact {
	return []fact{
		{"software", func(c Column) string { return c.Software }},
		{"started", func(c Column) string { return c.Started.UTC().Format("2006-01-02 15:04") + " UTC" }},
		{"safety", func(c Column) string { return c.Safety }},
		{"requirements", tally},
	}
}

// tally is how many requirements have which verdict, or why none has one.
func tally(c Column) string {
	if c.Unusable != "" {
		return "the target could not be judged: " + c.Unusable
	}
	var parts []string
	for _, v := range words.Tallied(c.Requirements) {
		parts = append(parts, words.Number(c.Requirements[v], v))
	}
	if !c.Complete {
		parts = append(parts, "the run broke off")
	}
	return strings.Join(parts, ", ")
}
