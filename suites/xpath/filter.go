package xpath

import (
	"context"
	"encoding/xml"
	"strings"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
)

// model is the data model that the expressions speak of.
func model(ctx context.Context) *target.Model { return FromContext(ctx).Target.Fixture.Model }

// attribute writes an attribute, escaped.
func attribute(name, value string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(value)) // a builder takes everything
	return " " + name + `="` + b.String() + `"`
}

// filter is a filter element that selects by an expression; more stands in its start tag.
func filter(selected string, more ...string) string {
	return "<filter" + strings.Join(more, "") + attribute("type", "xpath") + attribute("select", selected) + "/>"
}

// bound declares the prefix t for the model.
func bound(ctx context.Context) string { return attribute("xmlns:t", model(ctx).Namespace) }

// getConfig reads running through a filter element.
func getConfig(filter string) string {
	return "<get-config><source><running/></source>" + filter + "</get-config>"
}

// get reads running and the state data through a filter element.
func get(filter string) string { return "<get>" + filter + "</get>" }

// reader reads the model's data by expressions: with get-config, or with get from a server that takes names with a
// prefix there only, which is judged once, by xpath/get-and-get-config, and not in each spec.
type reader struct {
	*session.Session
	operation func(filter string) string
	all       *session.Reply // what is read without a filter
}

// newReader opens a session. Without users to select, or with expressions refused everywhere, the spec ends without a
// verdict.
func newReader(ctx context.Context) reader {
	s := Open(ctx)
	for _, operation := range []func(string) string{getConfig, get} {
		if reply := s.RPC(ctx, operation(filter(users, bound(ctx)))); reply.Data == nil {
			continue
		}
		r := reader{s, operation, s.RPC(ctx, operation(""))}
		Given(r.all).To(CarryData())
		if count(ctx, r.all, "/"+users+"/t:user[t:name='fred']") == 0 {
			NoVerdict("running has no user fred, whom the expressions are about")
		}
		return r
	}
	NoVerdict("the server takes no expression with a prefix")
	return reader{}
}

// selecting reads what an expression selects.
func (r reader) selecting(ctx context.Context, expression string) *session.Reply {
	return r.RPC(ctx, r.operation(filter(expression, bound(ctx))))
}

// have is HaveXPath with the model's prefix.
func have(ctx context.Context, expression string, value ...any) *XPathMatcher {
	return HaveXPath(expression, value...).In(netconf.Namespaces(model(ctx).Namespaces()))
}
