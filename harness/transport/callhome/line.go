package callhome

import (
	"context"
	"errors"
	"maps"
	"sync"

	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// line is an SSH connection that the server has made, and that sessions may have to share.
type line struct {
	ssh *ssh.Conn

	mu     sync.Mutex
	leases int
	kept   bool // it outlasts its last lease, for the server makes one call at a time
}

// alive tells whether the connection is there.
func (l *line) alive() bool {
	if l == nil {
		return false
	}
	select {
	case <-l.ssh.Done():
		return false
	default:
		return true
	}
}

func (l *line) keep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept = true
}

// outlasts tells whether the connection goes on without leases.
func (l *line) outlasts() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.kept
}

func (l *line) lease() *lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leases++
	return &lease{line: l}
}

// lease is the part of a line that whoever dialled has: a transport.Conn and a transport.EarlyOpener.
type lease struct {
	line *line

	mu      sync.Mutex
	streams []transport.Stream
	over    bool
}

// Open opens a channel with the subsystem netconf.
func (l *lease) Open(ctx context.Context) (transport.Stream, error) {
	return l.mind(l.line.ssh.Open(ctx))
}

// OpenEarly is Open with octets sent early.
func (l *lease) OpenEarly(ctx context.Context, octets []byte) (transport.Stream, error) {
	return l.mind(l.line.ssh.OpenEarly(ctx, octets))
}

func (l *lease) mind(stream transport.Stream, err error) (transport.Stream, error) {
	if err == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.streams = append(l.streams, stream)
	}
	return stream, err
}

// Asked is how many global requests the server has made that want an answer.
func (l *lease) Asked() int64 { return l.line.ssh.Asked() }

// Close closes the channels that were opened here, and the connection with the last lease of it.
func (l *lease) Close() error {
	l.mu.Lock()
	var faults []error
	for _, stream := range l.streams {
		faults = append(faults, stream.Close())
	}
	l.streams = nil
	l.mu.Unlock()
	if last := l.giveUp(); last && !l.line.outlasts() {
		return l.line.ssh.Close()
	}
	return errors.Join(faults...)
}

// giveUp ends the lease, and tells whether it was the last one.
func (l *lease) giveUp() bool {
	l.line.mu.Lock()
	defer l.line.mu.Unlock()
	if !l.over {
		l.over = true
		l.line.leases--
	}
	return l.line.leases == 0
}

// errShared is the error of an end of the connection that would hit other sessions.
var errShared = errors.New("the server makes one call at a time, and other sessions are on this connection: it cannot be ended")

// Abort resets the connection where nobody else is on it.
func (l *lease) Abort() error {
	if !l.giveUp() {
		return errShared
	}
	return l.line.ssh.Abort()
}

// CloseTCP ends the TCP connection where nobody else is on it.
func (l *lease) CloseTCP() error {
	if !l.giveUp() {
		return errShared
	}
	return l.line.ssh.CloseTCP()
}

// Security tells what SSH tells, and that the server called.
func (l *lease) Security() map[string]string {
	s := l.line.ssh.Security()
	maps.Copy(s, map[string]string{"call-home": "a connection a call"})
	if l.line.outlasts() {
		s["call-home"] = "one connection at a time, shared"
	}
	return s
}
