package cli

import (
	"fmt"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/json"
)

const differentTargets = "different-targets"

// earlier is the report of an earlier run that a flag or an argument names.
type earlier struct {
	file   string
	report *verdict.Report // nil where none is named
}

// read reads the report, if there is one to read.
func (e *earlier) read() (err error) {
	if e.file != "" {
		e.report, err = json.Read(e.file)
	}
	return err
}

// judged refuses a report that says nothing of its target.
func (e *earlier) judged() error {
	for _, s := range e.report.Specs {
		if s.Verdict != verdict.NotRun && s.Verdict != verdict.NotApplicable {
			return nil
		}
	}
	why := "every spec was held back or does not apply"
	if e.report.Run.Unusable != "" {
		why = "the target could not be judged: " + e.report.Run.Unusable
	}
	return fmt.Errorf("%s: nothing was judged in this run (%s): name the report of a run that judged the target", e.file, why)
}

// of refuses a report of another target than t, which name says where to find.
func (e *earlier) of(t verdict.Target, name string, different bool) error {
	if different || compare.SameTarget(e.report.Target, t) {
		return nil
	}
	return fmt.Errorf("%s is of the target %s, and %s is %s: name a report of the same target, or say --%s to go on all the same",
		e.file, compare.Name(e.report.Target), name, compare.Name(t), differentTargets)
}
