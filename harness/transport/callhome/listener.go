// Package callhome is the client's side of call home (RFC 8071 §3.1): it listens for the server's TCP connection and does
// on it what SSH or TLS do on one of their own. A caller that does not prove to be the server is refused, and named.
package callhome

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/transport"
)

// The ports that servers call by default (RFC 8071 §6).
const (
	SSHPort = "4334"
	TLSPort = "4335"
)

// ErrNoCall is a server that has not called, or not proved to be itself.
var ErrNoCall = errors.New("the server has not called home")

// mostStrangers bounds the refused callers that are remembered.
const mostStrangers = 8

// listener accepts calls from its first use on, and for as long as the process lives: a server calls when it likes.
type listener struct {
	address string
	limit   time.Duration

	mu        sync.Mutex
	listening net.Listener
	calls     chan net.Conn
	stop      chan struct{} // closed when nobody takes calls any more
	closed    bool
	strangers []string
	refused   int
}

// start begins to listen, once.
func (l *listener) start() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.listening != nil {
		return nil
	}
	listening, err := net.Listen("tcp", l.address)
	if err != nil {
		return &transport.Error{Kind: transport.ErrUnreachable, Address: l.address, Doing: "listening for a call home at", Cause: err,
			Advice: "Give an address of this machine and a port that is free; ports below 1024 need rights"}
	}
	l.listening, l.calls = listening, make(chan net.Conn)
	l.stop = make(chan struct{})
	go l.accept(listening)
	return nil
}

func (l *listener) accept(from net.Listener) {
	defer close(l.calls)
	for {
		conn, err := from.Accept()
		if err != nil {
			return // closed
		}
		select {
		case l.calls <- conn:
		case <-l.stop:
			_ = conn.Close()
		}
	}
}

// next waits for the next call.
func (l *listener) next(ctx context.Context) (net.Conn, error) {
	if err := l.start(); err != nil {
		return nil, err
	}
	select {
	case conn, open := <-l.calls:
		if !open {
			return nil, fmt.Errorf("waiting for a call home at %s: %w", l.address, net.ErrClosed)
		}
		return conn, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// refuse hangs up on a caller and remembers who it was.
func (l *listener) refuse(conn net.Conn, why error) {
	_ = conn.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refused++
	if len(l.strangers) < mostStrangers {
		l.strangers = append(l.strangers, fmt.Sprintf("%s (%v)", conn.RemoteAddr(), why))
	}
}
