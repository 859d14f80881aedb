package reference

import (
	"bytes"
	"strings"

	"github.com/ncspec/ncspec/harness/wire"
)

// tolerates tells whether a framing error does not end the session. Every one does (RFC 6242 §4.2), but for
// defects: then the decoder goes on as well as it can. Rest begins where the error was found.
func (s *session) tolerates(v *wire.Violation, rest []byte) bool {
	if s.broken("framing-error-leaves-channel-open") && v.Rule == wire.ZeroSize {
		s.release()
		s.deaf = true
		return true
	}
	if s.broken("framing-error-ends-other-sessions") {
		s.srv.endOthers(s)
	}
	for _, defect := range s.defectsOf(v, rest) {
		if s.broken(defect) {
			return true
		}
	}
	s.because("framing-error")
	return false
}

// defectsOf names the defects that tolerate a violation.
func (s *session) defectsOf(v *wire.Violation, rest []byte) []string {
	switch v.Rule {
	case wire.ZeroSize:
		if s.decoder.InMessage() {
			return []string{"error-in-later-chunk-ignored"}
		}
		return []string{"chunk-size-zero-accepted"}
	case wire.LeadingZero:
		return []string{"chunk-size-leading-zero-accepted"}
	case wire.SizeTooLarge:
		return tooLarge(v)
	case wire.HeaderTooLong:
		return []string{"endless-chunk-size-accepted"}
	case wire.EmptySize:
		return []string{"empty-chunk-size-accepted", "malformed-end-accepted"}
	case wire.NotADigit:
		return notADigit(v)
	case wire.MissingLFAfterSize:
		return []string{"missing-lf-after-size-accepted"}
	case wire.MissingHash:
		return []string{"missing-hash-accepted"}
	case wire.EndWithoutChunk:
		return []string{"end-without-chunk-accepted"}
	case wire.MalformedEnd:
		return malformedEnd(v)
	case wire.Unframed, wire.EndOfMessageInChunked:
		return s.withoutFraming(v, rest)
	}
	return s.displaced(v, rest)
}

func tooLarge(v *wire.Violation) []string {
	if strings.Contains(v.Detail, " 4294967296 ") {
		return []string{"chunk-size-above-maximum-accepted"}
	}
	return []string{"chunk-size-overflow-accepted"}
}

// notADigit tells signs, blanks and CR from what is no decimal number at all.
func notADigit(v *wire.Violation) []string {
	switch {
	case strings.Contains(v.Detail, `\r`):
		return []string{"crlf-accepted"}
	case strings.HasPrefix(v.Detail, `"+"`), strings.HasPrefix(v.Detail, `"-"`):
		return []string{"signed-chunk-size-accepted"}
	case strings.HasPrefix(v.Detail, `" "`), strings.HasPrefix(v.Detail, `"\t"`):
		return []string{"blank-in-chunk-header-accepted"}
	}
	return []string{"chunk-size-not-decimal-accepted"}
}

func malformedEnd(v *wire.Violation) []string {
	if strings.Contains(v.Detail, `\r`) {
		return []string{"crlf-accepted"}
	}
	return []string{"malformed-end-accepted"}
}

// withoutFraming tells a message in the old framing from one in none.
func (s *session) withoutFraming(v *wire.Violation, rest []byte) []string {
	if v.Rule == wire.EndOfMessageInChunked || bytes.Contains(rest, []byte(wire.EndOfMessageMark)) {
		return []string{"end-mark-framing-accepted-after-1.1"}
	}
	return []string{"unframed-xml-accepted"}
}

// displaced names the defects for what stands where LF # belongs.
func (s *session) displaced(v *wire.Violation, rest []byte) []string {
	extraLF := strings.Contains(v.Detail, `\n\n`)
	switch {
	case strings.HasPrefix(v.Detail, `"\r`):
		return []string{"crlf-accepted"}
	case v.Rule == wire.MissingLF && s.decoder.InMessage():
		return []string{"missing-lf-before-chunk-accepted"}
	case v.Rule == wire.MissingLF && s.replies > 0:
		return []string{"end-missing-final-lf-accepted"}
	case v.Rule == wire.MissingLF:
		return []string{"missing-first-lf-accepted"}
	case v.Rule == wire.OctetsBetweenMessages && extraLF:
		return []string{"extra-lf-between-messages-accepted"}
	case v.Rule == wire.OctetsBetweenMessages:
		return []string{"garbage-between-messages-accepted"}
	case v.Rule != wire.OctetsBetweenChunks:
		return nil
	case extraLF:
		return []string{"extra-lf-between-chunks-accepted"}
	case bytes.Contains(s.message, []byte(wire.EndOfChunks)):
		return []string{"chunk-size-too-large-accepted"}
	case endFollows(rest):
		return []string{"chunk-size-too-small-accepted"}
	}
	return []string{"garbage-between-chunks-accepted"}
}

// endFollows tells whether the next thing that looks like framing is an end-of-chunks.
func endFollows(rest []byte) bool {
	at := bytes.Index(rest, []byte("\n#"))
	return at >= 0 && bytes.HasPrefix(rest[at:], []byte(wire.EndOfChunks))
}

// endOthers ends all sessions but one.
func (s *Server) endOthers(spared *session) {
	s.mu.Lock()
	var others []*session
	for _, o := range s.sessions {
		if o != spared {
			others = append(others, o)
		}
	}
	s.mu.Unlock()
	for _, o := range others {
		o.abort()
	}
}
