package commit

import (
	"context"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// content is a configuration in a form that can be compared: a line for each node, sorted, without what is empty
// (guard.Canonical).
type content []string

// whole reads all of a datastore. Failing is an error of the spec.
func whole(ctx context.Context, s *session.Session, d datastore.Name) content {
	reply := s.GetConfig(ctx, d, "")
	Given(reply).To(CarryData())
	return contentOf(reply)
}

func contentOf(reply *session.Reply) content {
	return slices.DeleteFunc(guard.Canonical(reply.Data), func(line string) bool { return strings.HasSuffix(line, "=") })
}

// beEqualTo holds for a configuration with the same nodes and values; otherwise the message names what differs, and
// nothing else of what may be a big configuration.
func beEqualTo(wanted content) Matcher { return equalContent{wanted} }

type equalContent struct{ wanted content }

// Match compares.
func (m equalContent) Match(actual any) (bool, error) {
	return slices.Equal(m.wanted, actual.(content)), nil
}

// FailureMessage names the differences.
func (m equalContent) FailureMessage(actual any) string {
	gone, added := guard.Difference(m.wanted, actual.(content))
	text := "expected the two to be equal"
	for _, line := range gone {
		text += "\n  it lacks " + line
	}
	for _, line := range added {
		text += "\n  it has   " + line
	}
	return text
}

// NegatedFailureMessage says that there are none.
func (m equalContent) NegatedFailureMessage(any) string { return "expected a difference, found none" }
