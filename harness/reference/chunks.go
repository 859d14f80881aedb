package reference

// chunkWatch follows the chunk headers of legal input, for the defects that mind how a message was cut: the decoder
// hands out data without saying where a chunk began.
type chunkWatch struct {
	sizes  []int64 // of the chunks of the message at hand
	left   int64   // octets to come in the chunk at hand
	header []byte  // what has come of the header at hand
}

// follow takes octets as they came.
func (w *chunkWatch) follow(octets []byte) {
	for len(octets) > 0 {
		if w.left > 0 {
			n := min(w.left, int64(len(octets)))
			w.left -= n
			octets = octets[n:]
			continue
		}
		w.header = append(w.header, octets[0])
		octets = octets[1:]
		if n := len(w.header); n > 2 && w.header[n-1] == '\n' {
			w.readHeader()
		}
	}
}

func (w *chunkWatch) readHeader() {
	for _, c := range w.header {
		if '0' <= c && c <= '9' && w.left < 1<<40 {
			w.left = w.left*10 + int64(c-'0')
		}
	}
	if w.left > 0 {
		w.sizes = append(w.sizes, w.left)
	}
	w.header = nil
}

// largest gives the size of the largest chunk announced in the message at hand.
func (w *chunkWatch) largest() int64 {
	var most int64
	for _, size := range w.sizes {
		most = max(most, size)
	}
	return most
}

// cut parts a message where its chunks met.
func (w *chunkWatch) cut(message []byte) [][]byte {
	var parts [][]byte
	for _, size := range w.sizes {
		n := min(int64(len(message)), size)
		parts = append(parts, message[:n])
		message = message[n:]
	}
	return parts
}

// betweenChunks tells that a chunk is complete and nothing of the next header has come.
func (w *chunkWatch) betweenChunks() bool {
	return len(w.sizes) > 0 && w.left == 0 && len(w.header) == 0
}
