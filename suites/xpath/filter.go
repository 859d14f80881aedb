package xpath

import (
	"context"
	"encoding/xml"
	"strings"

	"github.com/ncspec/ncspec/harness/datastore"
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

// selecting reads what an expression selects of running.
func selecting(ctx context.Context, s *session.Session, expression string) *session.Reply {
	return s.RPC(ctx, getConfig(filter(expression, bound(ctx))))
}

// everything reads running without a filter.
func everything(ctx context.Context, s *session.Session) *session.Reply {
	reply := s.GetConfig(ctx, datastore.Running, "")
	Given(reply).To(CarryData())
	Given(reply).To(have(ctx, "/nc:rpc-reply/nc:data/t:top/t:users/t:user[t:name='fred']"))
	return reply
}

// have is HaveXPath with the model's prefix.
func have(ctx context.Context, expression string, value ...any) *XPathMatcher {
	return HaveXPath(expression, value...).In(netconf.Namespaces(model(ctx).Namespaces()))
}
