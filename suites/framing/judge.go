package framing

import (
	"context"
	"errors"
	"fmt"
	"time"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// longestPause bounds a wait in which nothing must happen.
const longestPause = 2 * time.Second

// pause is how long a spec listens for what must not come.
func pause(s *session.Session) time.Duration { return min(s.Grace(), longestPause) }

// provoke writes octets that break the rules.
func provoke(ctx context.Context, s *session.Session, pieces ...string) {
	Given(unlessEnded(ctx, s.Break(ctx, octets(pieces)...))).To(Succeed())
}

// unlessEnded gives why octets could not be written, nil where it was the server that ended the session before it took
// all of them: what that means is for the judge of the answer.
func unlessEnded(ctx context.Context, err error) error {
	var refused *session.Refused
	if errors.As(err, &refused) {
		return err
	}
	return ctx.Err()
}

// ask writes pieces that carry the request in legal framing, and waits for its reply.
func ask(ctx context.Context, s *session.Session, r netconf.Request, pieces ...string) *session.Reply {
	sent := s.SendAs(ctx, []netconf.Request{r}, octets(pieces)...)
	return s.Await(ctx, sent[0])
}

// demandData judges the reply to a get-config: data, under the message-id that was sent.
func demandData(requirement string, reply *session.Reply) {
	Demand(requirement, reply).To(CarryData())
	Demand(requirement, reply).To(HaveXPath("/nc:rpc-reply/@message-id", reply.Request.MessageID))
}

// reaction waits for the first thing that a server does: a message, or the end of the session.
func reaction(ctx context.Context, s *session.Session) *session.Ending {
	seen := len(s.Replies())
	_, _ = s.Next(ctx) // what went wrong shows in what there is to see
	return sinceThen(ctx, s, seen)
}

// outcome waits for the end of the session, which a request that is carried out makes needless to wait for.
func outcome(ctx context.Context, s *session.Session) *session.Ending {
	seen := len(s.Replies())
	if _, err := s.Next(ctx); err == nil && len(sinceThen(ctx, s, seen).Carried()) == 0 {
		s.AwaitEnd(ctx)
	}
	return sinceThen(ctx, s, seen)
}

// aftermath sends one more request behind a probe, and gives all that came up to its answer, without that answer, and
// the answer. It shows what did not come without waiting for it.
func aftermath(ctx context.Context, s *session.Session, seen int) (*session.Ending, *session.Reply) {
	sent := s.Send(ctx, session.Nothing())
	answer := &session.Reply{Outcome: session.Silent, Request: sent}
	for looked := len(s.Replies()); answer.Outcome == session.Silent; looked = len(s.Replies()) {
		if _, err := s.Next(ctx); err != nil {
			break
		}
		for _, r := range s.Replies()[looked:] {
			if r.MessageID == sent.MessageID {
				answer = r
			}
		}
	}
	came := sinceThen(ctx, s, seen)
	if answer.Outcome == session.Answered {
		came.Replies = came.Replies[:len(came.Replies)-1]
	} else if s.HasEnded() {
		answer.Outcome = session.Ended
	}
	return came, answer
}

func sinceThen(ctx context.Context, s *session.Session, seen int) *session.Ending {
	came := &session.Ending{Ended: s.HasEnded(), Replies: append([]*session.Reply(nil), s.Replies()[seen:]...), Err: ctx.Err()}
	if came.Ended {
		came.How = s.Stream().Ended()
	}
	for _, r := range came.Replies {
		came.Messages = append(came.Messages, r.Message)
	}
	return came
}

// describe says in a word or two which legal reaction a server chose.
func describe(e *session.Ending) string {
	tag := ""
	for _, r := range e.Replies {
		for _, fault := range r.Errors {
			tag = fault.Tag
		}
	}
	switch {
	case tag != "" && e.Ended:
		return fmt.Sprintf("rpc-error %s, then the end of the session", tag)
	case tag != "":
		return "rpc-error " + tag
	case e.Ended:
		return "the end of the session"
	case len(e.Replies) > 0:
		return "a reply"
	}
	return "none"
}

// question is a matcher built from one question about a T.
type question[T any] struct {
	expected string
	holds    func(T) bool
	show     func(T) string
}

// Match asks the question.
func (q question[T]) Match(actual any) (bool, error) {
	t, ok := actual.(T)
	if !ok {
		return false, fmt.Errorf("this matcher judges a %T, not a %T", t, actual)
	}
	return q.holds(t), nil
}

// FailureMessage shows what there is instead.
func (q question[T]) FailureMessage(actual any) string {
	return fmt.Sprintf("expected %s\nfound    %s", q.expected, q.show(actual.(T)))
}

// NegatedFailureMessage shows what there is.
func (q question[T]) NegatedFailureMessage(actual any) string {
	return fmt.Sprintf("expected anything but %s\nfound    %s", q.expected, q.show(actual.(T)))
}
