package ssh

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// jumpIdle is how long the connection to a jump host is kept when nothing goes
// through it: the next one may follow soon, and a login may take somebody's answer.
const jumpIdle = time.Minute

// carrier is the one connection to a jump host that all tunnels of a Dialer
// share: a code that somebody must type is asked for once.
type carrier struct {
	mu      sync.Mutex
	conn    *Conn
	tunnels int
	idle    *time.Timer // ends the connection, nil unless nothing goes through it
}

// take gives the connection, made anew if there is none, and counts a tunnel.
func (c *carrier) take(ctx context.Context, d *Dialer) (*Conn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.idle != nil {
		c.idle.Stop()
		c.idle = nil
	}
	if c.conn != nil && over(c.conn) {
		c.conn = nil
	}
	if c.conn == nil {
		made, err := d.Dial(ctx)
		if err != nil {
			return nil, err
		}
		c.conn, c.tunnels = made.(*Conn), 0
	}
	c.tunnels++
	return c.conn, nil
}

// give counts that a tunnel through conn has ended.
func (c *carrier) give(conn *Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != conn {
		return
	}
	if c.tunnels--; c.tunnels == 0 {
		c.idle = time.AfterFunc(jumpIdle, func() { c.leave(conn) })
	}
}

// leave ends the connection if still nothing goes through it.
func (c *carrier) leave(conn *Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == conn && c.tunnels == 0 {
		_ = conn.Close()
		c.conn = nil
	}
}

func over(c *Conn) bool {
	select {
	case <-c.Done():
		return true
	default:
		return false
	}
}

// route lists the jump hosts up to this one, each with how its key was verified.
func (d *Dialer) route() []string {
	var hops []string
	if d.config.Via != nil {
		hops = d.config.Via.route()
	}
	hop := d.config.User + "@" + d.config.Address
	d.carrier.mu.Lock()
	defer d.carrier.mu.Unlock()
	if conn := d.carrier.conn; conn != nil {
		hop += fmt.Sprintf(" (%s, %s)", conn.security["host-key"], conn.security["host-key-verified"])
	}
	return append(hops, hop)
}

// tunnel makes a connection from the jump host to address (RFC 4254 §7.2). The
// error names the jump host.
func (d *Dialer) tunnel(ctx context.Context, address string) (*tunnel, error) {
	via, err := d.carrier.take(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("jump host %s: %w", d.config.Address, err)
	}
	release := sync.OnceFunc(func() { d.carrier.give(via) })
	limited, cancel := context.WithTimeout(ctx, d.config.Timeout)
	defer cancel()
	t, err := await(limited, func() (*tunnel, error) { return via.forward(address, release) }, func(t *tunnel) { _ = t.Close() })
	if err == nil {
		return t, nil
	}
	release()
	return nil, d.notForwarded(ctx, limited, via, address, err)
}

// forward opens a channel that the jump host connects with address.
func (c *Conn) forward(address string, release func()) (*tunnel, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, err
	}
	channel, requests, err := c.ssh.OpenChannel("direct-tcpip", gossh.Marshal(struct {
		Host       string
		Port       uint32
		Originator string
		From       uint32
	}{host, uint32(number), "127.0.0.1", 0}))
	if err != nil {
		return nil, err
	}
	go gossh.DiscardRequests(requests)
	return newTunnel(channel, release), nil
}

// notForwarded explains why a jump host leads no further.
func (d *Dialer) notForwarded(ctx, limited context.Context, via *Conn, address string, err error) error {
	doing := "connecting to " + address + " through the jump host"
	var refused *gossh.OpenChannelError
	switch {
	case errors.As(err, &refused) && refused.Reason == gossh.ConnectionFailed:
		return &Error{Kind: ErrUnreachable, Address: d.config.Address, Doing: doing, Cause: fmt.Errorf("the jump host says: %s", refused.Message),
			Advice: "Check the address as it is seen from the jump host, and that the server runs"}
	case errors.As(err, &refused):
		return &Error{Kind: ErrUnreachable, Address: d.config.Address, Doing: doing,
			Cause:  fmt.Errorf("the jump host refuses to forward: %s", refused.Message),
			Advice: "Allow TCP forwarding there (AllowTcpForwarding, PermitOpen) for this user"}
	}
	return via.stepError(ctx, limited, doing, err)
}

// tunnel is a connection by way of a jump host. Octets to be read go through a
// pipe, which knows deadlines; the channel knows none.
type tunnel struct {
	net.Conn // our end of the pipe
	channel  gossh.Channel
	release  func()
}

func newTunnel(channel gossh.Channel, release func()) *tunnel {
	near, far := net.Pipe()
	go func() {
		_, _ = io.Copy(far, channel)
		_ = far.Close()
	}()
	go func() { _, _ = io.Copy(io.Discard, channel.Stderr()) }()
	return &tunnel{Conn: near, channel: channel, release: release}
}

// Write sends octets. A deadline does not end it; closing does.
func (t *tunnel) Write(p []byte) (int, error) { return t.channel.Write(p) }

// CloseWrite has the jump host tell the server that no more octets follow.
func (t *tunnel) CloseWrite() error { return t.channel.CloseWrite() }

// SetLinger does nothing: how the server's connection ends is the jump host's business.
func (t *tunnel) SetLinger(int) error { return nil }

// RemoteAddr is an address that says nothing, as the server's is known to the jump host only.
func (t *tunnel) RemoteAddr() net.Addr { return &net.TCPAddr{} }

// Close ends the connection, and leaves that to the jump host alone.
func (t *tunnel) Close() error {
	defer t.release()
	_ = t.channel.Close()
	return t.Conn.Close()
}
