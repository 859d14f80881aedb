package monitor

import (
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// xmlFaults: every message is a well-formed document in UTF-8 without a document type declaration (RFC 6241 §3, §3.2).
func xmlFaults(c *Collector, s *session.Session, m session.Message) {
	for _, f := range m.Faults {
		if requirement := faultRequirement(f.Rule); requirement != "" {
			c.found(s, requirement, m.Offset+f.Offset, around(m.Octets, f.Offset), "%s", f.Error())
		}
	}
}

// faultRequirement sorts the rules of the strict XML check by the requirement that they break, "" for none.
func faultRequirement(r netconf.FaultRule) string {
	switch r {
	case netconf.NotUTF8, netconf.EncodingDeclared:
		return "rfc6241-3-output-utf8"
	case netconf.Doctype:
		return "rfc6241-3.2-no-doctype-sent"
	case netconf.ByteOrderMark, netconf.TooDeep:
		return "" // legal XML
	}
	return "rfc6241-3-output-well-formed"
}

// around cuts out what stands before and behind a fault.
func around(octets []byte, offset int64) []byte {
	at := int(min(max(offset, 0), int64(len(octets))))
	return octets[max(0, at-excerpt/2):min(len(octets), at+excerpt/2)]
}
