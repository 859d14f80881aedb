// Package transport checks what NETCONF asks of its transport and of those who use it: RFC 6241 §1.2, §2 and §9,
// RFC 6242 §6, and RFC 4742 for servers of base:1.0.
package transport

import (
	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/dsl"
)

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	ginkgo.Describe("RFC 6241 §1.2, sessions", sessions)
	ginkgo.Describe("RFC 6241 §2.1, connections", connections)
	ginkgo.Describe("RFC 6241 §2.2 and RFC 6242 §6, authentication", authentication)
	ginkgo.Describe("RFC 6241 §2.2 and §9, permissions", permissions)
	ginkgo.Describe("RFC 6242 §6, the end-of-message mark in data", injection)
	ginkgo.Describe("RFC 4742, servers of base:1.0", old)
}

// Begins are the beginnings of specs that a run makes ahead.
func Begins() []dsl.Ahead { return []dsl.Ahead{idle()} }
