package reference

import (
	_ "embed"
	"math"
)

// SiteNamespace is that of a second YANG module, ncspec-site. Its container has the name of one in ncspec-reference, so
// that a filter node without namespace can match two modules (RFC 6241 §6.2.1).
const SiteNamespace = "http://ncspec.example/ns/site"

const siteCapability = SiteNamespace + "?module=ncspec-site&revision=" + moduleRevision

//go:embed yang/ncspec-site.yang
var siteText string

func siteModule() []*node {
	return within(SiteNamespace, containerNode("services",
		leafNode("building", anyText),
		leafNode("floor", unsigned(math.MaxUint8))))
}

// siteConfig is what running and startup hold of it when the server starts.
func siteConfig(root *node) *element {
	b := builder{root.child(SiteNamespace, "services")}
	return b.root(b.leaf("building", "Main house"), b.leaf("floor", "2"))
}
