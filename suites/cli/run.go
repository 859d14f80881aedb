package cli

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/console"
	"github.com/ncspec/ncspec/suites"
)

// running is what the flags of run say.
type running struct {
	login
	options suites.Options
	safety  string
	waivers string
	output  output
	quiet   bool
	noColor bool
	dry     bool // say what would run, and run nothing
	recover bool // undo what an interrupted run has left, first

	baseline  baseline
	rerun     rerun
	draft     string
	different bool // the earlier reports may be of other targets
}

// targetForms is how a target is named.
const targetForms = "  ssh://user@host:port   SSH, port 830 by default\n" +
	"  tls://host:port        TLS with client certificates, port 6513 by default\n" +
	"  ssh+callhome://user@:port, tls+callhome://:port\n" +
	"                         listen for the server's call home, on port 4334 or 4335 by default\n" +
	"  unix:///path           a Unix socket\n" +
	"  exec:COMMAND           a command whose standard input and output speak NETCONF, without a shell\n"

func runCommand(s streams) *cobra.Command {
	r := &running{}
	command := &cobra.Command{
		Use:   "run [TARGET]",
		Short: "Judge a target; without one, the embedded reference server",
		Long: "Judge a target, which is a target file, or one of\n" + targetForms +
			"Without one the embedded reference server is judged.\n" +
			loginHelp +
			"Exit: 0 all well, 1 violations, 2 wrong usage, 3 the target cannot be used, 4 errors only, 130 interrupted.\n\n" +
			"With --baseline the run is compared with that report, as ncspec compare does it; compare.json and compare.html are\n" +
			"written too. The exit code is 1 for a regression, for a violation that the baseline does not have, and for a stale\n" +
			"waiver; a violation that it has too does not fail the run. JUnit and report.json tell of violations as ever.\n\n" +
			"With --rerun-failed only those specs run that ended in a violation or an error, or whose waiver was stale, together\n" +
			"with the steps of transcripts ahead of them and with what failed monitors had found fault in. Where nothing failed\n" +
			"nothing is run, and the exit code is 4.",
		Args: func(c *cobra.Command, args []string) error {
			if err := cobra.MaximumNArgs(1)(c, args); err != nil {
				return r.output.refused(err, s.args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return r.run(c.Context(), s, args) },
	}
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return r.output.refused(err, s.args) })
	f := command.Flags()
	r.login.flags(f)
	r.output.flags(f)
	f.StringArrayVar(&r.options.Suites, "suite", nil, "run this suite `name` only; may be repeated")
	f.StringArrayVar(&r.options.Specs, "spec", nil, "run this spec `id` only; may be repeated")
	f.StringArrayVar(&r.options.Requirements, "requirement", nil, "run the specs of this requirement `id` only; may be repeated")
	f.StringArrayVar(&r.options.Skip, "skip", nil, "leave out this spec `id` or suite; may be repeated")
	f.StringArrayVar(&r.options.Transcripts, "transcripts", nil, "play the transcripts in this `folder` too; may be repeated")
	f.StringVar(&r.safety, "safety", "", "`level` up to which the target may be touched: read-only, candidate, running, disruptive (default running)")
	f.BoolVar(&r.options.Slow, "slow", false, "run specs that wait for more than 10 s too")
	f.BoolVar(&r.options.Strict, "strict", false, "a SHOULD that is not followed fails")
	f.BoolVar(&r.options.FailFast, "fail-fast", false, "end after the first failure")
	f.Int64Var(&r.options.Seed, "seed", 0, "of the random order of specs; 0 chooses one")
	f.StringVar(&r.waivers, "waivers", "", "`file` of known violations, each with its reason")
	f.StringVar(&r.options.Journal, "journal", "", journalUsage)
	f.BoolVar(&r.dry, "dry-run", false, "connect and read, say what would run and what each spec may touch, and run nothing")
	f.BoolVar(&r.recover, "recover", false, "undo first what an interrupted run has left on the target")
	f.StringVar(&r.draft, "write-waivers", "", "draft a `file` of waivers for the violations found; one that is there is not overwritten")
	f.StringVar(&r.baseline.file, "baseline", "", "`report` of an earlier run, file or folder, to compare with: what it has too does not fail")
	f.StringVar(&r.rerun.file, "rerun-failed", "", "run what failed in this `report`, file or folder, only")
	f.BoolVar(&r.different, differentTargets, false, "take a --baseline or --rerun-failed of another target")
	f.BoolVar(&r.quiet, "quiet", false, "show violations, errors and the summary only")
	f.BoolVar(&r.noColor, "no-color", false, "no colour")
	f.StringVar(&r.options.Profile, "profile", "", "profile of the reference server, where there is no target")
	f.StringVar(&r.options.Transport, "transport", "", "ssh, tls, unix, ssh+callhome or tls+callhome, for the reference server, where there is no target (default ssh)")
	f.StringArrayVar(&r.options.Defects, "defect", nil, "defect of the reference server, where there is no target; may be repeated")
	return command
}

// run judges the target and writes the reports. Whatever goes wrong, JUnit says so where it can be written.
func (r *running) run(ctx context.Context, s streams, args []string) error {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if r.dry {
		return r.dryRun(ctx, s, args)
	}
	unread := errors.Join(r.baseline.read(), r.rerun.read()) // before the output folder, where they may stand, is made anew
	if err := r.output.prepare(); err != nil {
		return r.output.failed(err)
	}
	if err := r.ready(s, args, unread); err != nil {
		return r.output.failed(err)
	}
	if err := r.undo(ctx, s); err != nil {
		return err
	}
	screen := console.New(s.out, console.Options{Color: colour(s.out, r.noColor), Quiet: r.quiet, Width: width(s.out),
		Terminal: terminal(s.out), Compared: r.baseline.report != nil})
	r.options.Recordings = r.output.dir
	r.options.Started = func(t verdict.Target, specs, requirements int, seed int64) {
		screen.Start(t, console.Plan{Specs: specs, Requirements: requirements, Safety: string(r.options.Safety), Seed: seed})
	}
	r.options.Progress = func(done, total int, id string, v verdict.Verdict) { screen.Spec(done, total, id, v) }
	report, err := suites.Run(ctx, r.options)
	if err != nil {
		return r.output.failed(err)
	}
	return r.finish(ctx, s, screen, report)
}

func (r *running) finish(ctx context.Context, s streams, screen *console.Console, report *verdict.Report) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		report.Interrupt()
	}
	files, err := r.output.write(report)
	screen.Finish(report, files...)
	code := report.Exit()
	if err == nil && r.baseline.report != nil {
		code, err = r.baseline.finish(screen, &r.output, report)
	}
	if err == nil {
		err = draft(r.draft).finish(s.out, report)
	}
	if err != nil {
		fmt.Fprintf(s.err, "ncspec: %v\n", err)
		return &exit{exitUsage}
	}
	if code != exitOK {
		return &exit{code}
	}
	return nil
}

// ready reads the arguments, and holds the earlier reports against them; nothing is connected to.
func (r *running) ready(s streams, args []string, unread error) error {
	if unread != nil {
		return unread
	}
	if err := r.prepare(s, args); err != nil {
		return err
	}
	for _, e := range []*earlier{&r.baseline.earlier, &r.rerun.earlier} {
		if e.report == nil {
			continue
		}
		if err := e.of(r.options.Who(), "the target of this run", r.different); err != nil {
			return err
		}
	}
	if r.baseline.report != nil {
		if err := r.baseline.judged(); err != nil {
			return err
		}
	}
	if r.rerun.report != nil {
		if err := r.rerun.choose(&r.options); err != nil {
			return err
		}
	}
	return draft(r.draft).prepare()
}

// prepare reads the arguments; nothing is connected to.
func (r *running) prepare(s streams, args []string) error {
	if r.safety != "" {
		safety, err := effect.ParseSafety(r.safety)
		if err != nil {
			return fmt.Errorf("--safety: %w", err)
		}
		r.options.Safety = safety
	}
	if err := r.readWaivers(r.waivers); err != nil {
		return err
	}
	if len(args) == 0 {
		return r.defaults()
	}
	if r.options.Profile != "" || len(r.options.Defects) > 0 || r.options.Transport != "" {
		return errors.New("--profile, --transport and --defect are for the reference server: drop them, or drop the target")
	}
	return r.reach(s, args[0])
}

// reach makes the ways to the target.
func (r *running) reach(s streams, arg string) error {
	t, err := target.Parse(arg)
	if err != nil {
		return err
	}
	if err := r.login.apply(t); err != nil {
		return err
	}
	if err := r.certificates.apply(t); err != nil {
		return err
	}
	if err := r.waive(t); err != nil {
		return err
	}
	if t.Safety != "" && r.safety == "" {
		if r.options.Safety, err = effect.ParseSafety(t.Safety); err != nil {
			return fmt.Errorf("the target file's safety: %w", err)
		}
	}
	r.options.Target = t
	if err := r.options.Reach(ask(s)); err != nil {
		return err
	}
	return r.defaults()
}

// waive reads the waivers that the target file names, unless the flags name some.
func (r *running) waive(t *target.Target) error {
	if r.waivers != "" || t.Waivers == "" {
		return nil
	}
	return r.readWaivers(t.Waivers)
}

func (r *running) readWaivers(file string) (err error) {
	if file != "" {
		r.options.Waivers, err = verdict.LoadWaivers(file)
	}
	return err
}

// defaults fills in what neither flags nor the target file say.
func (r *running) defaults() error {
	if r.options.Safety == "" {
		r.options.Safety = effect.Normal
	}
	return nil
}
