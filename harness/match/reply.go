package match

import (
	"fmt"

	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// verdictOn is a matcher of replies built from one question.
type verdictOn struct {
	expected string
	points   string // an XPath expression
	holds    func(*session.Reply) bool
}

// Points gives the way to what was asked for.
func (v verdictOn) Points(any) (string, netconf.Namespaces) { return v.points, nil }

// Match asks the question.
func (v verdictOn) Match(actual any) (bool, error) {
	r, err := asReply(actual)
	if err != nil {
		return false, err
	}
	if v.holds(r) {
		return true, nil
	}
	return false, misdirected(r)
}

// misdirected is why nothing can be said of the content of a reply that does not hold: it may be meant for somebody else.
func misdirected(r *session.Reply) error {
	if !r.Misdirected() {
		return nil
	}
	return fmt.Errorf("the request with message-id %.100q was answered with a reply to message-id %.100q, which nothing on this session had open: "+
		"it may be meant for somebody else, so that it says nothing here\n%s", r.Request.MessageID, r.MessageID, Octets(r.Message.Octets))
}

// FailureMessage shows what came instead.
func (v verdictOn) FailureMessage(actual any) string {
	r, _ := asReply(actual)
	return fmt.Sprintf("expected %s\nfound    %s", v.expected, Show(r))
}

// NegatedFailureMessage shows what came.
func (v verdictOn) NegatedFailureMessage(actual any) string {
	r, _ := asReply(actual)
	return fmt.Sprintf("expected anything but %s\nfound    %s", v.expected, Show(r))
}

// BeReply holds for a reply that came and of which the question is true; expected says what a reply of the right kind
// is.
func BeReply(expected string, holds func(*session.Reply) bool) types.GomegaMatcher {
	return verdictOn{expected: expected, holds: func(r *session.Reply) bool { return r.Outcome == session.Answered && holds(r) }}
}

// BeOK holds for a reply that is ok and nothing else (RFC 6241 §4.4).
func BeOK() types.GomegaMatcher {
	return verdictOn{expected: "ok and nothing else", points: "/nc:rpc-reply/nc:ok", holds: func(r *session.Reply) bool {
		return r.Outcome == session.Answered && r.OK && len(r.Errors) == 0 && r.Data == nil && children(r) == 1
	}}
}

// CarryData holds for a reply with data, without ok and rpc-error (RFC 6241 §7.1, §7.7).
func CarryData() types.GomegaMatcher {
	return verdictOn{expected: "data and neither ok nor rpc-error", points: "/nc:rpc-reply/nc:data", holds: func(r *session.Reply) bool {
		return r.Outcome == session.Answered && r.Data != nil && !r.OK && len(r.Errors) == 0
	}}
}

// BeCarriedOut holds for a reply with ok or data and without rpc-error.
func BeCarriedOut() types.GomegaMatcher {
	return verdictOn{expected: "ok or data", points: "/nc:rpc-reply/nc:ok | /nc:rpc-reply/nc:data", holds: (*session.Reply).Normal}
}

// BeAnswered holds for a reply of whatever content: an rpc-reply came.
func BeAnswered() types.GomegaMatcher {
	return verdictOn{expected: "an rpc-reply", holds: func(r *session.Reply) bool { return r.Outcome == session.Answered }}
}
