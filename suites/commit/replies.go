package commit

import (
	"context"
	"strings"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// outcome says in a word how a request was answered: ok, or the error-tags.
func outcome(reply *session.Reply) string {
	switch {
	case reply.Outcome != session.Answered:
		return reply.Outcome.String()
	case len(reply.Errors) == 0:
		return "ok"
	}
	var tags []string
	for _, e := range reply.Errors {
		tags = append(tags, e.Tag)
	}
	return strings.Join(tags, ", ")
}

// observeTag records the error-tag of a refusal, where the RFC leaves it to the server.
func observeTag(reply *session.Reply) { Observe("error-tag of the refusal", outcome(reply)) }

// cleared makes candidate what running is. A server that refuses to discard nothing is judged for that elsewhere.
func cleared(ctx context.Context, s *session.Session) { Given(s.DiscardChanges(ctx)).To(BeAnswered()) }

// allowed leaves the spec without a verdict where this user may not kill sessions.
func allowed(reply *session.Reply) *session.Reply {
	if denied, _ := BeRPCError(AccessDenied).Match(reply); denied {
		NoVerdict("this user may not kill sessions")
	}
	return reply
}
