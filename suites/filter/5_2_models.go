package filter

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

func models() {
	const id = "rfc6241-5.2-models-announced"
	It("are announced", Spec("filter/models-announced"), Covers(id), func(ctx ginkgo.SpecContext) {
		s := Open(ctx)
		running, all := s.GetConfig(ctx, datastore.Running, ""), Everything(ctx, s)
		Given(running).To(CarryData())
		announced := announcements(s.Hello().Capabilities, all)
		if !slices.ContainsFunc(s.Hello().Capabilities, isModule) {
			NoVerdict("the server announces no YANG module, and other models may be announced by any URI")
		}
		for _, reply := range []*session.Reply{running, all} {
			if held, _ := CarryData().Match(reply); held { // what get without filter must do is judged elsewhere
				Demand(id, reply).To(holdOnly(announced))
			}
		}
	})
}

// isModule tells whether a capability announces a YANG module (RFC 6020 §5.6.4) or the library of all of them.
func isModule(c netconf.Capability) bool {
	return len(c.Params["module"]) > 0 || strings.Contains(c.Base, ":yang-library:")
}

// announcements gives the namespaces that a server announces: by capabilities, in its YANG library, and with the
// capability of a protocol that defines them.
func announcements(claims netconf.Capabilities, all *session.Reply) []string {
	announced := []string{netconf.BaseNamespace}
	for _, c := range claims {
		announced = append(announced, c.Base)
	}
	if claims.Has("notification") {
		announced = append(announced, "urn:ietf:params:xml:ns:netmod:notification", "urn:ietf:params:xml:ns:netconf:notification:1.0")
	}
	if all.Outcome != session.Answered {
		return announced
	}
	return append(announced, library(all.Data)...)
}

const libraryNamespace = "urn:ietf:params:xml:ns:yang:ietf-yang-library"

// library gives the namespaces in the YANG library (RFC 7895, RFC 8525), and its own where it is there.
func library(data *xmlquery.Node) []string {
	var found []string
	for _, n := range elements(data) {
		if n.NamespaceURI == libraryNamespace {
			found = append(found, libraryNamespace)
			found = append(found, leaves(n, "namespace")...)
		}
	}
	return found
}

// leaves gives the texts of all elements of a name below a node.
func leaves(n *xmlquery.Node, local string) []string {
	var found []string
	for _, child := range elements(n) {
		if child.Data == local {
			found = append(found, strings.TrimSpace(child.InnerText()))
		}
		found = append(found, leaves(child, local)...)
	}
	return found
}

// holdOnly holds for a reply whose top-level nodes are in namespaces of the list.
func holdOnly(namespaces []string) Matcher {
	return BeReply("data in no other namespaces than those announced: "+strings.Join(namespaces, " "), func(r *session.Reply) bool {
		return !slices.ContainsFunc(elements(r.Data), func(n *xmlquery.Node) bool { return !slices.Contains(namespaces, n.NamespaceURI) })
	})
}

// elements gives the child elements of a node.
func elements(n *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	if n == nil {
		return nil
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			all = append(all, child)
		}
	}
	return all
}
