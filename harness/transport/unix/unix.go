// Package unix is NETCONF on a Unix domain socket: no encryption, and no authentication but the socket's file mode. What
// a server makes of it is its own affair; no RFC describes it.
package unix

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/single"
)

// DefaultTimeout is the limit of connecting when none is given.
const DefaultTimeout = 10 * time.Second

// Dialer connects to the server behind one socket.
type Dialer struct {
	path    string
	timeout time.Duration
}

// New gives a dialer for the socket at path; it does not connect. timeout bounds connecting, zero is DefaultTimeout.
func New(path string, timeout time.Duration) *Dialer {
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	return &Dialer{path: path, timeout: timeout}
}

// Dial connects; the result carries one stream. The error is a *transport.Error, or that of ctx.
func (d *Dialer) Dial(ctx context.Context) (transport.Conn, error) {
	conn, err := (&net.Dialer{Timeout: d.timeout}).DialContext(ctx, "unix", d.path)
	if err == nil {
		return single.New(&link{UnixConn: conn.(*net.UnixConn)}, map[string]string{"transport": "unix", "socket": d.path, "encryption": "none"}), nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("connecting to the socket %s: %w", d.path, context.Cause(ctx))
	}
	return nil, &transport.Error{Kind: transport.ErrUnreachable, Address: d.path, Doing: "connecting to the socket", Cause: err, Advice: advice(err)}
}

func advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "There is no such socket: check the path, and that the server runs"
	case errors.Is(err, fs.ErrPermission):
		return "This user may not use the socket: see its owner and mode"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nobody listens at it: check that the server runs, and that it is a socket and not another file"
	}
	return "Check the path, and that the server runs"
}

// link is a single.Link of a socket. The socket knows no word of its own for an end: all ways to end it are alike.
type link struct{ *net.UnixConn }

// Close ends the connection.
func (l *link) Close() error {
	if err := l.UnixConn.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("closing the socket: %w", err)
	}
	return nil
}

// Drop ends the connection.
func (l *link) Drop() error { return l.Close() }

// Abort ends the connection.
func (l *link) Abort() error { return l.Close() }

// Ending implements single.Link.
func (l *link) Ending(error) string { return transport.EndedDisconnect }
