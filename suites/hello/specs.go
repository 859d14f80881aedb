// Package hello checks the start of a session: the hellos of RFC 6241 §8.1, and how RFC 6242 §3 and §4.1 carry them.
package hello

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §8.1, the server's hello", serverHello)
	ginkgo.Describe("RFC 6241 §8.1, the client's hello", clientHello)
	ginkgo.Describe("RFC 6241 §8.1, the version in common", version)
	ginkgo.Describe("RFC 6241 §8.1, a session refused", refusals)
	ginkgo.Describe("RFC 6241 §1.3, §3.1 and Appendix B, what the hello says", content)
	ginkgo.Describe("RFC 6242 §3, starting NETCONF over SSH", starting)
	ginkgo.Describe("RFC 6242 §4.1, framing of the hello", framing)
	ginkgo.Describe("session-ids", sessionIDs)
}
