package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/ncspec/ncspec/harness/reference"
)

// serving is what the flags of serve say.
type serving struct {
	options reference.Options
	tls     reference.TLS
	stdio   bool
}

func (v *serving) flags(f *pflag.FlagSet) {
	f.StringVar(&v.tls.Listen, "tls", "", "`host:port` to serve TLS at as well (RFC 7589)")
	f.StringVar(&v.tls.Certificate, "tls-cert", "", "`file` of the server's certificate and chain, PEM (default one made for a day)")
	f.StringVar(&v.tls.Key, "tls-key", "", "`file` of its private key, PEM (default in the file of --tls-cert)")
	f.StringVar(&v.tls.ClientCA, "client-ca", "", "`file` of the authorities whose client certificates are trusted, with --tls-cert; users are the certificates' common names")
	f.StringVar(&v.options.Unix, "unix", "", "`path` of a Unix socket to serve as well")
	f.BoolVar(&v.stdio, "stdio", false, "serve one session on standard input and output, and nothing else")
	f.StringArrayVar(&v.options.CallHome, "call-home", nil, "`host:port` to call home to by SSH (RFC 8071); may be repeated")
	f.StringArrayVar(&v.options.CallHomeTLS, "call-home-tls", nil, "`host:port` to call home to by TLS; may be repeated")
}

// complete refuses what does not go together.
func (v *serving) complete() error {
	if (v.tls.Certificate == "") != (v.tls.ClientCA == "") {
		return errors.New("--tls-cert and --client-ca go together: give both, or none for certificates made for a day")
	}
	if v.tls.Certificate == "" && v.tls.Key != "" {
		return errors.New("--tls-key without --tls-cert: give the certificate as well")
	}
	switch {
	case v.tls.Listen != "" || len(v.options.CallHomeTLS) > 0:
		v.options.TLS = &v.tls
	case v.tls.Certificate != "":
		return errors.New("--tls-cert and --client-ca are for --tls and --call-home-tls: give one of these")
	}
	return nil
}

// tell says where the server is reached beside SSH.
func (v *serving) tell(out io.Writer, server *reference.Server) {
	if v.tls.Listen != "" {
		fmt.Fprintf(out, "TLS on %s\n", server.TLSAddr())
	}
	if folder := server.TLSFolder(); folder != "" {
		fmt.Fprintf(out, "certificates in %s\ntarget file %s\n", folder, filepath.Join(folder, "target.yaml"))
		if len(v.options.CallHomeTLS) > 0 {
			fmt.Fprintf(out, "target file %s\n", filepath.Join(folder, "call-home.yaml"))
		}
	}
	if v.options.Unix != "" {
		fmt.Fprintf(out, "socket %s\n", v.options.Unix)
	}
	for _, address := range append(append([]string(nil), v.options.CallHome...), v.options.CallHomeTLS...) {
		fmt.Fprintf(out, "calling home to %s\n", address)
	}
}

// serveStdio serves one session on standard input and output: of the server at the socket where one is named, of a server
// of its own else.
func (v *serving) serveStdio(ctx context.Context, s streams) error {
	if v.options.Unix != "" {
		return relay(ctx, v.options.Unix, s)
	}
	v.options.Listen = "127.0.0.1:0" // nobody is told
	server, err := reference.Start(ctx, v.options)
	if err != nil {
		return err
	}
	server.ServeStream(s.in, s.out, func() error { return closed(s.in) })
	return server.Close()
}

// closed ends a Read that waits, where the stream can be closed.
func closed(stream any) error {
	if file, ok := stream.(io.Closer); ok {
		return file.Close()
	}
	return nil
}

// relay carries octets between standard input and output and a socket until the server ends the session.
func relay(ctx context.Context, path string, s streams) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
	if err != nil {
		return fmt.Errorf("reaching the server at the socket %s: %w; start it with ncspec serve --unix %s", path, err, path)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	go func() {
		_, _ = io.Copy(conn, s.in)
		_ = conn.(*net.UnixConn).CloseWrite()
	}()
	if _, err := io.Copy(s.out, conn); err != nil && ctx.Err() == nil {
		return fmt.Errorf("carrying the session: %w", err)
	}
	return nil
}
