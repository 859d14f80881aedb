package target

// State is a node that is state data wherever it occurs: get returns it, and get-config does not (RFC 6241 §1.4).
type State struct {
	// Path leads from below <data> to the node.
	Path []Node
}

// KnownState gives the state data of models that many servers have, and of the reference server's own.
func KnownState() []*State {
	const (
		monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring" // RFC 6022
		library    = "urn:ietf:params:xml:ns:yang:ietf-yang-library"       // RFC 7895, RFC 8525
	)
	return []*State{
		{elements(monitoring, "netconf-state")},
		{elements(library, "modules-state")},
		{elements(library, "yang-library")},
		{elements(systemNamespace, "system-state")},         // RFC 7317
		{elements(interfacesNamespace, "interfaces-state")}, // RFC 8343
		{elements(interfacesNamespace, "interfaces", "interface", "oper-status")},
		{elements(interfacesNamespace, "interfaces", "interface", "statistics")},
		{elements(referenceNamespace, "system", "clock")},
		{elements(referenceNamespace, "top", "interface", "counters")},
		{elements(referenceNamespace, "stats")},
	}
}

// Filter is the subtree filter (RFC 6241 §6) that selects the node: the XML inside <filter>.
func (s *State) Filter() string { return nest(s.Path, "", "") }

// Expr is the absolute XPath of the node in a reply to get or get-config, with the prefixes of Namespaces.
func (s *State) Expr() string { return expr(s.Path) }

// Namespaces binds the prefixes of Expr, beside "nc".
func (s *State) Namespaces() map[string]string { return namespaces(s.Path) }
