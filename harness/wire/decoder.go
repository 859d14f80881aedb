// Package wire frames and deframes NETCONF messages (RFC 6242 §4): the chunked framing of base:1.1 and the
// end-of-message framing of base:1.0. The decoder observes a peer: it is strict, reports every fault with its place,
// and goes on decoding wherever it safely can, so that one fault does not hide the next.
package wire

import "slices"

// Framing is one of the two ways to tell messages apart on a stream.
type Framing int

const (
	// EndOfMessage puts EndOfMessageMark after each message (RFC 6242 §4.3).
	EndOfMessage Framing = iota
	// Chunked sends a message as chunks and EndOfChunks after the last (RFC 6242 §4.2).
	Chunked
)

// String gives "end-of-message" or "chunked".
func (f Framing) String() string {
	if f == Chunked {
		return "chunked"
	}
	return "end-of-message"
}

const (
	// MaxChunkSize is the largest chunk-size allowed, in octets (RFC 6242 §4.2).
	MaxChunkSize = 4294967295
	// EndOfMessageMark ends a message in end-of-message framing (RFC 6242 §4.3).
	EndOfMessageMark = "]]>]]>"
	// EndOfChunks ends a message in chunked framing (RFC 6242 §4.2).
	EndOfChunks = "\n##\n"

	defaultMessageLimit = 1 << 30
	defaultHeaderLimit  = 64
)

// Limits bound what a peer can make the decoder accept. What is not above 0 takes its default.
type Limits struct {
	Message int64 // octets of one decoded message, or of a run of octets that belong to none; default 1 GiB
	Header  int   // octets of a chunk header between its # and its end; default 64
}

// EventKind tells what Decode came upon.
type EventKind int

const (
	// None means that all octets given are consumed and nothing is to be said: feed more.
	None EventKind = iota
	// Data is a part of a message, in order.
	Data
	// End means that the message is complete. Its data, which may be none at all, came before.
	End
	// Violated means that octets break the framing.
	Violated
)

// Event is what Decode came upon.
type Event struct {
	Kind      EventKind
	Data      []byte     // of Data: not empty; aliases the octets given or a buffer that is not written again
	Offset    int64      // of Data: where its first octet stood in the stream; of Violated: where the fault is
	Violation *Violation // of Violated
}

// Decoder takes the octets of one direction of a session and tells messages and faults. It holds no message, at most
// one header, so that a message of any size can pass through it. It is not safe for concurrent use.
type Decoder struct {
	framing Framing
	limits  Limits
	step    step

	offset int64  // octets consumed
	held   []byte // consumed, but what they mean depends on what follows
	again  []byte // consumed, but to be read again before anything new
	recent []byte // the last octets read, for violations
	keep   int    // how many of them at least
	told   int    // faults already reported of the header at hand

	inMessage bool
	length    int64  // octets of this message, or octets skipped since the last
	remaining int64  // octets missing in this chunk
	blanks    []byte // end-of-message framing: white space that may or may not belong to a message
	lost      lost
}

// step is what a decoder for chunked framing does next.
type step int

const (
	readingHeader step = iota
	readingData
	searching // for the next header, after a fault
	stopped
)

// NewDecoder gives a decoder for a stream that begins in the framing f.
func NewDecoder(f Framing, l Limits) *Decoder {
	if l.Message <= 0 {
		l.Message = defaultMessageLimit
	}
	if l.Header <= 0 {
		l.Header = defaultHeaderLimit
	}
	return &Decoder{framing: f, limits: l, keep: evidence + max(l.Header, keptBlanks) + len(EndOfMessageMark)}
}

// Framing gives the framing in force.
func (d *Decoder) Framing() Framing { return d.framing }

// Offset gives the number of octets consumed since the start of the stream.
func (d *Decoder) Offset() int64 { return d.offset }

// InMessage tells whether a message has begun and not ended.
func (d *Decoder) InMessage() bool { return d.inMessage }

// Stopped tells whether a limit was exceeded. From then on Decode swallows everything and reports nothing.
func (d *Decoder) Stopped() bool { return d.step == stopped }

// Switch changes the framing from the next octet on; offsets go on. It belongs between two messages, right after the
// End of the first: what has come of a message under way is dropped. A decoder that stopped stays so.
func (d *Decoder) Switch(f Framing) {
	if d.Stopped() {
		return
	}
	d.framing, d.step = f, readingHeader
	d.held, d.blanks, d.told = nil, nil, 0
	d.endMessage()
}

// Decode consumes octets of p up to the first event: it gives the event and how many octets it consumed, which may
// be 0 beside an event. Call it again with what is left until that is empty; the same octets give the same messages
// and violations however they are cut into calls. With None all of p is consumed.
func (d *Decoder) Decode(p []byte) (n int, ev Event) {
	for n < len(p) {
		if d.Stopped() {
			d.offset += int64(len(p) - n)
			return len(p), Event{}
		}
		next := p[n:]
		if len(d.again) > 0 {
			next = d.again
		}
		used, ev := d.read(next)
		d.remember(next[:used])
		// What is to be read again was put there by this very step, which then used nothing, or is what it read.
		if len(d.again) > 0 {
			d.again = d.again[used:]
		} else {
			n += used
			d.offset += int64(used)
		}
		if ev.Kind != None {
			return n, ev
		}
	}
	return n, Event{}
}

// read makes one step over p, which is not empty.
func (d *Decoder) read(p []byte) (used int, ev Event) {
	if d.framing == EndOfMessage {
		return d.readEndOfMessage(p)
	}
	switch d.step {
	case readingData:
		return d.readData(p)
	case searching:
		return d.search(p)
	}
	return d.readHeader(p)
}

// place gives the offset of the octet that the next step begins with.
func (d *Decoder) place() int64 { return d.offset - int64(len(d.again)) }

// reread puts octets back that were read last, of which the step at hand used none.
func (d *Decoder) reread(octets []byte) {
	if len(octets) == 0 {
		return
	}
	// A new buffer: events may alias the old one.
	d.again = slices.Concat(octets, d.again)
	d.recent = d.recent[:max(0, len(d.recent)-len(octets))]
}

// remember keeps the last octets read.
func (d *Decoder) remember(octets []byte) {
	octets = octets[max(0, len(octets)-d.keep):]
	if len(d.recent)+len(octets) > 4*d.keep {
		d.recent = append(d.recent[:0], d.recent[len(d.recent)-d.keep:]...)
	}
	d.recent = append(d.recent, octets...)
}

func (d *Decoder) beginMessage() {
	if !d.inMessage {
		d.inMessage, d.length = true, 0
	}
}

func (d *Decoder) endMessage() { d.inMessage, d.length = false, 0 }

// deliver gives octets of a message that began at offset, as many as the limit allows.
func (d *Decoder) deliver(octets []byte, offset int64) (n int, ev Event) {
	d.beginMessage()
	n = int(min(int64(len(octets)), d.limits.Message-d.length))
	if n == 0 {
		return 0, d.tooLong(offset, octets[0])
	}
	d.length += int64(n)
	return n, Event{Kind: Data, Data: octets[:n], Offset: offset}
}

// skip passes over octets that belong to no message, as many as the limit allows.
func (d *Decoder) skip(octets []byte, offset int64) (n int, ev Event) {
	n = int(min(int64(len(octets)), d.limits.Message-d.length))
	if n == 0 {
		return 0, d.tooLong(offset, octets[0])
	}
	d.length += int64(n)
	return n, Event{}
}
