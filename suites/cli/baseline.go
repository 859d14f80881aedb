package cli

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/console"
	"github.com/ncspec/ncspec/reports/markdown"
)

// baseline is the report that a run is held against.
type baseline struct{ earlier }

// finish compares the run with the baseline, shows what changed, and gives the exit code of the run.
func (b *baseline) finish(screen *console.Console, o *output, report *verdict.Report) (int, error) {
	x := compare.Compare(compare.Source{File: b.file, Report: b.report},
		compare.Source{File: filepath.Join(o.dir, reportName), Report: report})
	files, err := writeComparison(x, filepath.Join(o.dir, compareJSON), filepath.Join(o.dir, compareHTML))
	code := b.exit(report, x)
	screen.Compare(x, code, files...)
	return code, errors.Join(err, markdown.Write(filepath.Join(o.dir, summaryName), report, &markdown.Since{Comparison: x, Exit: code}))
}

// exit is the exit code of the run: a violation that the baseline has too does not fail it, any other one does.
func (b *baseline) exit(report *verdict.Report, x *compare.Comparison) int {
	excused := *report
	excused.Summary = maps.Clone(report.Summary)
	excused.Summary[verdict.Waived] += excused.Summary[verdict.Violation]
	excused.Summary[verdict.Violation] = 0
	code := excused.Exit()
	unknown := slices.ContainsFunc(x.Violations.FirstSeen, func(b compare.Break) bool { return b.Verdict == verdict.Violation })
	if code != exitInterrupted && code != exitUnusable && (x.Regression || unknown) {
		return verdict.ExitViolation
	}
	return code
}
