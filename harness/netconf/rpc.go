package netconf

import (
	"slices"
	"strings"
)

// Attribute is an attribute of rpc. Name may have a prefix, or be a declaration: "xmlns:x".
type Attribute struct{ Name, Value string }

// Request is an rpc (RFC 6241 §4.1). It may be made to break the rules: without a message-id, with attributes whose
// prefix nobody declares, with an operation that is no XML.
type Request struct {
	MessageID   string
	NoMessageID bool // leave the attribute out
	Attributes  []Attribute
	Prefix      string // for the base namespace; "" makes it the default one
	Operation   string // XML inside rpc; in the base namespace by inheritance, with a Prefix it declares its own
}

// Marshal writes the request. A declaration among the attributes takes the place of the one that Prefix asks for.
func (r Request) Marshal() []byte {
	name, declaration := "rpc", "xmlns"
	if r.Prefix != "" {
		name, declaration = r.Prefix+":rpc", "xmlns:"+r.Prefix
	}
	var b strings.Builder
	b.WriteString("<" + name)
	if !slices.ContainsFunc(r.Attributes, func(a Attribute) bool { return a.Name == declaration }) {
		b.WriteString(" " + declaration + `="` + BaseNamespace + `"`)
	}
	if !r.NoMessageID {
		b.WriteString(` message-id="` + escape(r.MessageID) + `"`)
	}
	for _, a := range r.Attributes {
		b.WriteString(" " + a.Name + `="` + escape(a.Value) + `"`)
	}
	b.WriteString(">" + r.Operation + "</" + name + ">")
	return []byte(b.String())
}

// escape writes text so that it comes back the same from an attribute or an element: white space other than blanks as
// references, because attribute values are normalised (XML 1.0 §3.3.3, RFC 6241 §4.1).
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;",
		"\t", "&#9;", "\n", "&#10;", "\r", "&#13;").Replace(text)
}
