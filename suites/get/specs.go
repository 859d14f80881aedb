// Package get checks retrieval: get-config and get (RFC 6241 §1.4, §3, §7.1, §7.7). What filters select is judged in the
// suite filter.
package get

import "github.com/onsi/ginkgo/v2"

// Specs puts the suite into Ginkgo's tree, in the order of RFC 6241.
func Specs() {
	ginkgo.Describe("configuration and state data", configurationOnly)
	ginkgo.Describe("requests that are the same XML", xmlForms)
	ginkgo.Describe("get-config", getConfig)
	ginkgo.Describe("get", get)
}
