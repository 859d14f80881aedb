package wire

import "bytes"

// keptBlanks is how many octets of white space before a message are delivered with it; of more, the last ones are.
const keptBlanks = 64

// readEndOfMessage reads octets in end-of-message framing: all that stands between two marks is the message (RFC 6242
// §4.3), except that white space alone is none: peers print line ends after their marks.
func (d *Decoder) readEndOfMessage(p []byte) (used int, ev Event) {
	if len(d.held) > 0 {
		return d.readMark(p)
	}
	if n := leadingWhite(p); n > 0 && !d.inMessage {
		n, ev = d.skip(p[:n], d.place())
		d.blanks = append(d.blanks, p[max(0, n-keptBlanks):n]...)
		d.blanks = d.blanks[max(0, len(d.blanks)-keptBlanks):]
		return n, ev
	}
	n := bytes.Index(p, []byte(EndOfMessageMark))
	switch {
	case n == 0:
		return len(EndOfMessageMark), d.endAtMark()
	case n < 0:
		n = len(p) - partialMark(p)
	}
	if n == 0 {
		d.held = append(d.held[:0], p...)
		return len(p), Event{}
	}
	if len(d.blanks) > 0 {
		return 0, d.deliverBlanks()
	}
	return d.deliver(p[:n], d.place())
}

// readMark reads one octet after a part of a mark.
func (d *Decoder) readMark(p []byte) (used int, ev Event) {
	c := append(d.held, p[0])
	switch recogniseMark(c) {
	case undecided:
		d.held = c
		return 1, Event{}
	case mark:
		d.held = d.held[:0]
		return 1, d.endAtMark()
	}
	if len(d.blanks) > 0 {
		return 0, d.deliverBlanks()
	}
	first, place := []byte{d.held[0]}, d.place()-int64(len(d.held))
	d.reread(d.held[1:])
	d.held = d.held[:0]
	_, ev = d.deliver(first, place)
	return 0, ev
}

// endAtMark ends the message, if anything but white space stands before the mark or nothing at all.
func (d *Decoder) endAtMark() Event {
	onlyBlanks := len(d.blanks) > 0
	d.blanks = nil
	d.endMessage()
	if onlyBlanks {
		return Event{}
	}
	return Event{Kind: End}
}

// deliverBlanks delivers the white space before a message, now that there is one.
func (d *Decoder) deliverBlanks() Event {
	n, ev := d.deliver(d.blanks, d.place()-int64(len(d.held)+len(d.blanks)))
	d.blanks = d.blanks[n:]
	if len(d.blanks) == 0 {
		d.blanks = nil // the event aliases it
	}
	return ev
}

// partialMark gives the length of the longest part of a mark that p ends with.
func partialMark(p []byte) int {
	for n := min(len(p), len(EndOfMessageMark)-1); n > 0; n-- {
		if string(p[len(p)-n:]) == EndOfMessageMark[:n] {
			return n
		}
	}
	return 0
}

func leadingWhite(p []byte) int {
	return len(p) - len(bytes.TrimLeft(p, " \t\r\n"))
}
