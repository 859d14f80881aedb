package errors

import (
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"

	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// naming is what error-info of an rpc-error names; "" is not compared.
type naming struct{ attribute, element, namespace string }

// faults says what is wrong with an rpc-error, by what RFC 6241 Appendix A lists for its tag; "" is nothing.
func (n naming) faults(e netconf.RPCError, old bool) string {
	var all []string
	if e.Severity != "error" {
		all = append(all, "error-severity is "+e.Severity)
	}
	for _, why := range []string{monitor.UnsuitedType(e.Node, old), monitor.LackingInfo(e.Node)} {
		if why != "" {
			all = append(all, why)
		}
	}
	all = append(all, compare("bad-attribute", local(e.BadAttribute), n.attribute)...)
	all = append(all, compare("bad-element", local(e.BadElement), n.element)...)
	if !old { // the schema of RFC 4741 has a qualified name there
		all = append(all, compare("bad-namespace", badNamespace(e), n.namespace)...)
	}
	return strings.Join(all, "; ")
}

func compare(element, found, expected string) []string {
	if expected == "" || found == expected {
		return nil
	}
	return []string{fmt.Sprintf("%s is %q, not %q", element, found, expected)}
}

func local(name string) string { return name[strings.LastIndex(name, ":")+1:] }

func badNamespace(e netconf.RPCError) string {
	if e.Info == nil {
		return ""
	}
	for n := e.Info.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == xmlquery.ElementNode && n.Data == "bad-namespace" && n.NamespaceURI == netconf.BaseNamespace {
			return strings.TrimSpace(n.InnerText())
		}
	}
	return ""
}

// haveShape holds for a reply whose rpc-errors with the tag have all that Appendix A lists for it.
func haveShape(tag string, old bool, n naming) Matcher {
	expected := "each " + tag + " as Appendix A has it"
	for name, value := range map[string]string{"bad-attribute": n.attribute, "bad-element": n.element, "bad-namespace": n.namespace} {
		if value != "" {
			expected += ", with " + name + " " + value
		}
	}
	return shape{tag: tag, old: old, naming: n, Matcher: BeReply(expected, func(r *session.Reply) bool { return n.wrong(r, tag, old) == "" })}
}

// wrong gives the first fault of the rpc-errors with the tag.
func (n naming) wrong(r *session.Reply, tag string, old bool) string {
	for _, e := range r.Errors {
		if e.Tag != tag {
			continue
		}
		if why := n.faults(e, old); why != "" {
			return why
		}
	}
	return ""
}

type shape struct {
	Matcher
	tag    string
	old    bool
	naming naming
}

// FailureMessage shows what is wrong, and the reply.
func (s shape) FailureMessage(actual any) string {
	text := s.Matcher.FailureMessage(actual)
	if r, ok := actual.(*session.Reply); ok && r.Outcome == session.Answered {
		text = s.naming.wrong(r, s.tag, s.old) + "\n" + text
	}
	return text
}

// sends tells whether an rpc-error of a reply has the tag.
func sends(r *session.Reply, tag string) bool {
	if r.Outcome != session.Answered {
		return false
	}
	for _, e := range r.Errors {
		if e.Tag == tag {
			return true
		}
	}
	return false
}
