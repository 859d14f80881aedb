package reference

import (
	"regexp"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
)

var (
	variable     = regexp.MustCompile(`\$[A-Za-z]+`)
	xpathPrefix  = regexp.MustCompile(`([A-Za-z][A-Za-z0-9-]*):[A-Za-z*]`)
	withoutNames = regexp.MustCompile(`^/[A-Za-z/]+$`)
)

// misselected gives the wrong answers of a broken server that depend on the expression alone.
func (s *session) misselected(text string, data *element) (reply, bool) {
	refusal := failed(plain(protocolLayer, "invalid-value", "this server does not know such expressions"))
	switch {
	case s.broken("old-server-selects-nothing-by-xpath") && strings.Contains(text, ":"):
		return dataReply(nil), true
	case s.broken("unprefixed-xpath-name-selects-everything") && withoutNames.MatchString(text):
		return dataReply(data.children), true
	case s.broken("xpath-function-translate-unknown") && strings.Contains(text, "translate("):
		return refusal, true
	case s.broken("xpath-descendants-at-start-only") && strings.LastIndex(text, "//") > 0:
		return refusal, true
	case s.broken("relative-xpath-selects-nothing") && !strings.HasPrefix(text, "/") && strings.Contains(text, "/"):
		return dataReply(nil), true
	case s.broken("xpath-text-nodes-returned-as-text") && strings.HasSuffix(text, "/text()"):
		return reply{body: func(x *xmlWriter) {
			x.open("data")
			x.text("fred")
			x.close("data")
		}}, true
	}
	return reply{}, false
}

// misreadXPath changes the expression where the server is broken.
func (s *session) misreadXPath(text string) string {
	if s.broken("xpath-variables-are-empty") {
		return variable.ReplaceAllString(text, "''")
	}
	return text
}

// rootOfXPath gives the data as it is below the root node.
func (s *session) rootOfXPath(data *element) *element {
	if !s.broken("xpath-root-has-one-child") {
		return data
	}
	root := &element{schema: data.schema}
	for _, c := range data.children {
		if c.schema.name == "top" {
			root.children = append(root.children, c)
		}
	}
	return root
}

// bindUndeclared binds every prefix of an expression that nobody has declared.
func bindUndeclared(scope netconf.Namespaces, text string) {
	for _, m := range xpathPrefix.FindAllStringSubmatch(strings.ReplaceAll(text, "::", " "), -1) {
		if _, declared := scope[m[1]]; !declared {
			scope[m[1]] = "urn:undeclared"
		}
	}
}
