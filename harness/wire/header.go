package wire

import (
	"bytes"
	"fmt"
	"strconv"
)

// meaning is what octets between chunks turned out to be.
type meaning int

const (
	undecided meaning = iota // more octets are needed
	chunk
	endOfChunks
	mark     // ]]>]]>
	document // XML that begins without a chunk header
	junk
	endless // a header over the limit
)

// unknownSize stands for the size of a chunk whose header does not tell it.
const unknownSize = -1

// longestSize is how many digits MaxChunkSize has.
const longestSize = 10

// header is the reading of octets that stand where a chunk header or an end-of-chunks belongs.
type header struct {
	meaning meaning
	size    int64   // of a chunk
	rest    int     // how many of the last octets belong to what follows
	white   bool    // of junk: it begins with white space
	faults  []fault // in the order of their places
}

// fault is a violation at a place relative to the octets read.
type fault struct {
	rule   Rule
	at     int
	detail string
}

// interpreter reads the octets between chunks. It has no state: it is given all octets again with each new one, and
// decides with the last one or not yet.
type interpreter struct {
	inMessage bool
	limit     int
}

// read reads c, which is not empty (RFC 6242 §4.2: chunk and end-of-chunks begin LF #).
func (i interpreter) read(c []byte) header {
	lf := 0
	if c[0] == '\n' {
		lf = 1
	}
	if len(c) == lf {
		return header{}
	}
	switch first := c[lf]; {
	case first == '#':
		return i.afterHash(c, lf)
	case first == EndOfMessageMark[0]:
		return i.mark(c, lf)
	case first == '<' && !i.inMessage:
		return header{meaning: document, rest: 1, faults: []fault{{Unframed, lf, "an XML document begins where LF # belongs"}}}
	case lf == 1 && isDigit(first):
		return i.bareSize(c)
	}
	return i.junk(c)
}

// afterHash reads c, which has a # at lf.
func (i interpreter) afterHash(c []byte, lf int) header {
	body := c[lf+1:]
	var h header
	switch {
	case len(body) == 0:
		return header{}
	case lf == 0 && body[0] != '#' && !isDigit(body[0]):
		return i.junk(c) // a lone # is no header
	case body[0] == '#':
		h = i.end(body)
	default:
		h = size(body)
	}
	if h.meaning == undecided {
		if len(body) <= i.limit {
			return h
		}
		h = header{meaning: endless, faults: []fault{{HeaderTooLong, 0, fmt.Sprintf("a chunk header of more than %d octets", i.limit)}}}
	}
	for k := range h.faults {
		h.faults[k].at += lf + 1
	}
	if lf == 0 {
		h.faults = append([]fault{{MissingLF, 0, "# without LF before it"}}, h.faults...)
	}
	return h
}

// end reads what follows the first # of an end-of-chunks; places count from there.
func (i interpreter) end(body []byte) header {
	last := len(body) - 1
	h := header{meaning: endOfChunks}
	switch {
	case last == 0 || isBlank(body[last]):
		return header{}
	case body[last] != '\n':
		h.rest = 1
	}
	if !i.inMessage {
		h.faults = append(h.faults, fault{EndWithoutChunk, -1, "end-of-chunks without a chunk before it"})
	}
	if body[1] != '\n' {
		h.faults = append(h.faults, fault{MalformedEnd, 1, fmt.Sprintf("%q after ## where LF belongs", body[1:2])})
	}
	return h
}

// mark reads c as an end-of-message mark at lf.
func (i interpreter) mark(c []byte, lf int) header {
	switch recogniseMark(c[lf:]) {
	case mark:
		return header{meaning: mark, faults: []fault{{EndOfMessageInChunked, lf, EndOfMessageMark + " in a session with chunked framing"}}}
	case undecided:
		return header{}
	}
	return i.junk(c)
}

// bareSize reads LF digits LF as a chunk header without #. Its size is not trusted: the line may be anything.
func (i interpreter) bareSize(c []byte) header {
	last := c[len(c)-1]
	switch {
	case len(c) > longestSize+2, last != '\n' && !isDigit(last):
		return i.junk(c)
	case last != '\n':
		return header{}
	}
	return header{meaning: chunk, size: unknownSize,
		faults: []fault{{MissingHash, 1, fmt.Sprintf("a line %q where LF # and a size belong", c[1:])}}}
}

func (i interpreter) junk(c []byte) header {
	f := fault{OctetsBetweenMessages, 0, fmt.Sprintf("%q where LF # and a size belong", c)}
	if i.inMessage {
		f = fault{OctetsBetweenChunks, 0, fmt.Sprintf("%q after the chunk-data, where LF # belongs", c)}
	}
	return header{meaning: junk, rest: len(c), white: isWhite(c[0]), faults: []fault{f}}
}

// size reads what follows the # of a chunk header; places count from there.
func size(body []byte) header {
	last := len(body) - 1
	switch {
	case body[last] == '\n':
		return line(body[:last])
	case isSizeLike(body[last]):
		return header{}
	}
	// The octet can only be chunk-data, and so are those before it, back to the digits.
	digits := leadingDigits(body)
	if digits == 0 {
		return header{meaning: chunk, size: unknownSize, rest: len(body),
			faults: []fault{{NotADigit, 0, fmt.Sprintf("%q where a chunk-size belongs", body)}}}
	}
	h := number(body[:digits])
	h.rest = len(body) - digits
	h.faults = append(h.faults, fault{MissingLFAfterSize, digits, fmt.Sprintf("%q after the chunk-size %s where LF belongs", body[digits:], body[:digits])})
	return h
}

// line reads a chunk-size that a LF has ended.
func line(text []byte) header {
	if len(text) == 0 {
		return header{meaning: chunk, size: unknownSize, faults: []fault{{EmptySize, 0, "a chunk header without a size"}}}
	}
	digits := leadingDigits(text)
	if digits == len(text) {
		return number(text)
	}
	h := header{meaning: chunk, size: unknownSize}
	begin := 0
	if trimmed := bytes.Trim(text, "+ \t\r"); len(trimmed) > 0 && leadingDigits(trimmed) == len(trimmed) {
		h, begin = number(trimmed), bytes.Index(text, trimmed)
	}
	for k := range h.faults {
		h.faults[k].at += begin
	}
	odd := fault{NotADigit, digits, fmt.Sprintf("%q in the chunk-size %q", text[digits:digits+1], text)}
	if digits == 0 {
		h.faults = append([]fault{odd}, h.faults...)
	} else {
		h.faults = append(h.faults, odd)
	}
	return h
}

// number reads a chunk-size that is all digits.
func number(digits []byte) header {
	h := header{meaning: chunk}
	if len(digits) > 1 && digits[0] == '0' {
		h.faults = append(h.faults, fault{LeadingZero, 0, fmt.Sprintf("the chunk-size %s begins with 0", digits)})
	}
	value, err := strconv.ParseUint(string(digits), 10, 32)
	switch {
	case err != nil:
		h.size = unknownSize
		h.faults = append(h.faults, fault{SizeTooLarge, 0, fmt.Sprintf("the chunk-size %s is above %d", digits, MaxChunkSize)})
	case value == 0:
		h.faults = append(h.faults, fault{ZeroSize, 0, fmt.Sprintf("the chunk-size %s: a chunk holds at least one octet", digits)})
	default:
		h.size = int64(value)
	}
	return h
}

func leadingDigits(text []byte) int {
	for k, octet := range text {
		if !isDigit(octet) {
			return k
		}
	}
	return len(text)
}

func isDigit(octet byte) bool { return '0' <= octet && octet <= '9' }

func isBlank(octet byte) bool { return octet == ' ' || octet == '\t' || octet == '\r' }

func isWhite(octet byte) bool { return isBlank(octet) || octet == '\n' }

// isSizeLike tells whether an octet occurs in mistaken sizes: signed, spaced, hexadecimal, grouped, ended by CR LF.
func isSizeLike(octet byte) bool {
	return isDigit(octet) || isBlank(octet) || bytes.IndexByte([]byte("+-.,_xXabcdefABCDEF"), octet) >= 0
}
