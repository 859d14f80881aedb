package match

import (
	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/session"
)

// children counts the child elements of the rpc-reply.
func children(r *session.Reply) int {
	n := 0
	for child := r.Document.Root.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == xmlquery.ElementNode {
			n++
		}
	}
	return n
}
