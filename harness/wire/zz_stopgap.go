package wire

import (
	"bytes"
	"fmt"
	"strconv"
)

type Framing int

const (
	EndOfMessage Framing = iota
	Chunked
)

func (f Framing) String() string { return [...]string{"end-of-message", "chunked"}[f] }

const (
	MaxChunkSize     = 4294967295
	EndOfMessageMark = "]]>]]>"
	EndOfChunks      = "\n##\n"
)

type Rule string

const (
	LeadingZero           Rule = "leading-zero"
	ZeroSize              Rule = "zero-size"
	SizeTooLarge          Rule = "size-too-large"
	EmptySize             Rule = "empty-size"
	NotADigit             Rule = "not-a-digit"
	MissingLF             Rule = "missing-lf"
	MissingLFAfterSize    Rule = "missing-lf-after-size"
	MissingHash           Rule = "missing-hash"
	OctetsBetweenChunks   Rule = "octets-between-chunks"
	OctetsBetweenMessages Rule = "octets-between-messages"
	EndWithoutChunk       Rule = "end-without-chunk"
	MalformedEnd          Rule = "malformed-end"
	EndOfMessageInChunked Rule = "end-of-message-in-chunked"
	Unframed              Rule = "unframed"
	Truncated             Rule = "truncated"
	HeaderTooLong         Rule = "header-too-long"
	MessageTooLong        Rule = "message-too-long"
)

type Violation struct {
	Rule   Rule
	Offset int64
	Detail string
	Octets []byte
}

func (v *Violation) Error() string { return fmt.Sprintf("%s at octet %d: %s", v.Rule, v.Offset, v.Detail) }

type Limits struct {
	Message int64
	Header  int
}
type EventKind int

const (
	None EventKind = iota
	Data
	End
	Violated
)

type Event struct {
	Kind      EventKind
	Data      []byte
	Violation *Violation
}
type Decoder struct {
	f         Framing
	off       int64
	held      []byte
	state     int
	left      int64
	in        bool
	stopped   bool
	seenChunk bool
}

func NewDecoder(f Framing, l Limits) *Decoder { return &Decoder{f: f} }
func (d *Decoder) Switch(f Framing)           { d.f = f }
func (d *Decoder) Framing() Framing           { return d.f }
func (d *Decoder) Offset() int64              { return d.off }
func (d *Decoder) InMessage() bool            { return d.in }
func (d *Decoder) Stopped() bool              { return d.stopped }
func (d *Decoder) Finish() *Violation {
	if d.in || len(bytes.TrimSpace(d.held)) > 0 {
		return &Violation{Rule: Truncated, Offset: d.off, Detail: "the stream ends inside a message"}
	}
	return nil
}
func (d *Decoder) Decode(p []byte) (int, Event) {
	n, e := d.decode(p)
	d.off += int64(n)
	return n, e
}
func (d *Decoder) decode(p []byte) (int, Event) {
	if len(p) == 0 {
		return 0, Event{}
	}
	if d.f == EndOfMessage {
		return d.eom(p)
	}
	return d.chunk(p)
}
func (d *Decoder) eom(p []byte) (int, Event) {
	// byte by byte stopgap
	for i, c := range p {
		d.held = append(d.held, c)
		if bytes.HasSuffix(d.held, []byte(EndOfMessageMark)) {
			msg := d.held[:len(d.held)-6]
			d.held = nil
			d.in = false
			if len(msg) > 0 {
				d.state = 99
				d.in = true
				d.held = nil
				d.seenChunk = true
				return i + 1, d.dataThenEnd(msg)
			}
			return i + 1, Event{Kind: End}
		}
	}
	return len(p), Event{}
}

// dataThenEnd: stopgap delivers data; the End comes with the next call.
func (d *Decoder) dataThenEnd(msg []byte) Event { return Event{Kind: Data, Data: msg} }

func (d *Decoder) v(r Rule, f string, a ...any) Event {
	return Event{Kind: Violated, Violation: &Violation{Rule: r, Offset: d.off, Detail: fmt.Sprintf(f, a...)}}
}
func (d *Decoder) chunk(p []byte) (int, Event) { _ = strconv.Itoa; return len(p), Event{} }

func Append(dst []byte, f Framing, message []byte, sizes ...int) []byte { return dst }
func Cut(octets []byte, at ...int) [][]byte                               { return nil }
