package get

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/sample"
	"github.com/ncspec/ncspec/harness/session"
)

// data is all that a reply holds.
const data = "/nc:rpc-reply/nc:data"

// running is a get-config of running with a filter element, "" for none.
func running(filter string) string {
	return "<get-config><source><running/></source>" + filter + "</get-config>"
}

// everything is a get with a filter element.
func everything(filter string) string { return "<get>" + filter + "</get>" }

// retrieval opens a session and gives an operation that reads the cast: get where it is state data.
func retrieval(ctx context.Context) (*session.Session, Cast, func(filter string) string) {
	s := Open(ctx)
	cast := FindCast(ctx, s)
	if cast.State {
		return s, cast, everything
	}
	return s, cast, running
}

// beLike holds for a reply with data that is the same as that of another one, as far as places of nodes are known; nil
// knows all.
func beLike(other *session.Reply, known sample.Paths) Matcher {
	want := sample.Text(other.Data, known)
	return BeReply("data\n  "+strings.ReplaceAll(want, "\n", "\n  "), func(r *session.Reply) bool {
		return r.Data != nil && sample.Text(r.Data, known) == want
	})
}

// topLevel gives the top-level nodes of a reply that have something in them.
func topLevel(data *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	if data == nil {
		return nil
	}
	for child := data.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode && sample.Text(child, nil) != "" {
			all = append(all, child)
		}
	}
	return all
}

// find gives the top-level nodes of a name.
func find(data *xmlquery.Node, namespace, local string) []*xmlquery.Node {
	return slices.DeleteFunc(topLevel(data), func(n *xmlquery.Node) bool { return n.Data != local || n.NamespaceURI != namespace })
}

// selecting is a subtree filter for a top-level node.
func selecting(namespace, local string) string {
	return fmt.Sprintf(`<%s xmlns="%s"/>`, local, escape(namespace))
}

func holds(m Matcher, reply *session.Reply) bool {
	held, err := m.Match(reply)
	Given(err).To(Succeed())
	return held
}

// outcome says in a few words what became of a request.
func outcome(r *session.Reply) string {
	switch {
	case r.Outcome != session.Answered:
		return r.Outcome.String()
	case len(r.Errors) > 0:
		return "rpc-error " + r.Errors[0].Tag
	case r.OK:
		return "ok"
	case r.Data != nil && r.Data.FirstChild == nil:
		return "data with nothing in it"
	}
	return "data"
}

// refuse wants an error for an operation, and notes its tag.
func refuse(ctx context.Context, id string, s *session.Session, what, operation string) netconf.RPCError {
	reply := s.RPC(ctx, operation)
	Demand(id, reply).To(BeRPCError())
	first := reply.Errors[0]
	tag := first.Tag
	for _, named := range []string{first.BadAttribute, first.BadElement} {
		if named != "" {
			tag += " " + named
		}
	}
	Observe("error-tag for "+what, tag)
	return first
}
