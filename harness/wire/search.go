package wire

import "bytes"

// lost is how the decoder searches for the next chunk header after a fault.
type lost struct {
	deliver  bool // the octets passed are of a message: its chunk has no size to go by
	document bool // that message has no framing: a chunk header begins another one
	blank    bool // only white space was passed so far: a header without its LF or a document may still begin
}

func (d *Decoder) lose(l lost) { d.lost, d.step = l, searching }

// search passes over octets until a chunk header, an end-of-chunks or an end-of-message mark is recognised.
func (d *Decoder) search(p []byte) (used int, ev Event) {
	if len(d.held) == 0 {
		return d.searchStart(p)
	}
	c := append(d.held, p[0])
	switch r := recognise(c, d.lost, d.limits.Header); r {
	case undecided:
		d.held = c
		return 1, Event{}
	case junk:
		return 0, d.release()
	default:
		d.reread(d.held)
		d.held, d.step = d.held[:0], readingHeader
		if d.lost.document && r != mark && r != endOfChunks {
			d.endMessage()
			return 0, Event{Kind: End}
		}
		return 0, Event{}
	}
}

// searchStart passes over octets up to one that may begin what is sought.
func (d *Decoder) searchStart(p []byte) (used int, ev Event) {
	if d.lost.blank && p[0] == '<' && !d.inMessage {
		d.step = readingHeader
		return 0, Event{}
	}
	n := start(p)
	if d.lost.blank {
		n = min(n, 1)
		if p[0] == '#' {
			n = 0
		}
	}
	d.lost.blank = d.lost.blank && isWhite(p[0])
	if n == 0 {
		d.held = append(d.held[:0], p[0])
		return 1, Event{}
	}
	return d.pass(p[:n], d.place())
}

// release passes over the first octet held; the others are read again.
func (d *Decoder) release() Event {
	first, place := []byte{d.held[0]}, d.place()-int64(len(d.held))
	d.reread(d.held[1:])
	d.held = d.held[:0]
	_, ev := d.pass(first, place)
	return ev
}

func (d *Decoder) pass(octets []byte, offset int64) (int, Event) {
	if d.lost.deliver {
		return d.deliver(octets, offset)
	}
	return d.skip(octets, offset)
}

// window bounds how far start looks: a run of one of the octets sought must not make it scan all that follows, for the
// other one, again and again.
const window = 512

// start gives the index of the first octet that may begin a header or a mark, or how far there is none.
func start(p []byte) int {
	p = p[:min(len(p), window)]
	if k := bytes.IndexByte(p, '\n'); k >= 0 {
		p = p[:k]
	}
	if k := bytes.IndexByte(p, EndOfMessageMark[0]); k >= 0 {
		p = p[:k]
	}
	return len(p)
}

// recognise tells whether c, two octets or more, is a header (chunk), an end-of-chunks, a mark, none of them (junk) or
// not yet decided. After a broken header the next may be broken in the same way. Elsewhere a line that begins with #
// may be anything: only a size of digits counts, and in a document without framing no blank may follow it.
func recognise(c []byte, l lost, limit int) meaning {
	switch c[0] {
	case EndOfMessageMark[0]:
		return recogniseMark(c)
	case '#':
		return recogniseHash(c)
	}
	body := c[2:]
	switch {
	case c[1] != '#', len(body) > limit+1:
		return junk
	case len(body) == 0:
		return undecided
	}
	last := body[len(body)-1]
	if body[0] == '#' {
		return recogniseLine(last, len(body) == 1 || isBlank(last), endOfChunks)
	}
	if l.deliver && !l.document {
		return recogniseLine(last, isSizeLike(last), chunk)
	}
	digits := leadingDigits(body)
	legal := 0 < digits && digits <= longestSize
	blank := isBlank(last) && !l.document
	if legal && last == '\n' {
		return chunk
	}
	if legal && (digits == len(body) || blank) {
		return undecided
	}
	return junk
}

func recogniseLine(last byte, goesOn bool, complete meaning) meaning {
	switch {
	case last == '\n':
		return complete
	case goesOn:
		return undecided
	}
	return junk
}

// recogniseHash reads # without LF before it.
func recogniseHash(c []byte) meaning {
	switch {
	case c[1] == '#':
		return endOfChunks
	case isDigit(c[1]):
		return chunk
	}
	return junk
}

func recogniseMark(c []byte) meaning {
	switch {
	case string(c) == EndOfMessageMark:
		return mark
	case len(c) < len(EndOfMessageMark) && string(c) == EndOfMessageMark[:len(c)]:
		return undecided
	}
	return junk
}
