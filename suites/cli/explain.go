package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/requirement"
	"github.com/ncspec/ncspec/suites"
)

func explainCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID",
		Short: "Tell what a requirement or a spec is about: what is demanded, where, how it is probed, what it touches",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			specs, catalogue, err := suites.List(suites.Options{})
			if err != nil {
				return err
			}
			return explain(s.out, args[0], specs, catalogue)
		},
	}
}

func explain(out io.Writer, id string, specs []dsl.Authored, catalogue *requirement.Catalogue) error {
	if q, known := catalogue.Get(id); known {
		explainRequirement(out, q)
		for _, spec := range specs {
			for _, covered := range spec.Covers {
				if covered == id {
					fmt.Fprintf(out, "%-12s %s (%s)\n", "spec", spec.ID, spec.Text)
				}
			}
		}
		return nil
	}
	for _, spec := range specs {
		if spec.ID != id {
			continue
		}
		fmt.Fprintf(out, "%s\n  %s\n\n", spec.ID, spec.Text)
		for _, covered := range spec.Covers {
			if q, known := catalogue.Get(covered); known {
				explainRequirement(out, q)
			}
		}
		return nil
	}
	if near := append(catalogue.Nearest(id), suites.Near(id, specs)...); len(near) > 0 {
		return fmt.Errorf("there is no requirement or spec %q: did you mean %s?", id, strings.Join(near, " or "))
	}
	return fmt.Errorf("there is no requirement or spec %q: see ncspec list --specs and ncspec list --requirements", id)
}

func explainRequirement(out io.Writer, q requirement.Requirement) {
	fmt.Fprintf(out, "%s\n  %s, %s: a server must %s%s\n\n", q.ID, q.Reference(), q.Level, strings.ToLower(q.ServerMust[:1]), q.ServerMust[1:])
	requires := strings.Join(q.Requires, " and ")
	if requires == "" {
		requires = "every server"
	}
	for _, row := range [][2]string{{"applies to", requires}, {"probe", q.Probe}, {"fails unless", q.Assert}, {"observed", q.Observe},
		{"touches", q.Touches}, {"waits", q.Waits}, {"testable", q.Testable}, {"why", q.Why}, {"reading", q.Note}} {
		if row[1] != "" {
			fmt.Fprintf(out, "%-12s %s\n", row[0], strings.Join(strings.Fields(row[1]), " "))
		}
	}
	fmt.Fprintln(out)
}
