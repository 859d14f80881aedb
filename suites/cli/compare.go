package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/console"
)

// comparing is what the flags of compare say.
type comparing struct {
	html, json string
	different  bool
	quiet      bool
	noColor    bool
}

func compareCommand(s streams) *cobra.Command {
	c := &comparing{}
	command := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Tell what changed between two reports",
		Long: "Tell what changed between two reports of one target, such as before and after a firmware upgrade. OLD and NEW are\n" +
			"report.json files, or the folders that runs have written.\n\n" +
			"A regression is a violation gained (the requirement held before, or did not apply, and no waiver excuses it now), or a\n" +
			"verdict lost (a spec went well before, and ends in an error now, or was not reached before the run broke off), or that\n" +
			"nothing is judged any more. A violation seen for the first time, by a spec that is new or was held back before, is\n" +
			"told apart and is none.\n" +
			"Exit: 0 no regression, 1 a regression, 2 wrong usage or a report that cannot be compared.",
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return c.compare(s, args[0], args[1]) },
	}
	f := command.Flags()
	f.StringVar(&c.html, "html", "", "write the comparison as a page to this `file` as well")
	f.StringVar(&c.json, "json", "", "write the comparison as JSON to this `file` as well")
	f.BoolVar(&c.different, differentTargets, false, "compare reports of different targets")
	f.BoolVar(&c.quiet, "quiet", false, "show regressions, violations seen for the first time and the outcome only")
	f.BoolVar(&c.noColor, "no-color", false, "no colour")
	return command
}

func (c *comparing) compare(s streams, oldFile, newFile string) error {
	old, fresh := earlier{file: oldFile}, earlier{file: newFile}
	for _, e := range []*earlier{&old, &fresh} {
		if err := e.read(); err != nil {
			return err
		}
	}
	if err := old.judged(); err != nil {
		return err
	}
	if err := old.of(fresh.report.Target, "that of "+newFile, c.different); err != nil {
		return err
	}
	x := compare.Compare(compare.Source{File: oldFile, Report: old.report}, compare.Source{File: newFile, Report: fresh.report})
	files, err := writeComparison(x, c.json, c.html)
	if err != nil {
		return err
	}
	screen := console.New(s.out, console.Options{Color: colour(s.out, c.noColor), Quiet: c.quiet, Width: width(s.out)})
	screen.Compare(x, x.Exit(), files...)
	if code := x.Exit(); code != exitOK {
		return &exit{code}
	}
	return nil
}

// writeComparison writes the files that are asked for, and gives their names.
func writeComparison(x *compare.Comparison, json, html string) ([]string, error) {
	var files []string
	for _, file := range []struct {
		name  string
		write func(string, *compare.Comparison) error
	}{{json, compare.WriteJSON}, {html, compare.WriteHTML}} {
		if file.name == "" {
			continue
		}
		if err := file.write(file.name, x); err != nil {
			return files, fmt.Errorf("writing the comparison: %w", err)
		}
		files = append(files, file.name)
	}
	return files, nil
}
