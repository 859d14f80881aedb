// Package filter checks what a subtree filter selects: RFC 6241 §6, and what §5 says of datastores and data models.
package filter

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree, in the order of RFC 6241.
func Specs() {
	ginkgo.Describe("datastores", datastores)
	ginkgo.Describe("data models", models)
	ginkgo.Describe("what a subtree filter selects", overview)
	ginkgo.Describe("namespaces in a filter", namespaces)
	ginkgo.Describe("attributes in a filter", attributes)
	ginkgo.Describe("containment nodes", containment)
	ginkgo.Describe("selection nodes", selection)
	ginkgo.Describe("content match nodes", content)
	ginkgo.Describe("sibling sets of a filter", processing)
	ginkgo.Describe("filters as RFC 6241 has them", examples)
}
