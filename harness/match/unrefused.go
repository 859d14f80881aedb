package match

import (
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/session"
)

// BeUnrefused holds for a reply without rpc-error, for specs that go on to judge the data in it: what else may stand in a
// reply is judged elsewhere (RFC 6241 §4.2, §4.4).
func BeUnrefused() types.GomegaMatcher {
	return verdictOn{expected: "a reply without rpc-error", points: "/nc:rpc-reply/nc:rpc-error", holds: func(r *session.Reply) bool {
		return r.Outcome == session.Answered && len(r.Errors) == 0
	}}
}
