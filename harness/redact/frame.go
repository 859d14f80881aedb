package redact

import (
	"sort"

	"github.com/ncspec/ncspec/harness/wire"
)

// frame is a message without its framing, and where its parts stand in the octets on the wire.
type frame struct {
	message []byte
	pieces  []piece
	broken  bool // the framing is
}

// piece is a part of the message in one place: where it begins in the message and in the octets.
type piece struct{ message, octets int }

func deframe(f wire.Framing, octets []byte) frame {
	var all frame
	decoder := wire.NewDecoder(f, wire.Limits{})
	for at := 0; at < len(octets) && !decoder.Stopped(); {
		n, event := decoder.Decode(octets[at:])
		if n == 0 && event.Kind == wire.None {
			break
		}
		if event.Kind == wire.Data {
			all.pieces = append(all.pieces, piece{len(all.message), int(event.Offset)})
			all.message = append(all.message, event.Data...)
		}
		all.broken = all.broken || event.Kind == wire.Violated
		at += n
	}
	all.broken = all.broken || decoder.Stopped()
	return all
}

// each gives the places in the octets of a part of the message.
func (f frame) each(part span, place func(from, to int)) {
	first := sort.Search(len(f.pieces), func(i int) bool { return f.pieces[i].message > part.from }) - 1
	for i := max(first, 0); i < len(f.pieces) && f.pieces[i].message < part.to; i++ {
		end := len(f.message)
		if i+1 < len(f.pieces) {
			end = f.pieces[i+1].message
		}
		shift := f.pieces[i].octets - f.pieces[i].message
		place(max(part.from, f.pieces[i].message)+shift, min(part.to, end)+shift)
	}
}
