package dsl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// DemandExactURI judges how a hello names a capability: where it holds a near miss of one of the URIs, it must hold one
// of them too. Without either the capability is not announced, and the spec has no verdict.
func DemandExactURI(id string, announced netconf.Capabilities, uris ...string) {
	var misses []string
	for _, miss := range announced.NearMisses() {
		if slices.Contains(uris, miss.Meant) {
			misses = append(misses, miss.Text)
		}
	}
	exact := slices.ContainsFunc(uris, func(uri string) bool { return announced.Has(uri) })
	if len(misses) == 0 && !exact {
		NoVerdict("the server does not announce the capability")
	}
	Demand(id, exact).To(match.BeTrue(fmt.Sprintf("%s stands in the hello, and %s does not",
		strings.Join(misses, ", "), strings.Join(uris, " or "))))
}
