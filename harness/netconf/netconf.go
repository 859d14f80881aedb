// Package netconf reads and writes the messages of RFC 6241: hello, rpc, rpc-reply and rpc-error, the capability
// URNs, and the XML below them. What is read passes a strict check first, because XPath libraries are lenient.
package netconf

const (
	// BaseNamespace is the namespace of all protocol elements (RFC 6241 §3.1).
	BaseNamespace = "urn:ietf:params:xml:ns:netconf:base:1.0"
	// Base10 is the capability of NETCONF 1.0 (RFC 4741 §8.1).
	Base10 = "urn:ietf:params:netconf:base:1.0"
	// Base11 is the capability of NETCONF 1.1 (RFC 6241 §8.1, §10.4).
	Base11 = "urn:ietf:params:netconf:base:1.1"
)

const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
	whiteSpace     = " \t\r\n" // XML 1.0 §2.3, production S
)
