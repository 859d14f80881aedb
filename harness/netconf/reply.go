package netconf

import (
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"
)

// Reply is an rpc-reply (RFC 6241 §4.2). Only direct children of the root count.
type Reply struct {
	Document     *Document
	MessageID    string
	HasMessageID bool
	OK           bool           // there is an ok (RFC 6241 §4.4), whatever stands beside it
	Data         *xmlquery.Node // the first data of the base namespace, nil without one
	Errors       []RPCError
}

// RPCError is an rpc-error (RFC 6241 §4.3): texts without white space around them, the first of each element.
type RPCError struct {
	Type, Tag, Severity, AppTag, Path, Message string
	MessageLang                                string         // xml:lang of error-message
	Info                                       *xmlquery.Node // error-info, nil without one
	SessionID, BadElement, BadAttribute        string         // of error-info (RFC 6241 Appendix A)
	Node                                       *xmlquery.Node // the rpc-error
}

// ParseReply reads an rpc-reply. The error means that the root is none of the base namespace; whether its content is
// legal is for the checks to find.
func ParseReply(d *Document) (*Reply, error) {
	if !d.Is("rpc-reply") {
		return nil, fmt.Errorf("reading an rpc-reply: %w", wrongRoot(d, "rpc-reply"))
	}
	r := &Reply{Document: d, OK: childElement(d.Root, "ok") != nil, Data: childElement(d.Root, "data")}
	r.MessageID, r.HasMessageID = attribute(d.Root, "", "message-id")
	for _, n := range childElements(d.Root, "rpc-error") {
		r.Errors = append(r.Errors, parseError(n))
	}
	return r, nil
}

func parseError(n *xmlquery.Node) RPCError {
	e := RPCError{
		Type: text(n, "error-type"), Tag: text(n, "error-tag"), Severity: text(n, "error-severity"),
		AppTag: text(n, "error-app-tag"), Path: text(n, "error-path"), Message: text(n, "error-message"),
		Info: childElement(n, "error-info"), Node: n,
	}
	if message := childElement(n, "error-message"); message != nil {
		e.MessageLang, _ = attribute(message, xmlNamespace, "lang")
	}
	if e.Info != nil {
		e.SessionID, e.BadElement, e.BadAttribute = text(e.Info, "session-id"), text(e.Info, "bad-element"), text(e.Info, "bad-attribute")
	}
	return e
}

// text gives the text of the first child of that name in the base namespace.
func text(n *xmlquery.Node, local string) string {
	if child := childElement(n, local); child != nil {
		return trimmed(child)
	}
	return ""
}

func trimmed(n *xmlquery.Node) string { return strings.Trim(n.InnerText(), whiteSpace) }

// attribute gives an attribute by namespace and local name; declarations are none.
func attribute(n *xmlquery.Node, uri, local string) (string, bool) {
	for _, a := range n.Attr {
		if a.NamespaceURI == uri && a.Name.Local == local {
			return a.Value, true
		}
	}
	return "", false
}
