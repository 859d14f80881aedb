package netconf

import (
	"strings"
	"sync"
	"testing"

	"github.com/antchfx/xmlquery"
	. "github.com/onsi/gomega"
)

// The default namespace is the base one here, an undeclared one there; t is declared twice, with two meanings.
const mixed = `<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" xmlns:t="u:1" message-id="7" t:message-id="8">
  <rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-info><session-id>454</session-id></error-info></rpc-error>
  <rpc-error><error-type>rpc</error-type><error-tag>in-use</error-tag></rpc-error>
  <data><t:top><t:user k="1"><t:name>fred</t:name><t:id>2</t:id></t:user><user xmlns="u:1"><name>barney</name><id><![CDATA[3]]></id></user>
    <t:user xmlns:t="u:2"><t:name>wilma</t:name></t:user><plain xmlns="">x<!-- note -->y</plain></t:top></data>
</rpc-reply>`

func bound() Namespaces { return Namespaces{"a": "u:1", "b": "u:2", "xml": xmlNamespace} }

func compiled(t *testing.T, expr string) *XPath {
	t.Helper()
	x, err := CompileXPath(expr, bound())
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return x
}

func TestXPathSelects(t *testing.T) {
	for expr, want := range map[string][]string{
		// prefixes of the expression, not of the document
		"//nc:error-tag":          {"lock-denied", "in-use"},
		"//a:name":                {"fred", "barney"},
		"//b:name":                {"wilma"},
		"/nc:rpc-reply/nc:ok":     nil,
		"//a:user[a:name]/a:id":   {"2", "3"},
		"//a:id[. = '3']":         {"3"},
		"//a:top/a:*/a:name":      {"fred", "barney"},
		"//b:*":                   {"wilma", "wilma"},
		"//a:user/child::a:*":     {"fred", "2", "barney", "3"},
		"//a:user['a:*']/a:name":  {"fred", "barney"}, // a literal stays as it is
		"count(//a:top/*) * 2":    {"8"},
		"//nc:session-id/text()":  {"454"},
		"//a:id/text()":           {"2", "3"}, // CDATA is text
		"//plain/text()":          {"x", "y"},
		"//plain/comment()":       {" note "},
		"//a:top/text()":          {"\n    "},
		"//plain/node()":          {"x", " note ", "y"},
		"/nc:rpc-reply/nc:data/*": {"fred2barney3\n    wilmaxy"},
		// a name without prefix is in no namespace
		"//user":      nil,
		"//name":      nil,
		"//plain":     {"xy"},
		"//rpc-error": nil,
		// attributes: the default namespace does not reach them, declarations are none
		"/nc:rpc-reply/@message-id":    {"7"},
		"/nc:rpc-reply/@a:message-id":  {"8"},
		"/nc:rpc-reply/@nc:message-id": nil,
		"/nc:rpc-reply/@a:*":           {"8"},
		"/nc:rpc-reply/@*":             {"7", "8"},
		"count(//@*)":                  {"3"},
		"//@k":                         {"1"},
		"//@xmlns":                     nil,
		"//b:user/@*":                  nil,
		// each node once, in document order
		"//nc:error-type/..":                    {"protocollock-denied454", "rpcin-use"},
		"//a:id/ancestor::a:user/a:name":        {"fred", "barney"},
		"//b:name | //a:name | //a:user/a:name": {"fred", "barney", "wilma"},
		"//nc:data/preceding-sibling::*":        {"protocollock-denied454", "rpcin-use"},
		"//a:name/../../@k | //@k":              {"1"},
		"(//a:name)[2]":                         {"barney"},
		"(//a:user[a:id])[last()]/a:name":       {"barney"},
		"//nc:rpc-error[2]/nc:error-tag":        {"in-use"},
		"//nc:rpc-error[last()]/nc:error-tag":   {"in-use"},
		// values that are no nodes
		"count(//nc:rpc-error)":             {"2"},
		"count(//nc:rpc-error) div 4":       {"0.5"},
		"string(//a:name)":                  {"fred"},
		"string(//nc:ok)":                   {""},
		"local-name(/*)":                    {"rpc-reply"},
		"namespace-uri(/*)":                 {BaseNamespace},
		"//a:name = 'barney'":               {"true"},
		"not(//nc:ok)":                      {"true"},
		"1 div 0":                           {"Infinity"},
		"-1 div 0":                          {"-Infinity"},
		"0 div 0":                           {"NaN"},
		"concat('name(', \"]['2']\", ':*')": {"name(]['2']:*"},
	} {
		t.Run(expr, func(t *testing.T) {
			g := NewWithT(t)
			d, x := parsed(t, mixed), compiled(t, expr)
			g.Expect(x.Strings(d)).To(Equal(want))
			g.Expect(x.Strings(d)).To(Equal(want), "the second time")
			g.Expect(x.String()).To(Equal(expr))
		})
	}
}

func TestXPathIsTrueOrFalse(t *testing.T) {
	for expr, want := range map[string]bool{
		"//nc:ok":                             false,
		"//nc:data":                           true,
		"//nc:error-tag = 'in-use'":           true,
		"//nc:error-tag = 'too-big'":          false,
		"//nc:session-id = 454":               true,
		"count(/nc:rpc-reply/*) = 3":          true,
		"not(//nc:ok) and //nc:data":          true,
		"//nc:ok or //nc:data":                true,
		"count(//nc:ok)":                      false,
		"0 div 0":                             false,
		"string(//nc:ok)":                     false,
		"'false'":                             true,
		"/nc:rpc-reply[@message-id = '7']":    true,
		"/nc:rpc-reply[@message-id = '8']":    false,
		"count(//a:*[self::a:user]) = 2":      true,
		"//nc:rpc-error[nc:error-info/*]":     true,
		"/nc:rpc-reply/*[not(self::nc:data)]": true,
	} {
		t.Run(expr, func(t *testing.T) {
			truth, err := compiled(t, expr).Bool(parsed(t, mixed))
			NewWithT(t).Expect(err).NotTo(HaveOccurred())
			NewWithT(t).Expect(truth).To(Equal(want))
		})
	}
}

func TestXPathGivesNodes(t *testing.T) {
	g := NewWithT(t)
	d := parsed(t, mixed)
	g.Expect(compiled(t, "/nc:rpc-reply").Nodes(d)).To(Equal([]*xmlquery.Node{d.Root}))
	g.Expect(compiled(t, "count(//*)").Nodes(d)).To(BeEmpty())

	attribute := compiled(t, "/*/@a:message-id").Nodes(d)[0]
	g.Expect(attribute.Type).To(Equal(xmlquery.AttributeNode))
	g.Expect(attribute.Data).To(Equal("message-id"))
	g.Expect(attribute.NamespaceURI).To(Equal("u:1"))
	g.Expect(attribute.InnerText()).To(Equal("8"))
	g.Expect(attribute.Parent).To(BeIdenticalTo(d.Root))
}

func TestCompileXPathRefuses(t *testing.T) {
	for expr, hint := range map[string]string{
		"":                                    "compiling the XPath expression",
		"//q:a":                               "prefix q not defined",
		"//q:*":                               "prefix of q:* is not bound",
		"//a:*[2]":                            "(path)[2]",
		"//a:user[a:id][2]":                   "(path)[2]",
		"//a:user[a:id='2'][last()]":          "(path)[2]",
		"//a:user[a:id][position() > 1]":      "(path)[2]",
		"//a:user[a:b[c]][x or position()=2]": "(path)[2]",
		"name(/*) = 'rpc-reply'":              "local-name()",
		"//*[name() = 'a']":                   "local-name()",
		"//processing-instruction()":          "processing instructions",
		"//a[":                                "compiling the XPath expression",
		"'a":                                  "unclosed",
		"no-such-function()":                  "no-such-function",
		"//nc:ok AND //nc:data":               "invalid token",
		"count(//nc:ok) = 0 garbage":          "invalid token",
		"//nc:data ]":                         "invalid token",
		"//nc:data) and (//nc:ok":             "closing parenthesis",
		"//nc:data, //nc:ok":                  "invalid token",
		"//nc:data 'x'":                       "invalid token",
		"$variable":                           "variable",
		strings.Repeat("(", maxExpression+1):  "octets",
	} {
		t.Run(shorten(expr, 40), func(t *testing.T) {
			_, err := CompileXPath(expr, bound())
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(hint)))
		})
	}
	_, err := CompileXPath("//nc:ok", Namespaces{"nc": "u:other"})
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("choose another prefix")))
	_, err = CompileXPath("//nc:ok", nil)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
}

func TestXPathReportsWhatCannotBeEvaluated(t *testing.T) {
	g := NewWithT(t)
	x := compiled(t, "starts-with(1, 2)")
	_, err := x.Bool(parsed(t, mixed))
	g.Expect(err).To(MatchError(ContainSubstring("starts-with(1, 2)")))
	g.Expect(x.Strings(parsed(t, mixed))).To(BeEmpty())
	_, err = compiled(t, "//a:name[contains(., //none)]").Values(parsed(t, mixed))
	g.Expect(err).To(MatchError(ContainSubstring("contains()")))

	truth, err := compiled(t, "true()").Bool(nil)
	g.Expect(err).To(MatchError(ContainSubstring("no document")))
	g.Expect(truth).To(BeFalse())
	g.Expect(compiled(t, "//a").Nodes(nil)).To(BeEmpty())
}

func TestXPathServesSeveralAtOnce(t *testing.T) {
	x, d := compiled(t, "count(//a:user[a:name]) = 2"), parsed(t, mixed)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if truth, err := x.Bool(d); !truth || err != nil {
					t.Errorf("%v, %v", truth, err)
				}
			}
		})
	}
	all.Wait()
}

func TestLiteral(t *testing.T) {
	d := parsed(t, "<a/>")
	for _, s := range []string{"", "plain", `it's`, `"quoted"`, `it's "both"`, `"'`, `'"`, `''""''`, "a]][[:*", "ü\n\t"} {
		t.Run(s, func(t *testing.T) {
			NewWithT(t).Expect(compiled(t, Literal(s)).Strings(d)).To(Equal([]string{s}))
			NewWithT(t).Expect(compiled(t, "string-length("+Literal(s)+") >= 0 and "+Literal(s)+" = "+Literal(s)).Bool(d)).To(BeTrue())
		})
	}
}
