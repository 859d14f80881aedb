package session

import (
	"context"
	"io"
	"time"
)

// segment is what one read of the stream brought, and when.
type segment struct {
	octets []byte
	at     time.Time
	err    error // why nothing follows; octets are empty then
}

// held bounds how many reads wait for a spec to look at them (about 2 MiB); past that the server is slowed down.
const held = 64

// largestRead is how many octets one read takes at the most.
const largestRead = 32 << 10

// source reads a stream in the background, so that arrival times are true even while a spec is busy elsewhere.
type source struct {
	segments chan segment
	stop     chan struct{}
}

func newSource(r io.Reader) *source {
	s := &source{segments: make(chan segment, held), stop: make(chan struct{})}
	go s.pump(r)
	return s
}

func (s *source) pump(r io.Reader) {
	defer close(s.segments)
	buffer := make([]byte, largestRead)
	for {
		n, err := r.Read(buffer)
		if n > 0 && !s.put(segment{octets: append([]byte(nil), buffer[:n]...), at: time.Now()}) {
			return
		}
		if err != nil {
			s.put(segment{err: err, at: time.Now()})
			return
		}
	}
}

func (s *source) put(seg segment) bool {
	select {
	case s.segments <- seg:
		return true
	case <-s.stop:
		return false
	}
}

// next waits for the next segment, for as long as ctx lasts.
func (s *source) next(ctx context.Context) (segment, error) {
	select {
	case seg, open := <-s.segments:
		if !open {
			return segment{err: io.EOF, at: time.Now()}, nil
		}
		return seg, nil
	case <-ctx.Done():
		return segment{}, ctx.Err()
	}
}

// close lets the background reader go; whoever owns the stream closes it as well.
func (s *source) close() { close(s.stop) }
