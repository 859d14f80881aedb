package compare

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/theme"
)

//go:embed page/compare.tmpl
var pageTemplate string

//go:embed page/compare.css
var pageStyle string

// HTML writes the comparison as a page that needs nothing else, and by its own policy fetches nothing.
func HTML(w io.Writer, c *Comparison) error {
	t, err := template.New("compare").Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("reading the page of comparisons: %w", err)
	}
	var page bytes.Buffer
	if err := t.Execute(&page, view(c)); err != nil {
		return fmt.Errorf("making the page of the comparison: %w", err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("writing the page of the comparison: %w", err)
	}
	return nil
}

// seen is what the page shows.
type seen struct {
	Name, Word, Conclusion, Colour string
	Policy                         string
	Style                          template.CSS
	Sides                          []facts
	Notes                          []string
	Sections                       []section
}

// facts is a row of the two reports side by side.
type facts struct{ Name, Old, New string }

// section is one kind of change; only one of its lists has entries.
type section struct {
	ID, Title, Colour string
	Breaks            []Break
	Lines             []line
	Times             []Times
}

// line is one change that needs no more than a line.
type line struct{ Sign, Colour, Text, About string }

func view(c *Comparison) seen {
	style := theme.CSS + pageStyle
	s := seen{Name: verdict.Printable(Name(verdict.Target{Name: c.New.Name, Address: c.New.Address})), Word: "No regression", Colour: "pass",
		Conclusion: Conclusion(c), Policy: theme.Policy([]string{style}, nil), Style: template.CSS(style), Notes: c.Notes, Sides: sides(c)} // our own files
	if c.Regression {
		s.Word, s.Colour = "Regression", "violation"
	}
	for _, section := range sections(c) {
		if n := len(section.Breaks) + len(section.Lines) + len(section.Times); n > 0 {
			section.Title = fmt.Sprintf("%s (%d)", section.Title, n)
			s.Sections = append(s.Sections, section)
		}
	}
	return s
}

func sides(c *Comparison) []facts {
	const when = "2006-01-02 15:04:05 UTC"
	count := func(s Side, v verdict.Verdict) string { return fmt.Sprint(s.Summary[v]) }
	rows := []facts{
		{"report", c.Old.File, c.New.File},
		{"started", c.Old.Started.UTC().Format(when), c.New.Started.UTC().Format(when)},
		{"software", c.Old.Software, c.New.Software},
		{"ncspec", c.Old.Tool.Version, c.New.Tool.Version},
		{"safety", c.Old.Safety, c.New.Safety},
	}
	for _, v := range verdict.All() {
		rows = append(rows, facts{words(v), count(c.Old, v), count(c.New, v)})
	}
	return rows
}

func words(v verdict.Verdict) string { return strings.ReplaceAll(string(v), "-", " ") }

func sections(c *Comparison) []section {
	return []section{
		{ID: "violations-gained", Title: "Violations gained", Colour: "violation", Breaks: c.Violations.Gained},
		{ID: "verdicts-lost", Title: "Verdicts lost", Colour: "error", Lines: turns(c.Verdicts.Lost)},
		{ID: "violations-first-seen", Title: "Violations seen for the first time", Colour: "violation", Breaks: c.Violations.FirstSeen},
		{ID: "violations-lost", Title: "Violations lost", Colour: "pass", Breaks: c.Violations.Lost},
		{ID: "advisories-gained", Title: "Advisories gained", Colour: "advisory", Breaks: c.Advisories.Gained},
		{ID: "advisories-lost", Title: "Advisories lost", Colour: "pass", Breaks: c.Advisories.Lost},
		{ID: "applicability", Title: "Requirements that apply or do no more", Lines: scopes(c.Applicability)},
		{ID: "capabilities", Title: "Capabilities", Lines: announced(c.Capabilities)},
		{ID: "modules", Title: "Modules", Lines: announced(c.Modules)},
		{ID: "choices", Title: "Other choices among legal outcomes", Lines: chosen(c.Choices)},
		{ID: "response-times", Title: "Response times", Times: c.ResponseTimes},
		{ID: "verdicts", Title: "Other verdicts", Lines: turns(c.Verdicts.Changed)},
		{ID: "specs-new", Title: "Specs only in the new report", Lines: listed("+", c.Specs.New)},
		{ID: "specs-gone", Title: "Specs only in the old report", Lines: listed("-", c.Specs.Gone)},
	}
}

func turns(list []Turn) []line {
	var lines []line
	for _, t := range list {
		lines = append(lines, line{"~", string(t.New), t.Spec, fmt.Sprintf("%s → %s: %s", words(t.Old), words(t.New), verdict.Printable(t.Reason))})
	}
	return lines
}

func scopes(a Applicability) []line {
	var lines []line
	add := func(sign string, list []Scope) {
		for _, s := range list {
			lines = append(lines, line{sign, string(s.New), s.Requirement, fmt.Sprintf("%s, %s: %s → %s (%s)", s.Reference, s.Level, words(s.Old), words(s.New), s.Reason)})
		}
	}
	add("+", a.Gained)
	add("-", a.Lost)
	return lines
}

func announced(c Claims) []line {
	var lines []line
	for _, text := range c.Added {
		lines = append(lines, line{"+", "pass", text, ""})
	}
	for _, text := range c.Removed {
		lines = append(lines, line{"-", "violation", text, ""})
	}
	for _, change := range c.Changed {
		lines = append(lines, line{"~", "advisory", change.Old, "→ " + change.New})
	}
	return lines
}

func chosen(list []Choice) []line {
	var lines []line
	for _, c := range list {
		lines = append(lines, line{"~", "", c.Spec, fmt.Sprintf("%s: %s → %s (legal: %s)", c.Name,
			strings.Join(c.Old, ", "), strings.Join(c.New, ", "), strings.Join(c.Legal, ", "))})
	}
	return lines
}

func listed(sign string, list []SpecInOne) []line {
	var lines []line
	for _, s := range list {
		lines = append(lines, line{sign, string(s.Verdict), s.ID, s.Text + ": " + words(s.Verdict)})
	}
	return lines
}
