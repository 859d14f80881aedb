package wire

import "fmt"

// tooLong stops the decoder at the octet at offset, which exceeds the limit of a message.
func (d *Decoder) tooLong(offset int64, octet byte) Event {
	what := "octets without a message"
	if d.inMessage {
		what = "octets in one message"
	}
	d.step = stopped
	// The octet and some after it may have been read already, to find out that they are data.
	d.recent = d.recent[:max(0, len(d.recent)-int(d.place()-offset))]
	detail := fmt.Sprintf("more than the limit of %d %s", d.limits.Message, what)
	return violated(d.violate(MessageTooLong, offset, detail, []byte{octet}))
}

func violated(v *Violation) Event { return Event{Kind: Violated, Offset: v.Offset, Violation: v} }

// Finish tells what is wrong with the stream ending here: nothing (nil), or Truncated inside a message or a header.
// It changes nothing, so it also explains what a peer that has fallen silent still owes.
func (d *Decoder) Finish() *Violation {
	missing := d.missing()
	if missing == "" || d.Stopped() {
		return nil
	}
	if d.framing == Chunked && !d.inMessage && string(d.held) == "\n" {
		return d.violate(OctetsBetweenMessages, d.offset-1, "a LF that begins no chunk", nil)
	}
	return d.violate(Truncated, d.offset, "the stream ends where "+missing+" belongs", nil)
}

// missing names what has to come before the stream may end.
func (d *Decoder) missing() string {
	switch {
	case d.framing == EndOfMessage && (d.inMessage || len(d.held) > 0):
		return "the rest of a message and its mark " + EndOfMessageMark
	case d.framing == EndOfMessage:
		return ""
	case d.step == readingData:
		return fmt.Sprintf("the rest of a chunk (%d octets)", d.remaining)
	case d.step == searching && d.lost.document:
		return "the end of a message without framing"
	case len(d.held) > 0 && d.step == readingHeader:
		return fmt.Sprintf("the rest of a chunk header or of the end-of-chunks after %q", d.held)
	case d.inMessage:
		return "a chunk or the end-of-chunks"
	}
	return ""
}
