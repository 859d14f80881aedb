package datastore

import (
	"context"
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/datastore"
	. "github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/guard"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/session"
)

// The datastores, as most specs here name two of them in a line.
const (
	running   = datastore.Running
	candidate = datastore.Candidate
	startup   = datastore.Startup
)

// configuration is a whole configuration that was read, whose nodes stand below an element.
type configuration struct{ top *xmlquery.Node }

// read reads a whole datastore. Failing is an error of the spec.
func read(ctx context.Context, s *session.Session, d datastore.Name) configuration {
	reply := s.GetConfig(ctx, d, "")
	Given(reply).To(CarryData())
	return configuration{reply.Data}
}

// readAll reads every datastore that the server has.
func readAll(ctx context.Context, s *session.Session) map[datastore.Name]configuration {
	all := map[datastore.Name]configuration{running: read(ctx, s, running)}
	for _, d := range []datastore.Name{candidate, startup} {
		if announces(ctx, string(d)) {
			all[d] = read(ctx, s, d)
		}
	}
	return all
}

// demandUnchanged judges that each datastore is what it was.
func demandUnchanged(ctx context.Context, s *session.Session, id string, before map[datastore.Name]configuration) {
	for d, was := range before {
		Demand(id, read(ctx, s, d)).To(beEqualTo(was))
	}
}

// announces tells whether the server announces a capability.
func announces(ctx context.Context, capability string) bool {
	return FromContext(ctx).Claims.Has(capability)
}

// xml writes the configuration as it stands inside config. What was declared around it is declared on its top-level nodes.
func (c configuration) xml() string {
	var b strings.Builder
	for _, child := range below(c.top) {
		declare(child)
		b.WriteString(child.OutputXMLWithOptions(xmlquery.WithOutputSelf(), xmlquery.WithPreserveSpace()))
	}
	return b.String()
}

// declare gives an element the namespace declarations that it inherits.
func declare(n *xmlquery.Node) {
	own := map[string]bool{}
	for _, a := range n.Attr {
		own[a.Name.Space+":"+a.Name.Local] = true
	}
	for around := n.Parent; around != nil; around = around.Parent {
		for _, a := range around.Attr {
			key := a.Name.Space + ":" + a.Name.Local
			if (a.Name.Space == "xmlns" || key == ":xmlns") && !own[key] {
				own[key] = true
				n.Attr = append(n.Attr, a)
			}
		}
	}
}

// below gives the elements directly inside one.
func below(n *xmlquery.Node) []*xmlquery.Node {
	var all []*xmlquery.Node
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			all = append(all, child)
		}
	}
	return all
}

// equals tells whether two configurations hold the same nodes and values. Containers and leaves without content are left
// aside: a server may show them or not.
func (c configuration) equals(other configuration) bool {
	missing, more := c.differences(other)
	return len(missing)+len(more) == 0
}

func (c configuration) differences(other configuration) (missing, more []string) {
	lines := guard.Leaves(c.top, other.top)
	return guard.Difference(filled(lines[0]), filled(lines[1]))
}

func filled(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if !strings.HasSuffix(line, "=") {
			kept = append(kept, line)
		}
	}
	return kept
}

// beEqualTo holds for a configuration with the same nodes and values; otherwise the message names what differs, and
// nothing else of what may be a big configuration.
func beEqualTo(wanted configuration) Matcher { return equalConfiguration{wanted} }

type equalConfiguration struct{ wanted configuration }

// Match compares.
func (m equalConfiguration) Match(actual any) (bool, error) {
	found, ok := actual.(configuration)
	if !ok {
		return false, fmt.Errorf("this matcher judges a configuration, not %T", actual)
	}
	return m.wanted.equals(found), nil
}

// FailureMessage names the differences.
func (m equalConfiguration) FailureMessage(actual any) string {
	missing, more := m.wanted.differences(actual.(configuration))
	text := "expected the two configurations to be equal"
	for _, line := range missing {
		text += "\n  it lacks " + line
	}
	for _, line := range more {
		text += "\n  it has   " + line
	}
	return text
}

// NegatedFailureMessage says that there are none.
func (m equalConfiguration) NegatedFailureMessage(any) string {
	return "expected a difference, found none"
}
