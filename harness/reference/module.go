package reference

import (
	_ "embed"
	"math"
)

// Namespace is that of the reference server's own YANG module, ncspec-reference.
const Namespace = "http://ncspec.example/ns/reference"

const (
	moduleName     = "ncspec-reference"
	moduleRevision = "2026-11-25"
)

//go:embed yang/ncspec-reference.yang
var moduleText string

// YANG gives the texts of the modules that the server implements, its own first.
func YANG() []string { return []string{moduleText, siteText} }

// referenceModule is the data that yang/ncspec-reference.yang describes.
func referenceModule() []*node {
	return within(Namespace, systemNode(), topNode(), servicesNode(), secretNode(), statsNode())
}

func systemNode() *node {
	return containerNode("system",
		leafNode("contact", anyText),
		leafNode("location", anyText),
		leafNode("host-name", anyText),
		containerNode("login", classNode(oneOf("configure", "snmp", "system", "view"))),
		stateNode(containerNode("clock", leafNode("uptime", unsigned(math.MaxUint32)))),
	)
}

func classNode(permissions check) *node {
	return listNode("class", "name",
		leafNode("name", textOf(1, 64)),
		leafListNode("permissions", permissions))
}

func topNode() *node {
	return containerNode("top",
		containerNode("users",
			listNode("user", "name",
				leafNode("name", textOf(1, 64)),
				leafNode("type", oneOf("superuser", "admin")),
				leafNode("full-name", anyText),
				containerNode("company-info",
					leafNode("dept", unsigned(math.MaxUint32)),
					leafNode("id", unsigned(math.MaxUint32))))),
		listNode("interface", "name",
			leafNode("name", textOf(1, 64)),
			leafNode("mtu", numberWithin(256, 9192,
				mismatch{message: "MTU is not within range 256..9192", appTag: "mtu-out-of-range"})),
			leafNode("description", anyText),
			stateNode(leafNode("oper-status", oneOf("up", "down"))),
			stateNode(containerNode("counters",
				leafNode("in-octets", unsigned(math.MaxUint64)),
				leafNode("out-octets", unsigned(math.MaxUint64))))))
}

func statsNode() *node {
	return stateNode(containerNode("stats",
		leafNode("requests", unsigned(math.MaxUint64)),
		listNode("record", "id",
			leafNode("id", unsigned(math.MaxUint32)),
			leafNode("text", anyText))))
}

func unsigned(most uint64) check { return numberWithin(0, most, mismatch{}) }

// referenceConfig is what running and startup hold when the server starts.
func referenceConfig(root *node) *element {
	b := builder{root}
	data := b.root(
		b.in("system",
			b.leaf("contact", "admin@ncspec.example"),
			b.leaf("location", "Laboratory"),
			b.leaf("host-name", "reference"),
			b.in("login",
				b.in("class", b.leaf("name", "operator"), b.leaf("permissions", "view")))),
		b.in("top",
			b.in("users",
				referenceUser(b, "root", "superuser", "Charlie Root", "1", "1"),
				referenceUser(b, "fred", "admin", "Fred Flintstone", "2", "2"),
				referenceUser(b, "barney", "admin", "Barney Rubble", "2", "3")),
			b.in("interface", b.leaf("name", "eth0"), b.leaf("mtu", "1500"), b.leaf("description", "uplink")),
			b.in("interface", b.leaf("name", "eth1"), b.leaf("mtu", "1500"))),
		servicesConfig(b))
	return data.with(siteConfig(root))
}

func referenceUser(b builder, name, kind, fullName, dept, id string) sprout {
	return b.in("user",
		b.leaf("name", name),
		b.leaf("type", kind),
		b.leaf("full-name", fullName),
		b.in("company-info", b.leaf("dept", dept), b.leaf("id", id)))
}
