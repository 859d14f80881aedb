package callhome

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/transport/tls"
)

// DefaultLimit is how long a call is awaited when no limit is given.
const DefaultLimit = time.Minute

// shareAfter is how long a second call is awaited while the connection of the first lives. A server that makes one call
// at a time has its sessions share that connection from then on, where the transport can.
const shareAfter = 2 * time.Second

// over does on a TCP connection that is there what a transport does on one of its own. It takes the connection over.
type over interface {
	Over(ctx context.Context, raw net.Conn) (transport.Conn, error)
}

// Dialer makes connections of calls. Its methods may be called from several goroutines.
type Dialer struct {
	*listener
	over over

	mu      sync.Mutex
	current *line // the last call that came, where sessions can share it
	alone   bool  // the server makes one call at a time
}

// NewSSH awaits calls at "host:port" (host "" is every address of this machine) for limit at most, and is an SSH client on
// them. The host key must be pinned or known beforehand: the address that a call comes from proves nothing.
func NewSSH(address string, limit time.Duration, client *ssh.Dialer) *Dialer {
	return newDialer(address, limit, client)
}

// NewTLS is NewSSH for TLS.
func NewTLS(address string, limit time.Duration, client *tls.Dialer) *Dialer {
	return newDialer(address, limit, client)
}

// New awaits calls without a client for them: Raw is all that it can do.
func New(address string, limit time.Duration) *Dialer { return newDialer(address, limit, nil) }

func newDialer(address string, limit time.Duration, client over) *Dialer {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Dialer{listener: &listener{address: address, limit: limit}, over: client}
}

// Dial waits for the server's next call. The error is a *transport.Error with ErrNoCall that names the callers who were
// refused, one of the transport's, or that of ctx.
func (d *Dialer) Dial(ctx context.Context) (transport.Conn, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	shared := d.current.alive()
	if shared && d.alone {
		return d.current.lease(), nil
	}
	limit := d.limit
	if shared {
		limit = min(limit, shareAfter)
	}
	conn, err := d.answer(ctx, limit)
	if shared && errors.Is(err, ErrNoCall) {
		d.alone = true
		d.current.keep()
		return d.current.lease(), nil
	}
	if err != nil {
		return nil, err
	}
	if on, able := conn.(*ssh.Conn); able {
		d.current = &line{ssh: on}
		return d.current.lease(), nil
	}
	return conn, nil
}

// Raw waits for the next call and gives its TCP connection as it is: nobody's identity is proved.
func (d *Dialer) Raw(ctx context.Context) (net.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	conn, err := d.next(limited)
	return conn, d.missed(ctx, d.limit, err)
}

// Address is where calls are awaited, with the port that the system chose where it was to; it begins to listen.
func (d *Dialer) Address() (string, error) {
	if err := d.start(); err != nil {
		return "", err
	}
	return d.listening.Addr().String(), nil
}

// Close ends listening.
func (d *Dialer) Close() error {
	d.listener.mu.Lock()
	defer d.listener.mu.Unlock()
	if d.listening == nil || d.closed {
		return nil
	}
	d.closed = true
	close(d.stop)
	return d.listening.Close()
}

// answer takes calls until one is the server's.
func (d *Dialer) answer(ctx context.Context, limit time.Duration) (transport.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		raw, err := d.next(limited)
		if err != nil {
			return nil, d.missed(ctx, limit, err)
		}
		conn, err := d.over.Over(ctx, raw)
		if err == nil || ours(err) || ctx.Err() != nil {
			return conn, err
		}
		d.refuse(raw, err)
	}
}

// ours tells whether the caller has proved to be the server, and does not let us in.
func ours(err error) bool {
	return errors.Is(err, ssh.ErrAuthentication) || errors.Is(err, tls.ErrRefused)
}

// missed explains that no call came within the limit.
func (d *Dialer) missed(ctx context.Context, limit time.Duration, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("waiting for a call home at %s: %w", d.address, context.Cause(ctx))
	case !errors.Is(err, context.DeadlineExceeded):
		return err
	}
	e := &transport.Error{Kind: ErrNoCall, Address: d.address, Doing: "waiting for a call home at",
		Cause: fmt.Errorf("none came within %v", limit), Advice: "See that the server is set up to call this machine at this port, and that nothing is in between"}
	d.listener.mu.Lock()
	defer d.listener.mu.Unlock()
	if d.refused > 0 {
		e.Cause = fmt.Errorf("%d callers were refused within %v: %s", d.refused, limit, strings.Join(d.strangers, "; "))
		e.Advice = "If one of them is the server, give its host key or fingerprint, or the name and authority of its certificate"
	}
	return e
}
