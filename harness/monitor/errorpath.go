package monitor

import (
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// longestPath bounds the expressions that are looked at, in octets: the parser is recursive.
const longestPath = 16 << 10

// errorPath: an absolute XPath 1.0 expression that can be read with what is in scope (RFC 6241 §4.3). Whether it leads
// to the right node is for the probes of the errors themselves; that is only counted.
func errorPath(c *Collector, s *session.Session, m session.Message) {
	for _, e := range rpcErrors(m) {
		for _, n := range named(e, "error-path") {
			path := content(n)
			if len(path) > longestPath {
				continue
			}
			parsed, err := parseXPath(path)
			switch {
			case err != nil:
				c.found(s, "rfc6241-4.3-error-path-absolute", m.Offset, m.Octets, "error-path %q is no XPath 1.0 expression: %v", path, err)
				continue
			case !strings.HasPrefix(path, "/"):
				c.found(s, "rfc6241-4.3-error-path-absolute", m.Offset, m.Octets, "error-path %q is not absolute", path)
			}
			pathContext(c, s, m, n, parsed)
			pathTarget(c, m, n, path)
		}
	}
}

// pathContext: prefixes from the declarations in scope, no variables, the core function library.
func pathContext(c *Collector, s *session.Session, m session.Message, n *xmlquery.Node, p expression) {
	const requirement = "rfc6241-4.3-error-path-namespace-context"
	path := content(n)
	own := false
	for _, prefix := range p.prefixes {
		if _, bound := declared(n, prefix); !bound {
			c.found(s, requirement, m.Offset, m.Octets, "the prefix %s of error-path %q is not declared", prefix, path)
		} else if _, outside := declared(n.Parent, prefix); !outside {
			own = true
		}
	}
	for _, variable := range p.variables {
		c.found(s, requirement, m.Offset, m.Octets, "error-path %q refers to the variable $%s, and there are none", path, variable)
	}
	for _, function := range p.functions {
		if !slices.Contains(coreFunctions(), function) {
			c.found(s, requirement, m.Offset, m.Octets, "error-path %q calls %s(), which is not in the core library of XPath 1.0", path, function)
		}
	}
	if own {
		c.seen[OwnPrefixes]++
	}
	if p.bare {
		c.seen[BarePaths]++
	}
}

// pathTarget counts whether a path selects a node of the request. One that our XPath library cannot evaluate is left
// out.
func pathTarget(c *Collector, m session.Message, n *xmlquery.Node, path string) {
	request := asked(m)
	if request == nil {
		return
	}
	x, err := netconf.CompileXPath(path, inScope(n))
	if err != nil {
		return
	}
	selects, err := x.Bool(request)
	switch {
	case err != nil:
	case selects:
		c.seen[PathsToNodes]++
	default:
		c.seen[PathsElse]++
	}
}

func inScope(n *xmlquery.Node) netconf.Namespaces {
	bound := netconf.Namespaces{}
	for ; n != nil; n = n.Parent {
		for _, a := range n.Attr {
			if _, nearer := bound[a.Name.Local]; a.Name.Space == "xmlns" && !nearer {
				bound[a.Name.Local] = a.Value
			}
		}
	}
	return bound
}
