package reference

import (
	"regexp"
	"strconv"
	"strings"
)

var characterReference = regexp.MustCompile(`&#[0-9xXa-fA-F]+;`)

// is tells whether the request is for an operation of the base namespace.
func (r *request) is(operation string) bool {
	return r.root != nil && len(r.root.children) == 1 && r.root.children[0].local == operation
}

// returned gives an attribute of rpc as it stands on the reply, which is as it came but for defects.
func (s *session) returned(req *request, r reply, a sentAttribute) (sentAttribute, bool) {
	prefix, local, qualified := strings.Cut(a.name, ":")
	switch {
	case a.name == "message-id":
		return s.returnedID(req, r, a)
	case prefix == "xmlns":
		return a, !s.broken("unused-namespace-declarations-dropped") || req.uses(local)
	case len(r.errors) > 0 && s.broken("error-reply-drops-attributes"),
		!qualified && s.broken("unqualified-attributes-dropped"),
		qualified && req.is("get") && s.broken("get-reply-drops-qualified-attributes"):
		return a, false
	}
	if s.broken("character-references-in-attributes-lost") {
		a.value = characterReference.ReplaceAllString(a.value, "")
	}
	return a, true
}

func (s *session) returnedID(req *request, r reply, a sentAttribute) (sentAttribute, bool) {
	if n, err := strconv.ParseFloat(a.value, 64); err == nil && s.broken("message-id-read-as-number") {
		a.value = strconv.FormatFloat(n, 'f', -1, 64)
	}
	if s.broken("message-id-truncated") && len(a.value) > 100 {
		a.value = a.value[:100]
	}
	if s.broken("message-id-escaped-twice") {
		a.value = strings.ReplaceAll(a.value, "&", "&amp;")
	}
	if s.broken("blanks-in-message-id-dropped") {
		a.value = strings.ReplaceAll(a.value, " ", "")
	}
	unknown := len(r.errors) > 0 && r.errors[0].tag == "operation-not-supported"
	return a, !(unknown && s.broken("unknown-operation-reply-without-message-id") ||
		req.is("close-session") && s.broken("close-session-reply-without-message-id"))
}

// uses tells whether the rpc's start tag uses a prefix; the default namespace is always in use.
func (r *request) uses(prefix string) bool {
	for _, a := range r.attributes {
		if strings.HasPrefix(a.name, prefix+":") {
			return true
		}
	}
	return prefix == "" || r.prefix == prefix+":"
}

// nothingFound gives what defects answer to get and get-config when a filter selects nothing. They spare a get-config
// with an empty filter, which the suites ask all the time.
func (s *session) nothingFound(op, filter *input) (reply, bool) {
	switch {
	case op.local == "get" && s.broken("empty-data-left-out"):
		return reply{body: func(*xmlWriter) {}}, true
	case len(filter.children) > 0 && s.broken("empty-result-answered-with-ok"):
		return reply{}, true
	}
	return reply{}, false
}

// stored gives a leaf's value as it is stored: as it came.
func (s *session) stored(value string) string {
	if s.broken("white-space-in-values-collapsed") {
		return strings.Join(strings.Fields(value), " ")
	}
	if s.broken("end-mark-in-values-dropped") {
		return strings.ReplaceAll(value, "]]>]]>", "")
	}
	if !s.broken("values-stored-as-latin-1") {
		return value
	}
	return strings.Map(func(r rune) rune {
		if r > 0xff {
			return '?'
		}
		return r
	}, value)
}

// prolog is what stands ahead of the root of a reply: nothing, but for defects.
func (s *session) prolog() string {
	switch {
	case s.broken("declaration-behind-line-feed"):
		return "\n" + `<?xml version="1.0" encoding="UTF-8"?>`
	case s.broken("foreign-encoding-declared"):
		return `<?xml version="1.0" encoding="ISO-8859-1"?>`
	case s.broken("document-type-sent"):
		return "<!DOCTYPE rpc-reply>"
	}
	return ""
}

// blemished gives an rpc-error as it is sent, which is as it was made but for defects. They keep to errors that few
// checks ask for.
func (s *session) blemished(e *rpcError) *rpcError {
	if e.tag != "operation-not-supported" {
		return e
	}
	e2 := *e
	if s.broken("error-type-of-no-layer") {
		e2.layer = "server"
	}
	if s.broken("error-tag-of-its-own") {
		e2.tag = "not-implemented"
	}
	return &e2
}

func (s *session) severity(e *rpcError) string {
	if e.tag == "too-big" && s.broken("too-big-as-warning") {
		return "warning"
	}
	if e.tag == "operation-not-supported" && s.broken("error-severity-warning") {
		return "warning"
	}
	return "error"
}

// writeMessage writes error-message with its language (RFC 6241 §4.3).
func (s *session) writeMessage(x *xmlWriter, message string) {
	switch {
	case s.broken("error-message-without-language"):
		x.leaf("error-message", message)
	case s.broken("error-message-empty"):
		x.leaf("error-message", "", `xml:lang="en"`)
	case message != "":
		x.leaf("error-message", message, `xml:lang="en"`)
	}
}
