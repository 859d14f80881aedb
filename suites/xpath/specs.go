// Package xpath checks XPath filters: the capability :xpath of RFC 6241 §8.9.
package xpath

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §8.9.1, the context of an expression", expressionContext)
	ginkgo.Describe("RFC 6241 §8.9.1, what an expression may be", expressions)
	ginkgo.Describe("RFC 6241 §8.9.1, expressions that are refused", refused)
	ginkgo.Describe("RFC 6241 §8.9.5.1, the filter element", filterElement)
	ginkgo.Describe("RFC 6241 §8.9.5.1, what is returned", returned)
	ginkgo.Describe("RFC 6241 §8.9.3, the capability", capability)
}
