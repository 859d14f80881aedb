package match

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/session"
)

// endingOn is a matcher of endings built from one question.
type endingOn struct {
	expected string
	holds    func(*session.Ending) bool
}

// Match asks the question.
func (m endingOn) Match(actual any) (bool, error) {
	e, err := asEnding(actual)
	if err != nil {
		return false, err
	}
	return m.holds(e), nil
}

// FailureMessage shows what the server did.
func (m endingOn) FailureMessage(actual any) string {
	e, _ := asEnding(actual)
	return fmt.Sprintf("expected %s\nfound    %s", m.expected, showEnding(e))
}

// NegatedFailureMessage shows what the server did.
func (m endingOn) NegatedFailureMessage(actual any) string {
	e, _ := asEnding(actual)
	return fmt.Sprintf("expected anything but %s\nfound    %s", m.expected, showEnding(e))
}

func showEnding(e *session.Ending) string {
	var b strings.Builder
	if e.Ended {
		fmt.Fprintf(&b, "the session ended (%s)", e.How)
	} else {
		b.WriteString("the session still open")
	}
	fmt.Fprintf(&b, " after %d messages", len(e.Messages))
	for _, r := range e.Replies {
		fmt.Fprintf(&b, "\n%s", Show(r))
	}
	for _, m := range e.Messages {
		if !m.Document.Is("rpc-reply") {
			fmt.Fprintf(&b, "\na message that is no rpc-reply\n%s", Octets(m.Octets))
		}
	}
	return b.String()
}

// EndSession holds where the server ended the session and carried nothing out before (RFC 6242 §4.2): no reply with
// ok or data came.
func EndSession() types.GomegaMatcher {
	return endingOn{expected: "the server to end the session and to carry nothing out",
		holds: func(e *session.Ending) bool { return e.Ended && len(e.Carried()) == 0 }}
}

// BeOver holds where the server ended the session, whatever it answered before.
func BeOver() types.GomegaMatcher {
	return endingOn{expected: "the server to end the session", holds: func(e *session.Ending) bool { return e.Ended }}
}

// CarryNothingOut holds where no reply with ok or data came; whether the session ended does not matter.
func CarryNothingOut() types.GomegaMatcher {
	return endingOn{expected: "no reply with ok or data", holds: func(e *session.Ending) bool { return len(e.Carried()) == 0 }}
}

// SayNothing holds where no message came and the session stayed open.
func SayNothing() types.GomegaMatcher {
	return endingOn{expected: "nothing from the server, and the session open",
		holds: func(e *session.Ending) bool { return !e.Ended && len(e.Messages) == 0 }}
}

// RefuseOrEnd holds where an rpc-error came, or the session ended, and no reply with ok or data came.
func RefuseOrEnd() types.GomegaMatcher {
	return endingOn{expected: "an rpc-error or the end of the session, and no reply with ok or data",
		holds: func(e *session.Ending) bool { return (e.Ended || refused(e)) && len(e.Carried()) == 0 }}
}

func refused(e *session.Ending) bool {
	for _, r := range e.Replies {
		if len(r.Errors) > 0 {
			return true
		}
	}
	return false
}

// stillAnswer asks a session whether it works.
type stillAnswer struct {
	ctx   context.Context
	reply *session.Reply
}

// StillAnswer holds for a session that answers the cheapest request with data.
func StillAnswer(ctx context.Context) types.GomegaMatcher { return &stillAnswer{ctx: ctx} }

// Match asks.
func (m *stillAnswer) Match(actual any) (bool, error) {
	s, ok := actual.(*session.Session)
	if !ok || s == nil {
		return false, fmt.Errorf("StillAnswer judges a *session.Session, not %T", actual)
	}
	m.reply = s.Ping(m.ctx)
	return m.reply.Outcome == session.Answered && m.reply.Data != nil && len(m.reply.Errors) == 0, nil
}

// FailureMessage shows the answer.
func (m *stillAnswer) FailureMessage(any) string {
	return "expected the session to answer get-config with data\nfound    " + Show(m.reply)
}

// NegatedFailureMessage shows the answer.
func (m *stillAnswer) NegatedFailureMessage(any) string {
	return "expected the session not to answer\nfound    " + Show(m.reply)
}
