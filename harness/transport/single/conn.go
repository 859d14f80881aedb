// Package single makes connections that carry one NETCONF session each, as all transports but SSH do: TLS, Unix sockets,
// child processes. What the octets travel on is a Link; the life of the one stream is kept here.
package single

import (
	"context"
	"errors"
	"maps"
	"sync"

	"github.com/ncspec/ncspec/harness/transport"
)

// Link is what carries the octets. Read and Write may run at the same time; each of the others may be called at any time,
// and more than once.
type Link interface {
	Read(p []byte) (int, error)
	Write(p []byte) (int, error)
	// CloseWrite tells the peer that no more octets follow.
	CloseWrite() error
	// Close ends the connection in the transport's own orderly way. A Read that waits returns soon.
	Close() error
	// Drop ends the connection without a word of the transport's own.
	Drop() error
	// Abort ends the connection at once, as a crash would.
	Abort() error
	// Ending tells how the peer ended the connection, one of the transport's Ended constants, by the error of Read.
	Ending(err error) string
}

// ErrOneSession is the error of a second session on one connection.
var ErrOneSession = errors.New("this transport carries one session a connection: connect once more for another")

// Conn is a transport.Conn with one stream.
type Conn struct {
	link     Link
	security map[string]string
	stream   *Stream

	mu     sync.Mutex
	opened bool
}

// New makes a connection of a link. security is what Security tells.
func New(link Link, security map[string]string) *Conn {
	return &Conn{link: link, security: security, stream: &Stream{link: link, gone: make(chan struct{})}}
}

// Open gives the connection's stream; a second call gives ErrOneSession.
func (c *Conn) Open(ctx context.Context) (transport.Stream, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.opened {
		return nil, ErrOneSession
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.opened = true
	return c.stream, nil
}

// Close ends the connection in the transport's own orderly way.
func (c *Conn) Close() error {
	c.stream.leave()
	return c.link.Close()
}

// Abort ends the connection at once, as a crash would.
func (c *Conn) Abort() error {
	c.stream.leave()
	return c.link.Abort()
}

// CloseTCP ends the connection without a word of the transport's own.
func (c *Conn) CloseTCP() error {
	c.stream.leave()
	return c.link.Drop()
}

// Security tells how the connection is protected and how the server was identified.
func (c *Conn) Security() map[string]string { return maps.Clone(c.security) }

// Stream is the one stream of a connection; closing it closes the connection.
type Stream struct {
	link Link
	gone chan struct{}
	over sync.Once

	mu      sync.Mutex
	leaving bool // we ended it
	ended   string
}

// Read reads what the server sent, and notes how it ended the stream.
func (s *Stream) Read(p []byte) (int, error) {
	n, err := s.link.Read(p)
	if err != nil {
		s.end(s.link.Ending(err))
	}
	return n, err
}

// end notes the end, and who it came from.
func (s *Stream) end(how string) {
	s.mu.Lock()
	if !s.leaving {
		s.ended = how
	}
	s.mu.Unlock()
	if how != transport.EndedEOF {
		s.over.Do(func() { close(s.gone) })
	}
}

func (s *Stream) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaving = true
}

// Write sends octets.
func (s *Stream) Write(p []byte) (int, error) { return s.link.Write(p) }

// CloseWrite tells the server that no more octets follow.
func (s *Stream) CloseWrite() error { return s.link.CloseWrite() }

// Close ends the stream, and the connection that is there for nothing else.
func (s *Stream) Close() error {
	s.leave()
	return s.link.Close()
}

// Ended tells how the server ended the stream; see transport.Stream.
func (s *Stream) Ended() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// Gone is closed once nothing more can come, as far as a Read has found out.
func (s *Stream) Gone() <-chan struct{} { return s.gone }
