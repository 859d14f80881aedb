package match_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/match"
)

// wrapped is a matcher that adds to another one.
type wrapped struct{ match.Matcher }

func (w wrapped) Unwrap() match.Matcher { return w.Matcher }

func TestWay(t *testing.T) {
	const rpcError = "/nc:rpc-reply/nc:rpc-error"
	for name, c := range map[string]struct {
		matcher match.Matcher
		actual  any
		expr    string
	}{
		"an expression":               {match.HaveXPath("/a:b"), reply(ok), "/a:b"},
		"one that is wrapped":         {wrapped{wrapped{match.HaveXPath("/a:b")}}, reply(ok), "/a:b"},
		"ok":                          {match.BeOK(), reply(denied), "/nc:rpc-reply/nc:ok"},
		"data":                        {match.CarryData(), reply(denied), "/nc:rpc-reply/nc:data"},
		"no rpc-error":                {match.BeUnrefused(), reply(denied), rpcError},
		"an rpc-error, and none came": {match.BeRPCError("in-use"), reply(data), rpcError},
		"ok beside the rpc-error":     {match.BeRPCError("lock-denied"), reply(denied + ok), "/nc:rpc-reply/nc:ok"},
		"another tag":                 {match.BeRPCError("in-use").OfType("rpc"), reply(denied), rpcError + "/nc:error-tag"},
		"another type":                {match.BeRPCError("lock-denied").OfType("rpc"), reply(denied), rpcError + "/nc:error-type"},
		"another severity":            {match.BeRPCError().OfSeverity("warning"), reply(denied), rpcError + "/nc:error-severity"},
		"another session-id":          {match.BeRPCError().WithInfo("session-id", "5"), reply(denied), rpcError + "/nc:error-info/nc:session-id"},
		"no answer":                   {match.BeRPCError(), silent, rpcError},
	} {
		g := NewWithT(t)
		expr, _, known := match.Way(c.matcher, c.actual)
		g.Expect(known).To(BeTrue(), name)
		g.Expect(expr).To(Equal(c.expr), name)
	}
	_, _, known := match.Way(wrapped{match.Succeed()}, nil)
	NewWithT(t).Expect(known).To(BeFalse())
}

func TestWayBindsPrefixes(t *testing.T) {
	_, ns, _ := match.Way(match.HaveXPath("/a:b").In(map[string]string{"a": "urn:a"}), reply(ok))
	NewWithT(t).Expect(ns).To(HaveKeyWithValue("a", "urn:a"))
}
