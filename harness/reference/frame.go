package reference

import (
	"fmt"
	"io"
	"strconv"

	"github.com/ncspec/ncspec/harness/wire"
)

// chunkSize is how many octets of a message the server holds before it sends them as a chunk.
const chunkSize = 16 << 10

// frameWriter frames one message as it is written (RFC 6242 §4.2, §4.3): nothing but the chunk at hand is kept.
type frameWriter struct {
	out     io.Writer
	framing wire.Framing
	held    []byte
	chunks  int
	err     error
}

// Write takes the next octets of the message.
func (f *frameWriter) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 && f.err == nil {
		n := min(len(p), chunkSize-len(f.held))
		f.held = append(f.held, p[:n]...)
		p = p[n:]
		written += n
		if len(f.held) == chunkSize {
			f.flush("")
		}
	}
	return written, f.err
}

// Close sends what is held and ends the message.
func (f *frameWriter) Close() error {
	if f.framing == wire.Chunked {
		f.flush(wire.EndOfChunks)
	} else {
		f.flush(wire.EndOfMessageMark)
	}
	return f.err
}

// flush sends what is held, and the end with it: a client should see a short reply arrive as one.
func (f *frameWriter) flush(end string) {
	if f.err != nil {
		return
	}
	var octets []byte
	if f.framing == wire.Chunked && len(f.held) > 0 {
		octets = append(octets, f.header(len(f.held))...)
		f.chunks++
	}
	octets = append(octets, f.held...)
	octets = append(octets, end...)
	f.held = f.held[:0]
	if _, err := f.out.Write(octets); err != nil {
		f.err = fmt.Errorf("sending a message: %w", err)
	}
}

func (f *frameWriter) header(size int) string { return "\n#" + strconv.Itoa(size) + "\n" }
