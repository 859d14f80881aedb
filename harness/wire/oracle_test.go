package wire

import (
	"bytes"
	"strconv"
)

// grammar reads octets by the ABNF of RFC 6242 §4.2 and nothing else, as plainly as possible: the messages of a
// stream that is legal to its end, or false.
func grammar(octets []byte) (messages []string, legal bool) {
	var message []byte
	chunks := 0
	for len(octets) > 0 {
		if chunks > 0 && bytes.HasPrefix(octets, []byte("\n##\n")) {
			messages = append(messages, string(message))
			message, chunks, octets = nil, 0, octets[4:]
			continue
		}
		data, rest, ok := grammarChunk(octets)
		if !ok {
			return nil, false
		}
		message, octets = append(message, data...), rest
		chunks++
	}
	return messages, chunks == 0
}

func grammarChunk(octets []byte) (data, rest []byte, ok bool) {
	if !bytes.HasPrefix(octets, []byte("\n#")) {
		return nil, nil, false
	}
	size, rest, found := bytes.Cut(octets[2:], []byte("\n"))
	if !found || len(size) == 0 || size[0] == '0' || bytes.ContainsFunc(size, func(r rune) bool { return r < '0' || r > '9' }) {
		return nil, nil, false
	}
	n, err := strconv.ParseUint(string(size), 10, 64)
	if err != nil || n > 4294967295 || n > uint64(len(rest)) {
		return nil, nil, false
	}
	return rest[:n], rest[n:], true
}

// split reads octets by RFC 6242 §4.3: the messages, and whether one is left without its mark.
func split(octets []byte) (messages []string, open bool) {
	parts := bytes.Split(octets, []byte("]]>]]>"))
	for i, part := range parts {
		text := bytes.TrimLeft(part, " \t\r\n")
		white := len(part) - len(text)
		part = part[max(0, white-keptBlanks):]
		switch {
		case i == len(parts)-1:
			open = len(text) > 0
		case len(text) > 0 || white == 0:
			messages = append(messages, string(part))
		}
	}
	return messages, open
}
