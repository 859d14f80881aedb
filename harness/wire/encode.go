package wire

import (
	"slices"
	"strconv"
)

// Append appends message to dst as one legal frame of the framing f and gives the longer slice.
//
// In chunked framing sizes are the octets of the chunks in order; the last one repeats to the end of the message, and
// without any the message is one chunk. A size below 1 counts as 1, one above MaxChunkSize as that. A message without
// octets cannot be framed (RFC 6242 §4.2 wants a chunk, and an octet in each): dst comes back as it was.
//
// In end-of-message framing sizes are ignored. That the message does not hold the mark is for the caller to see to
// (RFC 6242 §4.3 has no way to send such a message).
func Append(dst []byte, f Framing, message []byte, sizes ...int) []byte {
	if f == EndOfMessage {
		return append(append(dst, message...), EndOfMessageMark...)
	}
	if len(message) == 0 {
		return dst
	}
	for k := 0; len(message) > 0; k++ {
		size := min(len(message), chunkSize(k, len(message), sizes))
		dst = appendChunk(dst, message[:size])
		message = message[size:]
	}
	return append(dst, EndOfChunks...)
}

// chunkSize gives the size asked for the k-th chunk, of at most left octets.
func chunkSize(k, left int, sizes []int) int {
	size := left
	if len(sizes) > 0 {
		size = sizes[min(k, len(sizes)-1)]
	}
	return int(min(max(int64(size), 1), MaxChunkSize))
}

func appendChunk(dst, data []byte) []byte {
	dst = append(dst, '\n', '#')
	dst = strconv.AppendInt(dst, int64(len(data)), 10)
	dst = append(dst, '\n')
	return append(dst, data...)
}

// Cut cuts octets, legal or broken on purpose, into pieces for separate writes: at lists the offsets where a new piece
// begins, in any order. Offsets outside the octets and doubles are ignored, so no piece is empty. The pieces alias
// octets.
func Cut(octets []byte, at ...int) [][]byte {
	at = slices.Clone(at)
	slices.Sort(at)
	var pieces [][]byte
	begin := 0
	for _, end := range append(at, len(octets)) {
		if end > begin && end <= len(octets) {
			pieces = append(pieces, octets[begin:end:end])
			begin = end
		}
	}
	return pieces
}
