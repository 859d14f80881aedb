package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/suites"
)

// run is one profile judged in one order.
type run struct {
	Profile string
	Seed    int64
}

// outcome is what became of a run.
type outcome struct {
	Executed int      // specs
	Faults   []string // what ought not to have been found
	Seconds  float64
}

// judge runs all specs that do not wait long.
func judge(ctx context.Context, r run) (outcome, error) {
	report, err := suites.Run(ctx, suites.Options{Profile: r.Profile, Seed: r.Seed, Safety: effect.Disruptive, Strict: true})
	if err != nil {
		return outcome{}, fmt.Errorf("profile %s, seed %d: %w", r.Profile, r.Seed, err)
	}
	return outcome{report.Executed(), faults(report), report.Run.Finished.Sub(report.Run.Started).Seconds()}, nil
}

// faults are the specs that failed, by their ids; what was left behind is one of them, run/restore. A run that broke off
// is one too, since the specs that are missing might have failed.
func faults(report *verdict.Report) []string {
	var all []string
	switch {
	case report.Run.Unusable != "":
		all = append(all, "the server cannot be judged: "+report.Run.Unusable)
	case !report.Run.Complete:
		all = append(all, "the run broke off")
	}
	for _, spec := range report.Specs {
		switch spec.Verdict {
		case verdict.Violation, verdict.Advisory, verdict.Error, verdict.StaleWaiver:
			all = append(all, fmt.Sprintf("%s: %s: %s", spec.Verdict, spec.ID, spec.Message))
		}
	}
	return all
}

func (o outcome) clean() bool { return len(o.Faults) == 0 }

// tell says how it went, on a line and one for each fault and what belongs to it.
func (o outcome) tell(r run) {
	word := "clean"
	if !o.clean() {
		word = fmt.Sprintf("%d faults", len(o.Faults))
	}
	fmt.Printf("%-18s seed %-4d %4d specs %6.1f s  %s\n", r.Profile, r.Seed, o.Executed, o.Seconds, word)
	for _, fault := range o.Faults {
		fmt.Println("  " + strings.ReplaceAll(fault, "\n", "\n    "))
	}
}
