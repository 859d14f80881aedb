package dsl

import (
	"maps"

	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/verdict"
)

// where leads to what a matcher judged, nil where it was no message of the running spec's recording.
func where(matcher types.GomegaMatcher, actual any) *verdict.Where {
	s := find()
	if s == nil || s.run.Recordings == "" {
		return nil
	}
	w := &verdict.Where{Namespaces: map[string]string{}}
	if expr, ns, ok := match.Way(matcher, actual); ok {
		w.XPath = s.run.Redactor.Text(expr)
		maps.Copy(w.Namespaces, ns)
	}
	w.Event = s.tape.event(judged(actual))
	if w.Event == 0 && w.XPath == "" {
		return nil
	}
	return w
}

// judged is the message that a value under judgement is, or that answers it; the zero value where there is none.
func judged(actual any) session.Message {
	switch a := actual.(type) {
	case *session.Reply:
		if a != nil && a.Outcome == session.Answered {
			return a.Message
		}
	case session.Message:
		return a
	}
	return session.Message{}
}
