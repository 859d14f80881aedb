package match

import (
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/session"
)

// BeUnrefused holds for a reply without rpc-error, for specs that go on to judge the data in it: what else may stand in a
// reply is judged elsewhere (RFC 6241 §4.2, §4.4).
func BeUnrefused() types.GomegaMatcher {
	return BeReply("a reply without rpc-error", func(r *session.Reply) bool { return len(r.Errors) == 0 })
}
