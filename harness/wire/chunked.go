package wire

// readHeader reads one octet between chunks.
func (d *Decoder) readHeader(p []byte) (used int, ev Event) {
	c := append(d.held, p[0])
	h := interpreter{d.inMessage, d.limits.Header}.read(c)
	if h.meaning == undecided {
		d.held = c
		return 1, Event{}
	}
	if d.told < len(h.faults) {
		// The octet is consumed only when all is told, so that a caller with octets left always comes back.
		f := h.faults[d.told]
		d.told++
		return 0, violated(d.violate(f.rule, d.place()-int64(len(d.held))+int64(f.at), f.detail, p[:1]))
	}
	d.told = 0
	d.held = d.held[:0]
	if h.rest > 0 {
		d.reread(c[len(c)-h.rest : len(c)-1])
		return 0, d.follow(h)
	}
	return 1, d.follow(h)
}

// follow goes on after a header has been read.
func (d *Decoder) follow(h header) Event {
	switch h.meaning {
	case chunk:
		d.beginMessage()
		switch h.size {
		case unknownSize:
			d.lose(lost{deliver: true})
		case 0: // an empty chunk: the next header follows
		default:
			d.remaining, d.step = h.size, readingData
		}
	case document:
		d.beginMessage()
		d.lose(lost{deliver: true, document: true})
	case junk:
		d.lose(lost{blank: h.white})
	case endless:
		d.step = stopped
	case endOfChunks, mark:
		if d.inMessage {
			d.endMessage()
			return Event{Kind: End}
		}
	}
	return Event{}
}

// readData passes on chunk-data, of which nothing is looked at.
func (d *Decoder) readData(p []byte) (used int, ev Event) {
	used, ev = d.deliver(p[:min(int64(len(p)), d.remaining)], d.place())
	d.remaining -= int64(used)
	if d.remaining == 0 {
		d.step = readingHeader
	}
	return used, ev
}
