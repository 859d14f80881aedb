package rpc

import (
	"context"
	"fmt"
	"slices"
	"time"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// patience is how many times the grace a server gets for all it has.
const patience = 6

// unknown is an operation that no server has.
const unknown = `<no-such-operation/>`

// narrowGet is get as cheap as it can be.
const narrowGet = `<get><filter type="subtree"/></get>`

// ask sends a request in octets of its own; they say what the request says.
func ask(ctx context.Context, s *session.Session, r netconf.Request, document string) *session.Reply {
	sent := s.SendAs(ctx, []netconf.Request{r}, wire.Append(nil, s.Framing(), []byte(document)))
	return s.Await(ctx, sent[0])
}

// carryID holds for a reply with that message-id.
func carryID(id string) Matcher { return HaveXPath("/nc:rpc-reply/@message-id", id) }

// outcome says in a few words what became of a request.
func outcome(r *session.Reply) string {
	switch {
	case r.Outcome != session.Answered:
		return r.Outcome.String()
	case len(r.Errors) > 0:
		return "rpc-error " + r.Errors[0].Tag
	case r.OK:
		return "ok"
	}
	return "data"
}

// returned says which message-id came back.
func returned(r *session.Reply) string {
	switch {
	case r.Outcome != session.Answered:
		return r.Outcome.String()
	case !r.HasMessageID:
		return "none"
	}
	return fmt.Sprintf("%q", r.MessageID)
}

// answers is what came in answer to requests that were sent in one write.
type answers struct {
	asked  []string // message-ids in the order of the requests
	ids    []string // message-ids of the replies in the order in which they came, "" for none
	others []string // what else came
}

// pipeline sends the operations in one write, and reads on until the reply to the last one has come or nothing comes
// any more. The first one may take its time.
func pipeline(ctx context.Context, s *session.Session, operations []string) answers {
	replies, others := len(s.Replies()), len(s.Others())
	sent := s.Pipeline(ctx, operations)
	Given(s.AwaitFor(ctx, sent[0], patience*s.Grace()).HarnessError()).To(Succeed())
	last := sent[len(sent)-1].MessageID
	for !slices.Contains(ids(s.Replies()[replies:]), last) {
		if _, err := s.Next(ctx); err != nil {
			break
		}
	}
	Given(ctx.Err()).To(Succeed())
	Given(s.GaveUp()).To(Succeed())
	a := answers{ids: ids(s.Replies()[replies:]), others: []string{}}
	for _, each := range sent {
		a.asked = append(a.asked, each.MessageID)
	}
	for _, m := range s.Others()[others:] {
		a.others = append(a.others, string(m.Octets))
	}
	return a
}

func ids(replies []*session.Reply) []string {
	all := []string{}
	for _, r := range replies {
		all = append(all, r.MessageID)
	}
	return all
}

// sorted gives the texts in the order of the alphabet.
func sorted(texts []string) []string { return slices.Sorted(slices.Values(texts)) }

// count records how often things were seen that are legal.
func count(ctx context.Context, kinds ...monitor.Kind) {
	for _, k := range kinds {
		Observe(string(k), FromContext(ctx).Monitor.Seen(k))
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
