package compare

import "github.com/ncspec/ncspec/harness/verdict"

// SameTarget tells whether two reports are of one target: it has its name still, or its address.
func SameTarget(a, b verdict.Target) bool {
	return a.Name == b.Name || a.Address != "" && a.Address == b.Address
}

// Name names a target for people: "edge-1 (192.0.2.7:830)".
func Name(t verdict.Target) string {
	if t.Address == "" || t.Address == t.Name {
		return t.Name
	}
	return t.Name + " (" + t.Address + ")"
}
