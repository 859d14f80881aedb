package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/suites"
)

// dryRun says what a run would do. It writes no report.
func (r *running) dryRun(ctx context.Context, s streams, args []string) error {
	if err := r.ready(s, args, errors.Join(r.baseline.read(), r.rerun.read())); err != nil {
		return r.output.failed(err)
	}
	claim, err := suites.Hello(ctx, r.options)
	var unknown *suites.Unknown
	var waivers *suites.UnknownWaivers
	if errors.As(err, &unknown) || errors.As(err, &waivers) || errors.Is(err, suites.ErrNothing) {
		return err
	}
	if ctx.Err() != nil {
		return &exit{exitInterrupted}
	}
	if err != nil {
		fmt.Fprintf(s.err, "ncspec: %v\n", err)
		return &exit{exitUnusable}
	}
	showPlan(s.out, claim)
	return nil
}

// touching says what an effect does to the device.
func touching(e effect.Effect) string {
	return map[effect.Effect]string{
		effect.Nothing:   "touch nothing: they open sessions and read",
		effect.Session:   "open, end and break sessions of their own",
		effect.Lock:      "take locks, and give them back",
		effect.Candidate: "change the candidate, and discard that",
		effect.Running:   "change the fixture in running, and put it back",
		effect.Startup:   "change startup, and put it back",
		effect.Server:    "may disturb the server: floods, hostile input, many sessions",
	}[e]
}

func showPlan(out io.Writer, claim *suites.Claim) {
	fmt.Fprintf(out, "fixture %s\n", claim.Fixture)
	last := effect.Effect(-1)
	for _, w := range claim.Runs {
		if w.Touches != last {
			last = w.Touches
			fmt.Fprintf(out, "\n── %s: %s\n", last, touching(last))
		}
		fmt.Fprintf(out, "%-50s %s\n", w.Spec.ID, w.Spec.Text)
	}
	fmt.Fprintf(out, "\nof %d specs %d would run\n", claim.Total, claim.WouldRun)
	for _, reason := range claim.Held {
		fmt.Fprintf(out, "  %4d %-14s %s\n", reason.Count, reason.Verdict, reason.Reason)
	}
}
