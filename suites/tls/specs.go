// Package tls checks what NETCONF over TLS asks of a server: RFC 7589. It applies to targets that are reached by TLS.
package tls

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 7589 §1 and §2, connection initiation", initiation)
	ginkgo.Describe("RFC 7589 §3, message framing", framing)
	ginkgo.Describe("RFC 7589 §4, connection closure", closure)
	ginkgo.Describe("RFC 7589 §5, certificate validation", validation)
	ginkgo.Describe("RFC 7589 §7, client identity", identity)
	ginkgo.Describe("RFC 7589 §8, cipher suites", ciphers)
}
