package ssh

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/transport"
)

// closeLimit bounds what is left to do when a connection is closed: telling
// the peer, and taking what it still sends.
const closeLimit = time.Second

// Conn is an authenticated SSH connection: a transport.Conn and a
// transport.EarlyOpener.
type Conn struct {
	config   Config
	tcp      *watchedConn
	ssh      gossh.Conn
	security map[string]string
	asked    atomic.Int64  // see Asked
	leaving  atomic.Bool   // we end the connection, not the peer
	done     chan struct{} // closed when the connection is over

	mu      sync.Mutex
	streams map[*Stream]struct{} // those that neither side has closed
}

// newConn serves the connection's requests and channels, as RFC 4254 §4 and
// §5.1 ask of a client that wants neither.
func newConn(config Config, tcp *watchedConn, conn gossh.Conn, channels <-chan gossh.NewChannel,
	requests <-chan *gossh.Request, security map[string]string) *Conn {
	c := &Conn{config: config, tcp: tcp, ssh: conn, security: security,
		done: make(chan struct{}), streams: map[*Stream]struct{}{}}
	go c.refuseRequests(requests)
	go func() {
		for channel := range channels {
			_ = channel.Reject(gossh.UnknownChannelType, "this client opens the channels")
		}
	}()
	go func() {
		_ = conn.Wait()
		tcp.end()
		close(c.done)
	}()
	return c
}

// Open opens a channel and starts the subsystem "netconf" on it (RFC 6242 §3).
// The result is a *Stream. Errors: ErrChannelRefused, ErrNoSubsystem,
// ErrTimeout, ErrUnreachable, or that of ctx.
func (c *Conn) Open(ctx context.Context) (transport.Stream, error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// OpenEarly is Open, but octets follow the request for the subsystem at once,
// without waiting for the server's confirmation. It takes a connection that
// has no other stream, and octets within the window that the server grants.
func (c *Conn) OpenEarly(ctx context.Context, octets []byte) (transport.Stream, error) {
	if len(c.openStreams()) > 0 {
		return nil, errors.New("sending octets early takes an SSH connection without other streams")
	}
	s, err := c.open(ctx, octets)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (c *Conn) open(ctx context.Context, early []byte) (*Stream, error) {
	s, err := c.openChannel(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.startSubsystem(ctx, s, early); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// openChannel opens a channel of type session (RFC 4254 §6.1).
func (c *Conn) openChannel(ctx context.Context) (*Stream, error) {
	limited, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	s, err := await(limited, func() (*Stream, error) {
		channel, requests, err := c.ssh.OpenChannel("session", nil)
		if err != nil {
			return nil, err
		}
		return newStream(c, channel, requests), nil
	}, func(late *Stream) { _ = late.Close() })
	if err == nil {
		return s, nil
	}
	const doing = "opening a session channel at"
	var refused *gossh.OpenChannelError
	if errors.As(err, &refused) {
		return nil, &Error{Kind: ErrChannelRefused, Address: c.config.Address, Doing: doing, Cause: err,
			Advice: "The server may allow fewer sessions on a connection, or for a user, than were asked for"}
	}
	return nil, c.stepError(ctx, limited, doing, err)
}

// startSubsystem asks for the subsystem, and waits for the answer.
func (c *Conn) startSubsystem(ctx context.Context, s *Stream, early []byte) error {
	limited, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	accepted, err := await(limited, func() (bool, error) { return c.request(s, early) }, func(bool) {})
	if err == nil && accepted {
		return nil
	}
	const doing = "starting the subsystem netconf at"
	const advice = "Check the port (NETCONF is on 830, a shell often on 22), and that NETCONF is enabled for this user"
	switch {
	case err == nil:
		return &Error{Kind: ErrNoSubsystem, Address: c.config.Address, Doing: doing, Advice: advice}
	case limited.Err() == nil && c.tcp.alive():
		return &Error{Kind: ErrNoSubsystem, Address: c.config.Address, Doing: doing, Advice: advice,
			Cause: errors.New("the server closed the channel instead of answering")}
	}
	return c.stepError(ctx, limited, doing, err)
}

// request sends the subsystem request (RFC 4254 §6.5), and the early octets
// right behind it.
func (c *Conn) request(s *Stream, early []byte) (bool, error) {
	if early == nil {
		return s.channel.SendRequest("subsystem", true, subsystemPayload())
	}
	before := c.tcp.written()
	sent := make(chan error, 1)
	go func() {
		c.tcp.waitWritten(before)
		_, err := s.channel.Write(early)
		sent <- err
	}()
	accepted, err := s.channel.SendRequest("subsystem", true, subsystemPayload())
	if err != nil || !accepted {
		return accepted, err
	}
	if err := <-sent; err != nil {
		return false, fmt.Errorf("sending octets early: %w", err)
	}
	return true, nil
}

func subsystemPayload() []byte {
	return gossh.Marshal(struct{ Name string }{subsystem})
}

// stepError explains a step that ran out of time, was cancelled, or lost its
// connection.
func (c *Conn) stepError(ctx, limited context.Context, doing string, err error) error {
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%s %s: %w", doing, c.config.Address, cancelled(ctx))
	case limited.Err() != nil:
		return timeoutError(c.config.Address, doing, c.config.Timeout, nil)
	}
	return &Error{Kind: ErrUnreachable, Address: c.config.Address, Doing: doing,
		Cause:  fmt.Errorf("the connection ended: %w", err),
		Advice: "The server may limit the number of connections or sessions; see its log"}
}

// Security tells user, host key, how it was verified, and the algorithms.
func (c *Conn) Security() map[string]string { return maps.Clone(c.security) }

// Done is closed when the connection is over, whoever ended it.
func (c *Conn) Done() <-chan struct{} { return c.done }

// Close closes every channel, then the TCP connection (FIN). The SSH library
// cannot send SSH_MSG_DISCONNECT, which RFC 4253 §11.1 leaves optional.
func (c *Conn) Close() error {
	c.leaving.Store(true)
	// A peer that takes nothing more must not keep us from leaving.
	limited, cancel := context.WithTimeout(context.Background(), closeLimit)
	defer cancel()
	_, _ = await(limited, func() (struct{}, error) {
		for _, s := range c.openStreams() {
			_ = s.Close()
		}
		return struct{}{}, nil
	}, func(struct{}) {})
	return c.CloseTCP()
}

// openStreams lists the streams that neither side has closed.
func (c *Conn) openStreams() []*Stream {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Keys(c.streams))
}

// Abort resets the TCP connection (RST): the peer hears nothing else.
func (c *Conn) Abort() error {
	c.leaving.Store(true)
	if err := c.tcp.SetLinger(0); err != nil {
		return c.closing("resetting", err)
	}
	return c.closing("resetting", c.tcp.Close())
}

// CloseTCP ends the TCP connection (FIN) without a word of SSH. What the peer
// still sends is taken for a second: closing with octets unread would turn the
// FIN into a reset.
func (c *Conn) CloseTCP() error {
	c.leaving.Store(true)
	if err := c.tcp.CloseWrite(); err != nil {
		return c.closing("closing", c.tcp.Close()) // the connection was lost before
	}
	return c.closing("closing", c.tcp.SetReadDeadline(time.Now().Add(closeLimit)))
}

// closing wraps err; a connection that is closed already is no fault.
func (c *Conn) closing(doing string, err error) error {
	if err == nil || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return fmt.Errorf("%s the connection to %s: %w", doing, c.config.Address, err)
}
