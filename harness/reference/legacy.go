package reference

// LegacyNamespace is that of a data model without YANG, whose elements have attributes: what RFC 6241 says of them in
// filters (§6.2.2, §6.4.8) cannot be seen with YANG data.
const LegacyNamespace = "http://ncspec.example/ns/legacy"

// legacyModel is state data alone. Its top-level node has the name of one in ncspec-reference.
func legacyModel() []*node {
	port := &node{name: "port", kind: list, children: []*node{
		leafNode("in-octets", anyText), leafNode("out-octets", anyText)}}
	return within(LegacyNamespace, stateNode(containerNode("stats", port)))
}

// legacyStats gives two ports that the attributes name and kind tell apart.
func legacyStats(schema *node) *element {
	return &element{schema: schema, children: []*element{
		legacyPort(schema, "eth0", "copper", "45621", "774344"),
		legacyPort(schema, "eth1", "fibre", "0", "0")}}
}

func legacyPort(stats *node, portName, kind, in, out string) *element {
	b := builder{stats.named("port")}
	port := b.root(b.leaf("in-octets", in), b.leaf("out-octets", out))
	port.attributes = []dataAttribute{
		{name{LegacyNamespace, "name"}, portName}, {name{LegacyNamespace, "kind"}, kind}}
	return port
}
