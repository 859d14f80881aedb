package target

import "github.com/ncspec/ncspec/harness/netconf"

// BuiltInOperational chooses a request for state data by what the server's hello claims; it always finds one, as every
// server answers get (RFC 6241 §7.7).
func BuiltInOperational(c netconf.Capabilities) *Operational {
	for _, o := range operationals() {
		if c.Has(o.claim) {
			return &Operational{RPC: o.rpc, Expect: o.expect, Namespaces: map[string]string{"op": o.namespace}}
		}
	}
	return &Operational{RPC: netconf.Get(""), Expect: "/nc:rpc-reply/nc:data"}
}

type operational struct{ claim, namespace, rpc, expect string }

func operationals() []operational {
	const (
		reference  = "http://ncspec.example/ns/reference"
		junos      = "http://xml.juniper.net/netconf/junos/1.0"
		system     = "urn:ietf:params:xml:ns:yang:ietf-system"
		monitoring = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
	)
	return []operational{
		{reference, reference, `<get-inventory xmlns="` + reference + `"/>`, "/nc:rpc-reply/op:*"},
		// The chassis namespace holds the release, so it is told by its names.
		{junos, junos, `<get-chassis-inventory><detail/></get-chassis-inventory>`,
			"/nc:rpc-reply/*[local-name()='chassis-inventory']/*[local-name()='chassis']"},
		{system, system, netconf.Get(`<system-state xmlns="` + system + `"/>`), "/nc:rpc-reply/nc:data/op:system-state"},
		{monitoring, monitoring, netconf.Get(`<netconf-state xmlns="` + monitoring + `"><capabilities/></netconf-state>`),
			"/nc:rpc-reply/nc:data/op:netconf-state"},
	}
}
