package ssh

import (
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/transport"
)

const (
	// closeFollows is how long an EOF waits for the close that most servers send
	// right behind it, before a reader hears of the EOF alone.
	closeFollows = 50 * time.Millisecond
	// maxExtended bounds the octets kept of a stream's extended data.
	maxExtended = 64 << 10
)

// Stream is one SSH channel with the subsystem "netconf": a transport.Stream.
// A Write of up to the server's maximum packet size, with window left, is one
// SSH_MSG_CHANNEL_DATA.
type Stream struct {
	conn    *Conn
	channel gossh.Channel
	gone    chan struct{}

	mu       sync.Mutex
	leaving  bool // we have closed the channel
	ended    string
	extended []byte
}

func newStream(c *Conn, channel gossh.Channel, requests <-chan *gossh.Request) *Stream {
	s := &Stream{conn: c, channel: channel, gone: make(chan struct{})}
	c.mu.Lock()
	c.streams[s] = struct{}{}
	c.mu.Unlock()
	go s.serve(requests)
	go s.collect()
	return s
}

// serve answers the server's requests (RFC 4254 §5.4: one that is not
// understood fails) until the channel is gone, and notes how it went.
func (s *Stream) serve(requests <-chan *gossh.Request) {
	gossh.DiscardRequests(requests)
	if s.conn.tcp.alive() {
		s.end(transport.EndedClose)
	} else {
		s.end(transport.EndedDisconnect)
	}
	s.conn.mu.Lock()
	delete(s.conn.streams, s)
	s.conn.mu.Unlock()
	close(s.gone)
}

// collect keeps the first octets of the extended data, and takes the rest, so
// that it does not use up the channel's window.
func (s *Stream) collect() {
	buffer := make([]byte, 4096)
	for {
		n, err := s.channel.Stderr().Read(buffer)
		s.mu.Lock()
		s.extended = append(s.extended, buffer[:min(n, maxExtended-len(s.extended))]...)
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// end notes how the peer ended the stream, unless we did.
func (s *Stream) end(how string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.leaving || s.conn.leaving.Load() {
		return
	}
	if how == transport.EndedEOF && s.ended != transport.EndedNot {
		return // a close that came meanwhile says more
	}
	s.ended = how
}

// Read reads channel data. It returns io.EOF when the server sends no more;
// Ended tells why.
func (s *Stream) Read(p []byte) (int, error) {
	n, err := s.channel.Read(p)
	if errors.Is(err, io.EOF) {
		s.sawEOF()
	}
	return n, err
}

func (s *Stream) sawEOF() {
	follows := time.NewTimer(closeFollows)
	defer follows.Stop()
	select {
	case <-s.gone:
	case <-follows.C:
		s.end(transport.EndedEOF)
	}
}

// Write sends channel data. It returns io.EOF when the channel is closed.
func (s *Stream) Write(p []byte) (int, error) { return s.channel.Write(p) }

// CloseWrite sends SSH_MSG_CHANNEL_EOF.
func (s *Stream) CloseWrite() error { return s.channel.CloseWrite() }

// Close sends SSH_MSG_CHANNEL_CLOSE. A channel that is closed already is
// closed well enough.
func (s *Stream) Close() error {
	s.mu.Lock()
	s.leaving = true
	s.mu.Unlock()
	if err := s.channel.Close(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// Ended tells how the peer ended the stream; see transport.Stream.
func (s *Stream) Ended() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// Gone is closed when the channel is closed by the server, or with its connection.
func (s *Stream) Gone() <-chan struct{} { return s.gone }

// Extended returns the first 64 KiB of extended data (RFC 4254 §5.2, stderr)
// that the server sent.
func (s *Stream) Extended() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.extended)
}
