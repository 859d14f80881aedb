// Package callhome checks what RFC 8071 asks of a NETCONF server that calls home. It applies to targets whose calls are
// awaited.
package callhome

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 8071 §1, the roles of server and client", roles)
	ginkgo.Describe("RFC 8071 §4.1, the server's part", server)
}
