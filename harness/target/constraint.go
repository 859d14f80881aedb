package target

import (
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Constraint is a rule between nodes that the server holds valid configurations to, such as a leafref or a must
// (RFC 7950 §8.1): each node is right by itself.
type Constraint struct {
	// Broken is XML below <config> that breaks the rule.
	Broken string
	// Mended is XML below <config> that takes it away again.
	Mended string
	// AppTag is the error-app-tag that the model has for it (RFC 6241 §4.3); "" none.
	AppTag string
	// Nodes are the local names of the node at fault and of its parent; none where they are not known.
	Nodes []string
}

// fileConstraint is a constraint as a target file has it.
type fileConstraint struct {
	Broken string   `yaml:"broken"`
	Mended string   `yaml:"mended"`
	AppTag string   `yaml:"app-tag"`
	Nodes  []string `yaml:"nodes"`
}

// constraint reads the rule between nodes of a fixture.
func (d *document) constraint(f fileConstraint) *Constraint {
	return &Constraint{Broken: d.fragment("broken", f.Broken), Mended: d.fragment("mended", f.Mended), AppTag: f.AppTag, Nodes: f.Nodes}
}

// fragment checks XML that breaks or mends the fixture's constraint.
func (d *document) fragment(key, text string) string {
	if _, err := countElements(text); err != nil {
		d.fault([]string{"fixture", "constraint", key}, "fixture.constraint.%s is not well-formed XML: %v", key, err)
	}
	return strings.TrimSpace(text)
}

// referenceConstraint breaks a must.
func referenceConstraint() *Constraint {
	pool := func(operation, content string) string {
		return `<services xmlns="` + referenceNamespace + `" xmlns:nc="` + netconf.BaseNamespace + `"><pool nc:operation="` + operation +
			`">` + content + `</pool></services>`
	}
	return &Constraint{Broken: pool("replace", "<least>5</least><most>3</most><member>alpha</member><in-turn/>"), Mended: pool("delete", ""),
		AppTag: "pool-limits-crossed", Nodes: []string{"most", "pool"}}
}
