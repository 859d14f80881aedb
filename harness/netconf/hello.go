package netconf

import (
	"fmt"
	"strconv"
	"strings"
)

// Hello is what a peer says first (RFC 6241 §8.1).
type Hello struct {
	Capabilities  Capabilities
	SessionID     uint32 // 0 when absent or no positive unsignedInt (Appendix B)
	SessionIDText string // the first session-id, without white space around it
	Document      *Document
}

// ParseHello reads a hello. The error means that the root is no hello of the base namespace; whatever else is missing
// or misplaced is for the checks to find.
func ParseHello(d *Document) (*Hello, error) {
	if !d.Is("hello") {
		return nil, fmt.Errorf("reading a hello: %w", wrongRoot(d, "hello"))
	}
	h := &Hello{Document: d}
	for _, list := range childElements(d.Root, "capabilities") {
		for _, c := range childElements(list, "capability") {
			h.Capabilities = append(h.Capabilities, ParseCapability(c.InnerText()))
		}
	}
	if id := childElement(d.Root, "session-id"); id != nil {
		h.SessionIDText = trimmed(id)
		if n, err := strconv.ParseUint(h.SessionIDText, 10, 32); err == nil {
			h.SessionID = uint32(n)
		}
	}
	return h, nil
}

// wrongRoot says what a document is instead.
func wrongRoot(d *Document, wanted string) error {
	if d == nil {
		return fmt.Errorf("there is no document; <%s> was expected", wanted)
	}
	return fmt.Errorf("the root is <%s> in the namespace %q, not <%s> in %q", d.Root.Data, d.Root.NamespaceURI, wanted, BaseNamespace)
}

// MarshalHello writes a hello. A client's has no session-id (RFC 6241 §8.1): 0 leaves it out.
func MarshalHello(sessionID uint32, capabilities ...string) []byte {
	var b strings.Builder
	b.WriteString(`<hello xmlns="` + BaseNamespace + `"><capabilities>`)
	for _, c := range capabilities {
		b.WriteString("<capability>" + escape(c) + "</capability>")
	}
	b.WriteString("</capabilities>")
	if sessionID != 0 {
		fmt.Fprintf(&b, "<session-id>%d</session-id>", sessionID)
	}
	b.WriteString("</hello>")
	return []byte(b.String())
}
