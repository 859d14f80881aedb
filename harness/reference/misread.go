package reference

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/ncspec/ncspec/harness/wire"
)

var (
	headerInData = regexp.MustCompile(`\n#[0-9]+\n`)
	chunkedFrame = regexp.MustCompile(`(?s)^\n#[0-9]+\n(.*)\n##\n$`)
)

// mistreated gives the octets of one read as the server takes them: all of them but for defects.
func (s *session) mistreated(octets []byte) []byte {
	if s.asleep.Load() {
		return nil
	}
	wholeMark := "client-hello-mark-must-be-whole"
	if s.greeted {
		wholeMark = "end-mark-must-be-whole"
	}
	if s.broken(wholeMark) && s.framing() == wire.EndOfMessage {
		octets = withoutPartOfMark(octets)
	}
	if s.broken("chunked-client-hello-accepted") && !s.greeted && bytes.HasPrefix(octets, []byte("\n#")) {
		s.decoder.Switch(wire.Chunked)
	}
	return octets
}

func withoutPartOfMark(octets []byte) []byte {
	for n := len(wire.EndOfMessageMark) - 1; n > 0; n-- {
		if bytes.HasSuffix(octets, []byte(wire.EndOfMessageMark[:n])) && !bytes.HasSuffix(octets, []byte(wire.EndOfMessageMark)) {
			return octets[:len(octets)-n]
		}
	}
	return octets
}

// impatient tells whether the server will not wait for the rest of what a read left incomplete.
func (s *session) impatient() bool {
	switch {
	case s.framing() != wire.Chunked:
		return false
	case s.broken("chunk-header-must-come-at-once"):
		return len(s.chunks.header) > 0
	case s.broken("next-chunk-must-come-at-once"):
		return s.chunks.betweenChunks()
	}
	return false
}

// minded lets defects act on the size of a chunk as soon as it is announced.
func (s *session) minded() {
	if s.broken("huge-chunk-size-ends-other-sessions") && s.chunks.largest() >= 1<<31-1 {
		s.srv.endOthers(s)
	}
	if s.broken("no-session-after-largest-chunk-size") && s.chunks.largest() == wire.MaxChunkSize {
		s.srv.refuseNext.Store(true)
	}
}

// refusesCut tells whether the server refuses a message for the way in which it was cut into chunks.
func (s *session) refusesCut(message []byte) bool {
	if len(s.chunks.sizes) == 0 {
		return s.broken("line-feed-before-request-refused") && s.greeted && bytes.HasPrefix(message, []byte("\n"))
	}
	switch n := len(s.chunks.sizes); {
	case s.broken("single-chunk-refused") && n == 1 && len(message) > 2<<10,
		s.broken("many-chunks-refused") && n > 100:
		return true
	}
	end := 0
	for _, part := range s.chunks.cut(message) {
		end += len(part)
		switch {
		case s.broken("one-octet-chunk-refused") && len(part) == 1,
			s.broken("blank-chunk-refused") && len(bytes.TrimSpace(part)) == 0,
			s.broken("chunk-boundary-in-tag-refused") && where(message[:end]) == inTag,
			s.broken("chunk-boundary-in-markup-refused") && end < len(message) && where(message[:end]) == inMarkup:
			return true
		}
	}
	return false
}

const (
	inText = iota
	inTag
	inMarkup // comment, CDATA section, declaration, reference, or between CR and LF
)

// where tells in what the octets so far end.
func where(sofar []byte) int {
	text := string(sofar)
	open := strings.LastIndexByte(text, '<')
	if comment := strings.LastIndex(text, "<!--"); comment >= 0 && !strings.Contains(text[comment:], "-->") {
		return inMarkup
	}
	if open >= 0 && !strings.Contains(text[open:], ">") {
		if strings.HasPrefix(text[open:], "<!") || strings.HasPrefix(text[open:], "<?") {
			return inMarkup
		}
		return inTag
	}
	reference := strings.LastIndexByte(text, '&')
	if strings.HasSuffix(text, "\r") || reference >= 0 && !strings.Contains(text[reference:], ";") {
		return inMarkup
	}
	return inText
}

// misjoined gives the messages that the server makes of the data of one: itself, but for defects.
func (s *session) misjoined(message []byte) [][]byte {
	if s.framing() == wire.EndOfMessage {
		return [][]byte{s.misjoinedOld(message)}
	}
	parts := s.chunks.cut(message)
	switch {
	case s.broken("each-chunk-is-a-message") && s.allMessages(parts):
		return parts
	case s.broken("utf8-decoded-by-chunk"):
		return [][]byte{joined(parts, func(p []byte) []byte { return bytes.ToValidUTF8(p, []byte(string(utf8.RuneError))) })}
	case s.broken("chunk-data-trimmed"):
		return [][]byte{joined(parts, bytes.TrimSpace)}
	case s.broken("end-mark-ends-chunked-message"):
		message, _, _ = bytes.Cut(message, []byte(wire.EndOfMessageMark))
	case s.broken("end-of-chunks-in-data-ends-message"):
		message, _, _ = bytes.Cut(message, []byte(wire.EndOfChunks))
	case s.broken("chunk-header-in-data-ends-message"):
		if at := headerInData.FindIndex(message); at != nil {
			message = message[:at[0]]
		}
	case s.broken("illegal-octets-left-out"):
		message = bytes.ToValidUTF8(bytes.Map(legalRune, message), nil)
	case s.broken("malformed-message-kept"):
		return s.keepMalformed(message)
	}
	return [][]byte{message}
}

// misjoinedOld does the same in end-of-message framing.
func (s *session) misjoinedOld(message []byte) []byte {
	if s.broken("part-of-end-mark-ends-message") {
		message, _, _ = bytes.Cut(message, []byte("]]>]]"))
	}
	if m := chunkedFrame.FindSubmatch(message); m != nil && s.broken("chunks-accepted-from-old-client") {
		message = m[1]
	}
	return message
}

func joined(parts [][]byte, treat func([]byte) []byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, treat(p)...)
	}
	return all
}

// allMessages tells whether there are several parts and each is a document of its own.
func (s *session) allMessages(parts [][]byte) bool {
	for _, p := range parts {
		if s.faults(p) != "" {
			return false
		}
	}
	return len(parts) > 1
}

func legalRune(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError {
		return -1
	}
	return r
}

// keepMalformed puts a broken message in front of the next one.
func (s *session) keepMalformed(message []byte) [][]byte {
	message = append(s.kept, message...)
	s.kept = nil
	if s.faults(message) != "" && len(message) < 100 {
		s.kept = message
		return nil
	}
	return [][]byte{message}
}

// readBuffer is how many octets a server looks at together that misses what lies across the end of them.
const readBuffer = 4096

// joinsFragments tells whether an end mark is taken for none: one that stands in a comment, or across two buffers.
func (s *session) joinsFragments() bool {
	if !s.greeted || s.framing() != wire.EndOfMessage {
		return false
	}
	return s.broken("end-mark-in-comment-skipped") && where(s.message) == inMarkup ||
		s.broken("end-mark-across-buffers-missed") && len(s.message)%readBuffer > readBuffer-len(wire.EndOfMessageMark)
}
