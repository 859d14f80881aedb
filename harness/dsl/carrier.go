package dsl

import (
	"fmt"
	"slices"
	"strings"
)

// transportTerm begins a condition on how the target is reached: "transport:ssh", "transport:tls", "transport:call-home",
// or any other transport of a target; "!transport:exec" for any other one. They stand where capabilities stand, as what is
// demanded of one transport applies to no other.
const transportTerm = "transport:"

func ofTransport(condition string) bool {
	return strings.Contains(condition, transportTerm)
}

// otherwiseCarried tells why what requires this transport does not apply, "" where it does.
func (r *Run) otherwiseCarried(requires []string) string {
	for _, condition := range requires {
		if !ofTransport(condition) || slices.ContainsFunc(strings.Split(condition, "|"), r.carried) {
			continue
		}
		return fmt.Sprintf("it is for %s, and the target is reached by %s",
			strings.NewReplacer("!"+transportTerm, "transports other than ", transportTerm, "the transport ", "|", " or ").Replace(condition), r.Target.Transport)
	}
	return ""
}

// carried tells whether one term of a condition holds.
func (r *Run) carried(term string) bool {
	name, unwanted := strings.CutPrefix(term, "!")
	if transport, ours := strings.CutPrefix(name, transportTerm); ours {
		return r.Target.Carried(transport) != unwanted
	}
	return r.Claims.Has(name) != unwanted
}
