package target

import "github.com/ncspec/ncspec/harness/netconf"

// Constraint is a rule between nodes that the server holds valid configurations to, such as a leafref or a must
// (RFC 7950 §8.1): each node is right by itself.
type Constraint struct {
	// Broken is XML below <config> that breaks the rule.
	Broken string
	// Mended is XML below <config> that takes it away again.
	Mended string
}

// referenceConstraint names a key that is not there.
func referenceConstraint() *Constraint {
	server := func(operation string) string {
		return `<services xmlns="` + referenceNamespace + `" xmlns:nc="` + netconf.BaseNamespace + `"><server><name>alpha</name>` +
			`<secret-key` + operation + `>ncspec</secret-key></server></services>`
	}
	return &Constraint{Broken: server(""), Mended: server(` nc:operation="delete"`)}
}
