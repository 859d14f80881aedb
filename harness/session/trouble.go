package session

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A server may do what leaves a client at a loss, whatever was asked. A session then names it in plain words, so that the
// verdict on a spec can.

const (
	// mostTroubles bounds what is remembered of one session.
	mostTroubles = 3
	// mostStrays bounds the messages that answer no request: beyond, the server is taken to flood the session.
	mostStrays = 10_000
)

// TooMuch is the error of a session that we have given up: the server sends more than a client can take. That is a limit
// of ours, so it is no verdict on the server.
type TooMuch struct{ What string }

// Error says what the server sent.
func (t *TooMuch) Error() string { return t.What }

// troubles is what a session remembers of that.
type troubles struct {
	all    []string
	stray  string // the first message that answers no request, "" where there is none
	strays int    // messages that answer no request
	octets int    // of them
}

// trouble notes what the server has done, but where we broke the rules ourselves, or have dealt with the stream: what
// follows is then for the spec to judge.
func (s *Session) trouble(format string, args ...any) {
	if s.deviated || s.handled {
		return
	}
	what := fmt.Sprintf(format, args...)
	s.Note("the server %s", what)
	if len(s.troubles.all) < mostTroubles {
		s.troubles.all = append(s.troubles.all, what)
	}
}

// Trouble says what the server did on this session that leaves a client at a loss: it did not answer, ended the session
// with a request open, answered twice or somebody else's request, or sent more than can be taken. "" is none.
func (s *Session) Trouble() string {
	if len(s.troubles.all) == 0 {
		return ""
	}
	return fmt.Sprintf("the server, on session %s, %s", s.config.Name, strings.Join(s.troubles.all, "; it "))
}

// Excess is Trouble, but only where the server has sent what nobody asked for, or more than can be taken: that is wrong
// even where a spec has found what it was looking for.
func (s *Session) Excess() string {
	if s.troubles.stray != "" || s.GaveUp() != nil {
		return s.Trouble()
	}
	return ""
}

// GaveUp is why we have given the session up, as a *TooMuch; nil where we have not.
func (s *Session) GaveUp() error {
	if errors.As(s.ended, new(*TooMuch)) {
		return s.ended
	}
	return nil
}

// strayed notes a message that answers no request, and gives the session up where there are too many.
func (s *Session) strayed(m *Message) {
	s.troubles.strays++
	s.troubles.octets += len(m.Octets)
	if s.troubles.strays > mostStrays || s.troubles.octets > messageLimit {
		s.giveUp(fmt.Sprintf("flooded it: %d messages (%d octets) came that nobody had asked for", s.troubles.strays, s.troubles.octets))
	}
}

// unasked notes a reply that answers no request.
func (s *Session) unasked(r *Reply) {
	if s.deviated || s.handled || r.Message.Doubtful || s.troubles.stray != "" {
		return
	}
	switch {
	case !r.HasMessageID:
		s.troubles.stray = "sent a reply without message-id that nobody had asked for"
	case s.earlier(r.MessageID) != nil:
		s.troubles.stray = fmt.Sprintf("answered twice: a second reply with message-id %q came", short(r.MessageID))
	default:
		s.troubles.stray = fmt.Sprintf("answered a request that is not ours: a reply came with message-id %q, which nothing on this session had", short(r.MessageID))
	}
	s.trouble("%s", s.troubles.stray)
}

// repeats tells whether a reply is one that has come before, octet for octet: it answers what that one did, and nothing
// that is open now.
func (s *Session) repeats(r *Reply) bool {
	before := s.earlier(r.MessageID)
	return r.HasMessageID && before != nil && bytes.Equal(before.Message.Octets, r.Message.Octets)
}

// earlier gives the last reply that was taken for the answer to the request with that message-id.
func (s *Session) earlier(id string) *Reply {
	for _, r := range slices.Backward(s.replies) {
		if r.Request != nil && r.Request.MessageID == id && r.MessageID == id {
			return r
		}
	}
	return nil
}

// misdirected notes a reply that is taken for the answer to a request although its message-id is another one.
func (s *Session) misdirected(r *Reply) {
	if r.Misdirected() {
		s.trouble("answered message-id %q with a reply to message-id %q, which nothing on this session had open",
			short(r.Request.MessageID), short(r.MessageID))
	}
}

// cutOff notes the end of a session that nobody had asked for.
func (s *Session) cutOff() {
	switch open := len(s.pending); {
	case s.decoder.InMessage():
		s.trouble("ended it inside a message, of which %d octets had come", s.message.length)
	case open > 0 && !slices.ContainsFunc(s.pending, func(p *Sent) bool { return is(p, "close-session") }):
		s.trouble("ended it without an answer to message-id %q", short(s.pending[0].MessageID))
	}
}

// unanswered notes a request whose reply has not come within the limit.
func (s *Session) unanswered(sent *Sent, limit time.Duration) {
	part := ""
	switch {
	case s.decoder.InMessage():
		part = fmt.Sprintf(": %d octets of a message came, and not its end", s.message.length)
	case s.Receiving():
		part = fmt.Sprintf(": %d octets came that belong to no message", s.decoder.Offset()-s.offset)
	}
	s.trouble("did not answer message-id %q within %v%s", short(sent.MessageID), limit, part)
}

// short bounds what a text from the wire takes in a sentence.
func short(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return fmt.Sprintf("%s… (%d octets)", strings.ToValidUTF8(text[:most], ""), len(text))
}
