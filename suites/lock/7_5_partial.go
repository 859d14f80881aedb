package lock

import (
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// partialLockNamespace is that of the operations of RFC 5717.
const partialLockNamespace = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0"

func partialLock() {
	const id = "rfc6241-7.5-denied-partial-lock"
	It("does not lock running while another session holds a part of it", Spec("lock/partial-lock-of-another"), Covers(id),
		func(ctx ginkgo.SpecContext) {
			holder, rival := Open(ctx, Named("holder")), Open(ctx, Named("rival"))
			namespace, name := part(ctx, holder)
			lockID := lockPart(ctx, holder, namespace, name)
			reply := hold(ctx, rival, datastore.Running)
			unlockPart(ctx, holder, lockID)
			if refused(reply) && refused(hold(ctx, rival, datastore.Running)) {
				NoVerdict("running cannot be locked without the partial lock either")
			}
			Demand(id, reply).To(deniedBy(holder))
		})
}

// part finds a top-level node of running that can be named without keys: the fixture's, or else the first one. Where
// running is empty it is the fixture's all the same: what the server says to that is judged in passing.
func part(ctx ginkgo.SpecContext, s *session.Session) (namespace, name string) {
	var first *xmlquery.Node
	node, known := fixtureNode(ctx)
	for n := read(ctx, s, datastore.Running, "").Data.FirstChild; n != nil; n = n.NextSibling {
		switch {
		case n.Type != xmlquery.ElementNode:
		case first == nil || known && n.NamespaceURI == node.Namespace:
			first = n
		}
	}
	switch {
	case first != nil:
		return first.NamespaceURI, first.Data
	case !known:
		NoVerdict("running is empty: there is no part of it to lock")
	}
	return node.Namespace, node.Local
}

// fixtureNode is the top-level node of the fixture.
func fixtureNode(ctx ginkgo.SpecContext) (target.Node, bool) {
	switch f := FromContext(ctx).Target.Fixture; {
	case f == nil:
		return target.Node{}, false
	case f.Leaf != nil:
		return f.Leaf.Path[0], true
	default:
		return f.List.Path[0], true
	}
}

// lockPart takes a partial lock and gives its lock-id (RFC 5717 §2.4.1).
func lockPart(ctx ginkgo.SpecContext, s *session.Session, namespace, name string) string {
	reply := s.RPC(ctx, fmt.Sprintf(`<partial-lock xmlns="%s"><select xmlns:p="%s">/p:%s</select></partial-lock>`,
		partialLockNamespace, namespace, name))
	if refused(reply) {
		NoVerdict("the server refuses a partial lock on " + name + ": " + tags(reply))
	}
	x, err := netconf.CompileXPath("/nc:rpc-reply/p:lock-id", netconf.Namespaces{"p": partialLockNamespace})
	Given(err).To(Succeed())
	Given(reply).To(BeAnswered())
	ids := x.Strings(reply.Document)
	Given(len(ids)).To(Equal(1))
	return strings.TrimSpace(ids[0])
}

func unlockPart(ctx ginkgo.SpecContext, s *session.Session, lockID string) {
	Given(s.RPC(ctx, fmt.Sprintf(`<partial-unlock xmlns="%s"><lock-id>%s</lock-id></partial-unlock>`, partialLockNamespace, lockID))).
		To(BeOK())
}
