// Package xml checks what a server makes of the XML it receives: RFC 6241 §3, §3.1 and §3.2.
package xml

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §3, messages that are no XML in UTF-8", malformed)
	ginkgo.Describe("RFC 6241 §3, messages that cannot be answered", unanswerable)
	ginkgo.Describe("RFC 6241 §3, the XML declaration", declaration)
	ginkgo.Describe("RFC 6241 §3.1, namespaces", namespaces)
	ginkgo.Describe("RFC 6241 §3.2, document type declarations", documentTypes)
}
