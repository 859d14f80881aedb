package session

import "bytes"

// block is how much more room a long message gets at a time: growing it as one would hold several times its length.
const block = 1 << 20

// gathered is what has come of a message.
type gathered struct {
	blocks [][]byte
	length int
}

func (g *gathered) add(octets []byte) {
	g.length += len(octets)
	for len(octets) > 0 {
		last := len(g.blocks) - 1
		switch {
		case last < 0: // most messages are short
			g.blocks, last = [][]byte{nil}, 0
		case len(g.blocks[last]) == block:
			g.blocks, last = append(g.blocks, make([]byte, 0, block)), last+1
		}
		n := min(len(octets), block-len(g.blocks[last]))
		g.blocks[last] = append(g.blocks[last], octets[:n]...)
		octets = octets[n:]
	}
}

// take gives what was gathered, and forgets it.
func (g *gathered) take() []byte {
	blocks := g.blocks
	*g = gathered{}
	if len(blocks) == 1 {
		return blocks[0]
	}
	return bytes.Join(blocks, nil)
}
