package framing

import (
	"strconv"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// What frames are made of (RFC 6242 §4.2, §4.3).
const (
	end  = wire.EndOfChunks
	mark = wire.EndOfMessageMark
)

// header writes the beginning of a chunk of that many octets.
func header(size int) string { return "\n#" + strconv.Itoa(size) + "\n" }

// chunk puts data into one chunk; the end of the message is left to the caller.
func chunk(data string) string { return header(len(data)) + data }

// message frames a document as one chunk.
func message(document string) string { return chunk(document) + end }

// octets gives each piece as it goes into a write of its own.
func octets(pieces []string) [][]byte {
	all := make([][]byte, len(pieces))
	for i, piece := range pieces {
		all[i] = []byte(piece)
	}
	return all
}

// request is the cheapest get-config, under the next message-id of the session.
func request(s *session.Session) netconf.Request {
	r, _ := s.Frame(session.Nothing())
	return r
}

// document is the document of request.
func document(s *session.Session) string { return string(request(s).Marshal()) }
