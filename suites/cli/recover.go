package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/suites"
)

const journalUsage = "`folder` for the journal of what will have to be undone, or none (default ncspec in $XDG_STATE_HOME or ~/.local/state)"

func recoverCommand(s streams) *cobra.Command {
	r := &running{}
	command := &cobra.Command{
		Use:   "recover TARGET",
		Short: "Undo what an interrupted run has left on a target",
		Long: "Undo by its journal what an interrupted run has left on a target. What somebody else has changed meanwhile stays, and is shown.\n" +
			"Exit: 0 the target is as it was, or there was nothing to undo; 3 the target cannot be used; 4 something could not be undone.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			if err := r.prepare(s, args); err != nil {
				return err
			}
			return r.recoverNow(ctx, s)
		},
	}
	r.login.flags(command.Flags())
	command.Flags().StringVar(&r.options.Journal, "journal", "", journalUsage)
	return command
}

// undo sees to what an interrupted run has left on the target before it is judged: with --recover, or after asking.
func (r *running) undo(ctx context.Context, s streams) error {
	if r.options.Target == nil {
		return nil
	}
	interrupted, err := suites.Pending(r.options)
	if err != nil || interrupted == nil {
		return nil // the run meets the same, and says so in its reports
	}
	if !r.recover && !(terminal(s.in) && consents(s, interrupted)) {
		return nil
	}
	err = r.recoverNow(ctx, s)
	if err != nil { // the user has been told why
		_ = r.output.reason(errors.New("what an interrupted run has left on the target could not be undone: see what ncspec recover says"), codeOf(err))
	}
	return err
}

func consents(s streams, interrupted *suites.Interrupted) bool {
	fmt.Fprintf(s.err, "A run of %s has not come to its end and may have left changes on %s.\nUndo them now? (yes/no) ",
		interrupted.Since.Local().Format("2006-01-02 15:04:05"), interrupted.Target)
	answer, _ := bufio.NewReader(s.in).ReadString('\n')
	return strings.TrimSpace(answer) == "yes"
}

// recoverNow undoes what is to be undone, and says what it did.
func (r *running) recoverNow(ctx context.Context, s streams) error {
	recovery, err := suites.Recover(ctx, r.options)
	if recovery == nil && err != nil {
		fmt.Fprintf(s.err, "ncspec: recovering %s: %v\n", r.options.Target.Name, err)
		return &exit{exitUnusable}
	}
	if recovery == nil {
		fmt.Fprintf(s.out, "%s: nothing to undo, the last run has come to its end\n", r.options.Target.Name)
		return nil
	}
	showRecovery(s.out, r.options.Target.Name, recovery)
	if err == nil && len(recovery.Left) == 0 {
		return nil
	}
	if err != nil {
		fmt.Fprintf(s.err, "ncspec: recovering %s: %v\n", r.options.Target.Name, err)
	}
	return &exit{exitErrors}
}

func showRecovery(out io.Writer, name string, r *guard.Recovery) {
	list := func(title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		fmt.Fprintf(out, "%s\n", title)
		for _, line := range lines {
			fmt.Fprintf(out, "  %s\n", line)
		}
	}
	switch {
	case len(r.Left) > 0:
		list(name+": still there of the interrupted run:", r.Left)
	case len(r.Found) == 0:
		fmt.Fprintf(out, "%s: the interrupted run has left nothing\n", name)
	default:
		list(name+": undone:", r.Found)
	}
	list(name+": changed by somebody else meanwhile, and left alone:", r.Elsewhere)
}
