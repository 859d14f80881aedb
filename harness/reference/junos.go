package reference

// Namespaces of the junos profile.
const (
	// JunosNamespace is that of the configuration.
	JunosNamespace = "http://xml.juniper.net/xnm/1.1/xnm"
	// JunosChassisNamespace is that of the chassis inventory.
	JunosChassisNamespace = "http://xml.juniper.net/junos/10.4R1/junos-chassis"
)

// junosProfile speaks as the server of the documented session: the capabilities that it claims, configuration
// in its namespace, and requests without namespace or message-id, which it accepts.
func junosProfile() profile {
	return profile{
		capabilities: []string{base10URN, urn + "candidate:1.0", urn + "confirmed-commit:1.0", urn + "validate:1.0",
			urn + "url:1.0?scheme=http,ftp,file", "http://xml.juniper.net/netconf/junos/1.0"},
		candidate: true, validate: true, confirmed: true, old: true, lenient: true,
		schemes: []string{"http", "ftp", "file"},
		schema:  func() *node { return schemaRoot(junosModule()) },
		config:  junosConfig,
		operations: map[name]operation{
			base("get-chassis-inventory"): {run: (*session).getChassisInventory},
		},
	}
}

func junosModule() []*node {
	permissions := oneOf("all", "configure", "network", "snmp", "system", "view")
	return within(JunosNamespace, containerNode("configuration",
		containerNode("system",
			leafNode("host-name", anyText),
			leafNode("location", anyText),
			containerNode("login", classNode(permissions), leafNode("message", anyText)))))
}

func junosConfig(root *node) *element {
	b := builder{root}
	return b.root(b.in("configuration", b.in("system",
		b.leaf("host-name", "reference"),
		b.in("login", b.in("class", b.leaf("name", "operator"), b.leaf("permissions", "view"))))))
}

// junosRPC tells whether a root is an rpc without namespace, which Junos takes.
func (s *session) junosRPC(root *input) bool {
	return s.profile.lenient && root.name == name{"", "rpc"}
}

// operationName is the name that operations are looked up by. Junos takes them in any namespace of its own,
// or in none.
func (s *session) operationName(in *input) name {
	if s.profile.lenient && contains([]string{"", JunosNamespace, JunosChassisNamespace}, in.ns) {
		return base(in.local)
	}
	return in.name
}

// sameNamespace tells whether a parameter is in the namespace of its operation.
func (s *session) sameNamespace(in, op *input) bool {
	return in.ns == op.ns || s.profile.lenient && (in.ns == "" || in.ns == baseNS)
}

// getChassisInventory gives the documented inventory.
func (s *session) getChassisInventory(op *input) reply {
	if _, err := s.params(op, "detail", "extensive"); err != nil {
		return failed(err)
	}
	return reply{body: func(x *xmlWriter) {
		x.raw(`<chassis-inventory xmlns="`, JunosChassisNamespace, `"><chassis><name>Chassis</name>`,
			`<serial-number>00118</serial-number><description>M40</description>`)
		chassisModule(x, "Backplane", "REV 06", "710-000073", "AA2049")
		chassisModule(x, "Power Supply A", "Rev A2", "740-000234", "000042")
		x.raw("</chassis></chassis-inventory>")
	}}
}

func chassisModule(x *xmlWriter, name, version, part, serial string) {
	x.raw("<chassis-module><name>", name, "</name><version>", version, "</version><part-number>", part,
		"</part-number><serial-number>", serial, "</serial-number></chassis-module>")
}
