package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/suites"
)

func targetCommand(s streams) *cobra.Command {
	command := &cobra.Command{Use: "target", Short: "Write target files", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	command.AddCommand(targetInitCommand(s), &cobra.Command{Use: "schema", Short: "Show the JSON Schema of target files, for editors",
		Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(target.Schema())
			return err
		}})
	return command
}

func targetInitCommand(s streams) *cobra.Command {
	r := &running{}
	var file string
	var fixture bool
	command := &cobra.Command{
		Use:   "init ssh://user@host:port",
		Short: "Write a target file from what a live server says of itself",
		Long: "Connect, and write a target file: the address, the host key, pinned, the fixture that fits, and as comments what the\n" +
			"server claims. A file that is there is never replaced. No secret is written.\n" + loginHelp,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return r.targetInit(ctx, s, args, file, fixture)
		},
	}
	r.login.flags(command.Flags())
	command.Flags().BoolVar(&fixture, "fixture", false, "where no built-in fixture fits, look in the server's own YANG for a leaf that can be changed harmlessly, and try it without committing")
	command.Flags().StringVar(&file, "out", "", "`file` to write (default HOST.yaml)")
	return command
}

// targetInit connects and writes the target file.
func (r *running) targetInit(ctx context.Context, s streams, args []string, file string, fixture bool) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	given, err := r.named(args[0])
	if err != nil {
		return err
	}
	if file == "" {
		file = strings.ReplaceAll(given.Host(), ":", "-") + ".yaml"
	}
	if _, err := os.Lstat(file); err == nil {
		return occupied(file)
	}
	if err := r.prepare(s, args); err != nil {
		return err
	}
	claim, err := suites.Hello(ctx, r.options)
	switch {
	case ctx.Err() != nil:
		return &exit{exitInterrupted}
	case err != nil:
		fmt.Fprintf(s.err, "ncspec: %v\n", err)
		return &exit{exitUnusable}
	}
	draft := r.targetDraft(given, claim)
	if fixture && draft.Profile == "" {
		if err := r.findLeaf(ctx, s, &draft); err != nil {
			return err
		}
	}
	if err := writeNew(file, draft.YAML()); err != nil {
		return err
	}
	if _, err := target.Load(file); err != nil {
		return fmt.Errorf("the target file that was written does not load, which is a fault of ncspec: %w", err)
	}
	fmt.Fprintf(s.out, "%s written: look through it, then ncspec run %s\n", file, file)
	return nil
}

// findLeaf looks for a leaf in the server's own modules, and says what it came across.
func (r *running) findLeaf(ctx context.Context, s streams, draft *target.Draft) error {
	proposal, notes, err := suites.ProposeFixture(ctx, r.options)
	if err != nil {
		fmt.Fprintf(s.err, "ncspec: looking for a fixture: %v\n", err)
		return &exit{exitUnusable}
	}
	for _, note := range notes {
		fmt.Fprintf(s.err, "passed over %s\n", note)
	}
	if proposal == nil {
		fmt.Fprintln(s.err, "no leaf was found that can be changed harmlessly: name one in the target file")
		return nil
	}
	fmt.Fprintf(s.out, "fixture %s: the server takes it\n", proposal.Path)
	draft.Leaf, draft.LeafPath = proposal.Fixture.Leaf, proposal.Path
	return nil
}

// named is the target as the command line names it, before the ssh config is followed.
func (r *running) named(arg string) (*target.Target, error) {
	if !strings.Contains(arg, "://") {
		return nil, fmt.Errorf("%q is no URL: write ssh://user@host:port", arg)
	}
	t, err := target.ParseURL(arg)
	if err != nil {
		return nil, err
	}
	if t.Transport != target.SSH {
		return nil, fmt.Errorf("target init reaches servers by SSH: for %s write the file by hand, see ncspec target schema", t.Transport)
	}
	return t, r.login.apply(t)
}

// targetDraft puts together what the file will say.
func (r *running) targetDraft(given *target.Target, claim *suites.Claim) target.Draft {
	d := target.Draft{Given: *given, Reached: *r.options.Target, At: time.Now(), HostKey: claim.Security["host-key"],
		HostKeyNote: claim.Security["host-key-type"] + ", verified by: " + claim.Security["host-key-verified"]}
	for _, capability := range claim.Capabilities {
		d.Capabilities = append(d.Capabilities, capability.URI)
	}
	if fixture := target.BuiltIn(claim.Capabilities); fixture != nil {
		d.Profile = fixture.Name
	}
	return d
}

// writeNew writes a file that is not there yet.
func writeNew(file string, text []byte) error {
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return occupied(file)
	}
	if err != nil {
		return fmt.Errorf("writing the target file: %w", err)
	}
	_, err = out.Write(text)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("writing the target file %s: %w", file, err)
	}
	return nil
}

func occupied(file string) error {
	return fmt.Errorf("%s is there already, and is not replaced: name another file with --out", file)
}
