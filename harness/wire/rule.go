package wire

import (
	"fmt"
	"slices"
)

// Rule names the part of RFC 6242 §4.2 or §4.3 that octets break, or the limit of our own that they exceed.
type Rule string

const (
	// LeadingZero is a chunk-size that begins with 0 and goes on (the ABNF wants DIGIT1 first).
	LeadingZero Rule = "leading-zero"
	// ZeroSize is a chunk-size of the value 0: chunk-data holds at least one octet.
	ZeroSize Rule = "zero-size"
	// SizeTooLarge is a chunk-size above MaxChunkSize, also one that no integer could hold.
	SizeTooLarge Rule = "size-too-large"
	// EmptySize is a chunk header without any digit: LF # LF.
	EmptySize Rule = "empty-size"
	// NotADigit is anything but a digit in a chunk-size: a sign, a blank, a hexadecimal letter, a CR.
	NotADigit Rule = "not-a-digit"
	// MissingLF is a # that begins a header or an end-of-chunks without the LF in front of it.
	MissingLF Rule = "missing-lf"
	// MissingLFAfterSize is chunk-data that follows the chunk-size without a LF in between.
	MissingLFAfterSize Rule = "missing-lf-after-size"
	// MissingHash is LF and digits and LF where LF # digits LF belongs.
	MissingHash Rule = "missing-hash"
	// OctetsBetweenChunks are octets after chunk-data that begin neither a chunk nor the end-of-chunks.
	OctetsBetweenChunks Rule = "octets-between-chunks"
	// OctetsBetweenMessages are octets after an end-of-chunks that do not begin a chunk.
	OctetsBetweenMessages Rule = "octets-between-messages"
	// EndWithoutChunk is an end-of-chunks with no chunk before it.
	EndWithoutChunk Rule = "end-without-chunk"
	// MalformedEnd is LF ## followed by something else than LF.
	MalformedEnd Rule = "malformed-end"
	// EndOfMessageInChunked is the mark ]]>]]> outside chunk-data of a session with chunked framing.
	EndOfMessageInChunked Rule = "end-of-message-in-chunked"
	// Unframed is an XML document that begins where a chunk header must stand.
	Unframed Rule = "unframed"
	// Truncated is the end of the stream inside a message or inside a header.
	Truncated Rule = "truncated"
	// HeaderTooLong is a chunk header longer than Limits.Header. It stops the decoder.
	HeaderTooLong Rule = "header-too-long"
	// MessageTooLong is a message, or a run of octets without a message, longer than Limits.Message. It stops the decoder.
	MessageTooLong Rule = "message-too-long"
)

// Section gives the section of RFC 6242 that the rule comes from: "4.2", or "" for the limits of our own. Truncated is
// a fault in either framing; Violation.Section knows which.
func (r Rule) Section() string {
	switch r {
	case HeaderTooLong, MessageTooLong:
		return ""
	}
	return "4.2"
}

// Violation is one fault in the framing of a stream.
type Violation struct {
	Rule    Rule
	Framing Framing // in force at that place
	Offset  int64   // of the first octet at fault, counted from the start of the stream
	Detail  string  // what stood there and what belongs there
	Octets  []byte  // up to 32 octets of the stream that end where the fault became plain
}

// Section gives the section of RFC 6242 that was broken: "4.2", "4.3", or "" for a limit of our own.
func (v *Violation) Section() string {
	if v.Rule == Truncated && v.Framing == EndOfMessage {
		return "4.3"
	}
	return v.Rule.Section()
}

// Error says what is wrong and where, on one line.
func (v *Violation) Error() string {
	text := fmt.Sprintf("%s at octet %d: %s (… %q)", v.Rule, v.Offset, v.Detail, v.Octets)
	if section := v.Section(); section != "" {
		return text + " [RFC 6242 §" + section + "]"
	}
	return text
}

// evidence is how many octets a violation shows.
const evidence = 32

// violate makes a violation. The octets shown are those settled so far and then next, up to the one that gave it away.
func (d *Decoder) violate(rule Rule, offset int64, detail string, next []byte) *Violation {
	octets := slices.Concat(d.recent, next)
	octets = octets[max(0, len(octets)-evidence):]
	return &Violation{Rule: rule, Framing: d.framing, Offset: offset, Detail: detail, Octets: octets}
}
