package cli

import (
	"context"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
)

func serveCommand(s streams) *cobra.Command {
	v := serving{}
	o := &v.options
	command := &cobra.Command{
		Use:   "serve",
		Short: "Run the reference server until it is interrupted",
		Long: "Run the reference server until it is interrupted. Users: admin, password admin, and guest, password guest, with few rights.\n" +
			"With --tls and without --tls-cert it makes certificates for a day, and a target file that names them.\n" +
			"--stdio serves one session on standard input and output; with --unix PATH it is one of the server at that socket.\n" +
			"The profiles are:\n" + profiles() + "The hostilities are:\n" + hostilities(),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return v.serve(c.Context(), s) },
	}
	f := command.Flags()
	f.StringVar(&o.Listen, "listen", "127.0.0.1:8830", "`host:port` to listen at")
	f.StringVar(&o.Profile, "profile", "", "`name` of what the server can do (default full)")
	f.StringArrayVar(&o.Defects, "defect", nil, "break this on purpose (`name`, see ncspec list --defects); may be repeated")
	f.StringVar(&o.Hostile, "hostile", "", "mistreat requests (`name`: every one, name@30: the 30th, name@30-: all from that on)")
	f.DurationVar(&o.Latency, "latency", time.Duration(0), "answer this much later")
	v.flags(f)
	return command
}

func profiles() string {
	text := ""
	for _, p := range reference.Profiles() {
		text += fmt.Sprintf("  %-14s %s\n", p.Name, p.Summary)
	}
	return text
}

func hostilities() string {
	text := ""
	for _, h := range reference.Hostilities() {
		text += fmt.Sprintf("  %-20s %s\n", h.Name, h.Summary)
	}
	return text
}

func (v *serving) serve(ctx context.Context, s streams) error {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := v.complete(); err != nil {
		return err
	}
	if v.stdio {
		return v.serveStdio(ctx, s)
	}
	server, err := reference.Start(ctx, v.options)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "listening on %s\nhost key %s\n", server.Addr(), gossh.FingerprintSHA256(server.HostKey()))
	if folder := server.Files(); folder != "" {
		fmt.Fprintf(s.out, "file:/// is %s\n", folder)
	}
	v.tell(s.out, server)
	<-ctx.Done()
	if err := server.Close(); err != nil {
		return fmt.Errorf("stopping the reference server: %w", err)
	}
	return nil
}
