package match

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// XPathMatcher asks an XPath 1.0 question of a reply, a message or a document.
type XPathMatcher struct {
	expr   string
	ns     netconf.Namespaces
	value  types.GomegaMatcher
	holds  bool // without a value: the expression's truth
	found  []string
	octets []byte
	absent string // why there is no document to ask
}

// HaveXPath asks for a node that the expression selects, or for a true boolean. With a matcher or a value the text of
// the first node selected must match it. The prefix nc is bound; In binds more.
func HaveXPath(expr string, value ...any) *XPathMatcher {
	m := &XPathMatcher{expr: expr}
	if len(value) > 0 {
		if inner, ok := value[0].(types.GomegaMatcher); ok {
			m.value = inner
		} else {
			m.value = gomega.Equal(value[0])
		}
	}
	return m
}

// In binds the expression's prefixes.
func (m *XPathMatcher) In(ns map[string]string) *XPathMatcher { m.ns = ns; return m }

// Points gives the expression and its prefixes.
func (m *XPathMatcher) Points(any) (string, netconf.Namespaces) { return m.expr, m.ns }

// Match asks the question.
func (m *XPathMatcher) Match(actual any) (bool, error) {
	d, err := m.document(actual)
	if err != nil || d == nil {
		return false, err
	}
	held, err := m.ask(d)
	if reply, ok := actual.(*session.Reply); ok && err == nil && !held && !strings.Contains(m.expr, "message-id") {
		return false, misdirected(reply)
	}
	return held, err
}

func (m *XPathMatcher) ask(d *netconf.Document) (bool, error) {
	x, err := netconf.CompileXPath(m.expr, m.ns)
	if err != nil {
		return false, fmt.Errorf("compiling %s: %w", m.expr, err)
	}
	if m.value == nil {
		m.holds, err = x.Bool(d)
		return m.holds, err
	}
	m.found = x.Strings(d)
	if len(m.found) == 0 {
		return false, nil
	}
	return m.value.Match(m.found[0])
}

func (m *XPathMatcher) document(actual any) (*netconf.Document, error) {
	m.absent, m.found, m.octets, m.holds = "", nil, nil, false
	switch a := actual.(type) {
	case *session.Reply:
		if a.Outcome != session.Answered {
			m.absent = Show(a)
			return nil, nil
		}
		m.octets = a.Message.Octets
		return a.Document, nil
	case session.Message:
		m.octets = a.Octets
		if a.Document == nil {
			m.absent = "octets that are no XML document\n" + Octets(a.Octets)
		}
		return a.Document, nil
	case *netconf.Document:
		if a != nil {
			m.octets = a.Octets
			return a, nil
		}
		m.absent = "no document"
		return nil, nil
	}
	return nil, fmt.Errorf("HaveXPath asks a reply, a message or a document, not %T", actual)
}

// FailureMessage shows the expression, what it selected, and the document.
func (m *XPathMatcher) FailureMessage(any) string {
	return m.message("expected ", func(found string) string { return m.value.FailureMessage(found) })
}

// NegatedFailureMessage shows the expression, what it selected, and the document.
func (m *XPathMatcher) NegatedFailureMessage(any) string {
	return m.message("expected nothing for ", func(found string) string { return m.value.NegatedFailureMessage(found) })
}

func (m *XPathMatcher) message(intro string, because func(found string) string) string {
	text := intro + "XPath " + m.expr
	if m.absent != "" {
		return text + "\nfound    " + m.absent
	}
	switch {
	case m.value == nil && m.holds:
		text += "\nfound    such a node, or true"
	case m.value == nil:
		text += "\nfound    no such node, or false"
	case len(m.found) == 0:
		text += "\nfound    no node"
	default:
		text += fmt.Sprintf("\nfound    %q\n%s", m.found, indent(because(m.found[0])))
	}
	return text + "\n" + Octets(m.octets)
}

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }
