package errors

import (
	"context"
	"fmt"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// outcome says in a few words what became of a request.
func outcome(r *session.Reply) string {
	switch {
	case r.Outcome != session.Answered:
		return r.Outcome.String()
	case len(r.Errors) > 0:
		return told(r.Errors[0])
	case r.OK:
		return "ok"
	}
	return "data"
}

// told says what an rpc-error tells, its text left out.
func told(e netconf.RPCError) string {
	text := "rpc-error " + e.Tag
	if e.AppTag != "" {
		text += " (" + e.AppTag + ")"
	}
	if e.BadElement != "" {
		text += " " + e.BadElement
	}
	return text
}

// refuse holds for a reply that is an rpc-error and neither ok nor data.
func refuse() Matcher {
	return BeReply("an rpc-error and neither ok nor data", func(r *session.Reply) bool {
		return len(r.Errors) > 0 && !r.OK && r.Data == nil
	})
}

// doing says which of several probes a matcher judges.
type doing struct {
	Matcher
	what string
}

// upon is the matcher with the probe's name in its messages.
func upon(what string, m Matcher) Matcher { return doing{m, what} }

// Unwrap gives the matcher that judges.
func (d doing) Unwrap() Matcher { return d.Matcher }

// FailureMessage shows what the matcher says, and of which probe.
func (d doing) FailureMessage(actual any) string {
	return fmt.Sprintf("%s: %s", d.what, d.Matcher.FailureMessage(actual))
}

// NegatedFailureMessage shows what the matcher says, and of which probe.
func (d doing) NegatedFailureMessage(actual any) string {
	return fmt.Sprintf("%s: %s", d.what, d.Matcher.NegatedFailureMessage(actual))
}

// probe is one request that a server must refuse.
type probe struct {
	doing     string
	operation string
}

// refuses judges that a server refuses requests, one after the other, and observes with which tags.
func refuses(ctx context.Context, id string, s *session.Session, probes ...probe) {
	for _, p := range probes {
		reply := s.RPC(ctx, p.operation)
		Observe(p.doing, outcome(reply))
		Demand(id, reply).To(upon(p.doing, refuse()))
	}
}

// free judges that nobody holds the lock on a datastore: a session gets it, and gives it back.
func free(ctx context.Context, id string, s *session.Session, d datastore.Name) {
	reply := s.Lock(ctx, d)
	Demand(id, reply).NotTo(BeRPCError(LockDenied))
	Given(reply).To(BeOK())
	Given(s.Unlock(ctx, d)).To(BeOK())
}

// bound gives the namespace declarations in scope of an element, the nearest ones first.
func bound(n *xmlquery.Node) netconf.Namespaces {
	all := netconf.Namespaces{}
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if _, nearer := all[a.Name.Local]; a.Name.Space == "xmlns" && !nearer {
				all[a.Name.Local] = a.Value
			}
		}
	}
	return all
}

// topLevel gives the nodes that stand directly in data.
func topLevel(r *session.Reply) []*xmlquery.Node {
	var all []*xmlquery.Node
	for n := r.Data.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == xmlquery.ElementNode {
			all = append(all, n)
		}
	}
	return all
}
