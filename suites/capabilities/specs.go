// Package capabilities checks what a server claims, in general: RFC 6241 §1.3, §7 and §8, and what a claim of base:1.0
// alone means (RFC 4741).
package capabilities

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §1.3, what is claimed works", usable)
	ginkgo.Describe("RFC 6241 §1.3 and §8, names of capabilities", names)
	ginkgo.Describe("RFC 6241 §7, the base operations", operations)
	ginkgo.Describe("RFC 6241 §8, the client's capabilities", clients)
	ginkgo.Describe("RFC 4741, servers of base:1.0", old)
}
