// Package rpc checks requests and replies whatever the operation: RFC 6241 §3 and §4, and Appendix B for what a server
// sends.
package rpc

// Specs puts the suite into Ginkgo's tree, in the order of RFC 6241.
func Specs() {
	documents()
	namespaces()
	messageIDs()
	attributes()
	operations()
	replies()
	withoutMessageID()
	errorElements()
	okReplies()
	pipelining()
	schema()
}
