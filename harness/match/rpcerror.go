package match

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// The error-types of RFC 6241 §4.3.
const (
	Transport   = "transport"
	RPC         = "rpc"
	Protocol    = "protocol"
	Application = "application"
)

// The error-tags of RFC 6241 Appendix A that specs name.
const (
	InvalidValue          = "invalid-value"
	MissingAttribute      = "missing-attribute"
	MissingElement        = "missing-element"
	UnknownElement        = "unknown-element"
	LockDenied            = "lock-denied"
	InUse                 = "in-use"
	AccessDenied          = "access-denied"
	OperationNotSupported = "operation-not-supported"
	OperationFailed       = "operation-failed"
	MalformedMessage      = "malformed-message"
)

// RPCErrorMatcher holds for a reply without ok in which one rpc-error has all that was asked for.
type RPCErrorMatcher struct {
	tags, kinds []string
	severity    string
	info        map[string]string
}

// BeRPCError asks for an rpc-error with one of the tags, with any tag where none is given. Give none only where the
// RFC names none.
func BeRPCError(tags ...string) *RPCErrorMatcher { return &RPCErrorMatcher{tags: tags} }

// OfType asks for one of the error-types too.
func (m *RPCErrorMatcher) OfType(kinds ...string) *RPCErrorMatcher { m.kinds = kinds; return m }

// OfSeverity asks for the error-severity too.
func (m *RPCErrorMatcher) OfSeverity(severity string) *RPCErrorMatcher {
	m.severity = severity
	return m
}

// WithInfo asks for an element of error-info with that text; for a qualified name the local part counts, as
// RFC 6241 §4.3 prints bad-element without a prefix.
func (m *RPCErrorMatcher) WithInfo(element, text string) *RPCErrorMatcher {
	if m.info == nil {
		m.info = map[string]string{}
	}
	m.info[element] = text
	return m
}

var _ types.GomegaMatcher = (*RPCErrorMatcher)(nil)

// Match looks for the rpc-error.
func (m *RPCErrorMatcher) Match(actual any) (bool, error) {
	r, err := asReply(actual)
	if err != nil || r.Outcome != session.Answered {
		return false, err
	}
	if r.OK {
		return false, misdirected(r)
	}
	for _, e := range r.Errors {
		if m.fits(e) {
			return true, nil
		}
	}
	return false, misdirected(r)
}

func (m *RPCErrorMatcher) fits(e netconf.RPCError) bool {
	if !among(e.Tag, m.tags) || !among(e.Type, m.kinds) || m.severity != "" && e.Severity != m.severity {
		return false
	}
	for element, text := range m.info {
		if infoText(e, element) != text {
			return false
		}
	}
	return true
}

func infoText(e netconf.RPCError, element string) string {
	switch element {
	case "session-id":
		return e.SessionID
	case "bad-element":
		return local(e.BadElement)
	case "bad-attribute":
		return local(e.BadAttribute)
	}
	return ""
}

func local(name string) string { return name[strings.LastIndex(name, ":")+1:] }

func among(value string, values []string) bool {
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return len(values) == 0
}

// Points gives the way to the first part of an rpc-error that is not as asked for.
func (m *RPCErrorMatcher) Points(actual any) (string, netconf.Namespaces) {
	const path = "/nc:rpc-reply/nc:rpc-error"
	r, err := asReply(actual)
	if err != nil || r.Outcome != session.Answered || len(r.Errors) == 0 {
		return path, nil
	}
	e := r.Errors[0]
	switch {
	case r.OK:
		return "/nc:rpc-reply/nc:ok", nil
	case !among(e.Tag, m.tags):
		return path + "/nc:error-tag", nil
	case !among(e.Type, m.kinds):
		return path + "/nc:error-type", nil
	case m.severity != "" && e.Severity != m.severity:
		return path + "/nc:error-severity", nil
	}
	for _, element := range slices.Sorted(maps.Keys(m.info)) {
		if infoText(e, element) != m.info[element] {
			return path + "/nc:error-info/nc:" + element, nil
		}
	}
	return path, nil
}

// FailureMessage shows what came instead.
func (m *RPCErrorMatcher) FailureMessage(actual any) string {
	r, _ := asReply(actual)
	return fmt.Sprintf("expected %s\nfound    %s", m.expected(), Show(r))
}

// NegatedFailureMessage shows what came.
func (m *RPCErrorMatcher) NegatedFailureMessage(actual any) string {
	r, _ := asReply(actual)
	return fmt.Sprintf("expected anything but %s\nfound    %s", m.expected(), Show(r))
}

func (m *RPCErrorMatcher) expected() string {
	text := "an rpc-error and no ok"
	if len(m.tags) > 0 {
		text += ", error-tag " + strings.Join(m.tags, " or ")
	}
	if len(m.kinds) > 0 {
		text += ", error-type " + strings.Join(m.kinds, " or ")
	}
	if m.severity != "" {
		text += ", error-severity " + m.severity
	}
	for _, element := range slices.Sorted(maps.Keys(m.info)) {
		text += fmt.Sprintf(", error-info/%s %q", element, m.info[element])
	}
	return text
}
