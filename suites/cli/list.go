package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/suites"
)

// listing is what the flags of list say.
type listing struct {
	options                      suites.Options
	specs, requirements, defects bool
	asJSON                       bool
}

func listCommand(s streams) *cobra.Command {
	l := &listing{}
	command := &cobra.Command{
		Use:   "list",
		Short: "List specs, requirements or the reference server's defects",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return l.list(s.out) },
	}
	f := command.Flags()
	f.BoolVar(&l.specs, "specs", false, "list the specs (the default)")
	f.BoolVar(&l.requirements, "requirements", false, "list the requirements, and which specs judge them")
	f.BoolVar(&l.defects, "defects", false, "list the reference server's defects")
	f.BoolVar(&l.asJSON, "json", false, "as JSON")
	f.StringArrayVar(&l.options.Suites, "suite", nil, "of this suite `name` only; may be repeated")
	f.StringArrayVar(&l.options.Specs, "spec", nil, "this spec `id` only; may be repeated")
	f.StringArrayVar(&l.options.Requirements, "requirement", nil, "of this requirement `id` only; may be repeated")
	f.StringArrayVar(&l.options.Skip, "skip", nil, "leave out this spec `id` or suite; may be repeated")
	f.StringArrayVar(&l.options.Transcripts, "transcripts", nil, "the transcripts in this `folder` too; may be repeated")
	command.MarkFlagsMutuallyExclusive("specs", "requirements", "defects")
	return command
}

type listedSpec struct {
	ID           string   `json:"id"`
	Text         string   `json:"text"`
	Requirements []string `json:"requirements"`
}

type listedRequirement struct {
	ID       string   `json:"id"`
	Level    string   `json:"level"`
	Testable string   `json:"testable"`
	Section  string   `json:"section"`
	Specs    []string `json:"specs"`
	text     string
	// reference is the section for people.
	reference string
}

type listedDefect struct {
	Name    string   `json:"name"`
	Summary string   `json:"summary"`
	Breaks  []string `json:"breaks"`
	Follows []string `json:"follows"`
}

func (l *listing) list(out io.Writer) error {
	if l.defects {
		return l.listDefects(out)
	}
	specs, catalogue, err := suites.Selected(l.options)
	if err != nil {
		return err
	}
	if l.requirements {
		return l.listRequirements(out, specs, catalogue)
	}
	return l.listSpecs(out, specs)
}

func (l *listing) listSpecs(out io.Writer, specs []dsl.Authored) error {
	all := []listedSpec{}
	for _, spec := range specs {
		all = append(all, listedSpec{ID: spec.ID, Text: spec.Text, Requirements: append([]string{}, spec.Covers...)})
	}
	if l.asJSON {
		return writeJSON(out, map[string]any{"specs": all})
	}
	for _, spec := range all {
		fmt.Fprintf(out, "%-50s %s\n", spec.ID, spec.Text)
	}
	_, err := fmt.Fprintf(out, "\n%d specs\n", len(all))
	return err
}

func (l *listing) listRequirements(out io.Writer, specs []dsl.Authored, catalogue *requirement.Catalogue) error {
	by := map[string][]string{}
	for _, spec := range specs {
		for _, id := range spec.Covers {
			by[id] = append(by[id], spec.ID)
		}
	}
	all := []listedRequirement{}
	for _, q := range catalogue.All() {
		if l.leftOut(q, by[q.ID]) {
			continue
		}
		all = append(all, listedRequirement{ID: q.ID, Level: q.Level, Testable: q.Testable, Section: q.Section,
			Specs: append([]string{}, by[q.ID]...), text: q.ServerMust, reference: q.Reference()})
	}
	if l.asJSON {
		return writeJSON(out, map[string]any{"requirements": all})
	}
	for _, q := range all {
		mark := " "
		if len(q.Specs) > 0 {
			mark = "✓"
		}
		fmt.Fprintf(out, "%s %-52s %-10s %s\n", mark, q.ID, q.Level, q.text)
	}
	return listCoverage(out, all)
}

// listCoverage counts the requirements by RFC and section, and how many of them have a spec.
func listCoverage(out io.Writer, all []listedRequirement) error {
	fmt.Fprintf(out, "\n%-22s %12s %10s %12s\n", "section", "requirements", "with spec", "not testable")
	var total coverage
	for i := 0; i < len(all); {
		var c coverage
		section := all[i].reference
		for ; i < len(all) && all[i].reference == section; i++ {
			c.add(all[i])
			total.add(all[i])
		}
		fmt.Fprintf(out, "%-22s %12d %10d %12d\n", section, c.all, c.covered, c.untestable)
	}
	_, err := fmt.Fprintf(out, "\n%d requirements, %d of them with a spec, %d that cannot be tested from outside\n", total.all, total.covered, total.untestable)
	return err
}

// coverage counts requirements.
type coverage struct{ all, covered, untestable int }

func (c *coverage) add(q listedRequirement) {
	c.all++
	if len(q.Specs) > 0 {
		c.covered++
	}
	if q.Testable == requirement.No {
		c.untestable++
	}
}

// leftOut tells whether the filters leave a requirement out.
func (l *listing) leftOut(q requirement.Requirement, specs []string) bool {
	filtered := len(l.options.Suites)+len(l.options.Specs)+len(l.options.Requirements)+len(l.options.Skip) > 0
	return filtered && len(specs) == 0
}

func (l *listing) listDefects(out io.Writer) error {
	all := []listedDefect{}
	for _, d := range reference.Defects() {
		all = append(all, listedDefect{Name: d.Name, Summary: d.Summary, Breaks: append([]string{}, d.Breaks...), Follows: append([]string{}, d.Follows...)})
	}
	if l.asJSON {
		return writeJSON(out, map[string]any{"defects": all})
	}
	for _, d := range all {
		fmt.Fprintf(out, "%-44s %s\n", d.Name, d.Summary)
	}
	_, err := fmt.Fprintf(out, "\n%d defects\n", len(all))
	return err
}

func writeJSON(out io.Writer, v any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
