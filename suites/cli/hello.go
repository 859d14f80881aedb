package cli

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"sort"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/suites"
)

func helloCommand(s streams) *cobra.Command {
	r := &running{}
	command := &cobra.Command{
		Use:   "hello TARGET",
		Short: "Connect, show what the server claims, and what would run",
		Long:  "Connect, show what the server claims, and what would run. The target is a target file, or one of\n" + targetForms + loginHelp,
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return r.hello(ctx, s, args)
		},
	}
	r.login.flags(command.Flags())
	command.Flags().StringVar(&r.safety, "safety", "", "`level` up to which the target may be touched (default running)")
	return command
}

func (r *running) hello(ctx context.Context, s streams, args []string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := r.prepare(s, args); err != nil {
		return err
	}
	claim, err := suites.Hello(ctx, r.options)
	if ctx.Err() != nil {
		return &exit{exitInterrupted}
	}
	if err != nil {
		fmt.Fprintf(s.err, "ncspec: %v\n", err)
		return &exit{exitUnusable}
	}
	showClaim(s.out, claim)
	return nil
}

func showClaim(out io.Writer, claim *suites.Claim) {
	fmt.Fprintf(out, "session-id %s\n\ncapabilities\n", claim.SessionID)
	for _, c := range claim.Capabilities {
		fmt.Fprintf(out, "  %s\n", c.URI)
	}
	for _, miss := range claim.Capabilities.NearMisses() {
		fmt.Fprintf(out, "  note: %s is not a standard capability; %s is\n", miss.Capability.URI, miss.Meant)
	}
	fmt.Fprintln(out, "\nconnection")
	for _, key := range sortedKeys(claim.Security) {
		fmt.Fprintf(out, "  %-12s %s\n", key, claim.Security[key])
	}
	fmt.Fprintf(out, "\nfixture      %s\n\nof %d specs %d would run\n", claim.Fixture, claim.Total, claim.WouldRun)
	for _, reason := range claim.Held {
		fmt.Fprintf(out, "  %4d %-14s %s\n", reason.Count, reason.Verdict, reason.Reason)
	}
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
