// Package session checks the end of a session: close-session (RFC 6241 §7.8, RFC 6242 §5) and kill-session (§7.9). The
// documented sequences, which are transcripts, belong to it too.
package session

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §7.8 and RFC 6242 §5, close-session", closeSession)
	ginkgo.Describe("RFC 6241 §7.9, kill-session", killSession)
	ginkgo.Describe("RFC 6241 §7.9, what kill-session leaves", afterKill)
	ginkgo.Describe("RFC 6241 §7.8 and §7.9, a confirmed commit pending", confirmedCommit)
}
