package cli

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
)

func serveCommand(s streams) *cobra.Command {
	o := reference.Options{}
	command := &cobra.Command{
		Use:   "serve",
		Short: "Run the reference server until it is interrupted",
		Long: "Run the reference server until it is interrupted. Users: admin, password admin, and guest, password guest, with few rights.\n" +
			"The profiles are:\n" + profiles() + "The hostilities are:\n" + hostilities(),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return serve(c.Context(), s.out, o) },
	}
	f := command.Flags()
	f.StringVar(&o.Listen, "listen", "127.0.0.1:8830", "`host:port` to listen at")
	f.StringVar(&o.Profile, "profile", "", "`name` of what the server can do (default full)")
	f.StringArrayVar(&o.Defects, "defect", nil, "break this on purpose (`name`, see ncspec list --defects); may be repeated")
	f.StringVar(&o.Hostile, "hostile", "", "mistreat requests (`name`: every one, name@30: the 30th, name@30-: all from that on)")
	f.DurationVar(&o.Latency, "latency", time.Duration(0), "answer this much later")
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

func serve(ctx context.Context, out io.Writer, o reference.Options) error {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	server, err := reference.Start(ctx, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "listening on %s\nhost key %s\n", server.Addr(), gossh.FingerprintSHA256(server.HostKey()))
	if folder := server.Files(); folder != "" {
		fmt.Fprintf(out, "file:/// is %s\n", folder)
	}
	<-ctx.Done()
	if err := server.Close(); err != nil {
		return fmt.Errorf("stopping the reference server: %w", err)
	}
	return nil
}
