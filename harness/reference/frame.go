package reference

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/wire"
)

// chunkSize is how many octets of a message the server holds before it sends them as a chunk.
const chunkSize = 16 << 10

// frameWriter frames one message as it is written (RFC 6242 §4.2, §4.3): nothing but the chunk at hand is kept.
type frameWriter struct {
	out     io.Writer
	framing wire.Framing
	broken  func(string) bool
	end     string // instead of the right end of the message, where it is not ""
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
	switch {
	case f.end != "":
		f.flush(f.end)
	case f.framing == wire.EndOfMessage:
		f.flush(wire.EndOfMessageMark)
	case f.broken("line-feed-after-message"):
		f.flush(wire.EndOfChunks + "\n")
	default:
		f.flush(wire.EndOfChunks)
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
		octets = append(octets, f.header()...)
		f.chunks++
	}
	octets = append(octets, f.held...)
	octets = append(octets, end...)
	f.held = f.held[:0]
	if _, err := f.out.Write(octets); err != nil {
		f.err = fmt.Errorf("sending a message: %w", err)
	}
}

// header begins the chunk that is held: its size in octets, in decimal digits without leading zeros.
func (f *frameWriter) header() string {
	size := len(f.held)
	if f.broken("chunk-size-in-characters") {
		size = utf8.RuneCount(f.held)
	}
	if f.broken("size-of-later-chunk-too-small") && f.chunks == 64 {
		size--
	}
	if f.broken("chunk-size-with-leading-zero") {
		return "\n#0" + strconv.Itoa(size) + "\n"
	}
	return "\n#" + strconv.Itoa(size) + "\n"
}
