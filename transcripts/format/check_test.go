package format

import (
	"testing"

	"github.com/antchfx/xpath"
	. "github.com/onsi/gomega"
)

func bound() map[string]string { return map[string]string{"nc": BaseNamespace, "x": "urn:x"} }

func TestSoundExpressions(t *testing.T) {
	for _, text := range []string{
		"/", "/ = 'a'", "/nc:a", "//nc:a/@b", "//@*", "nc:*", "*", "* * *", "a/text()", "a/node()[1]", "self::nc:a", "../a", "./a",
		"child::*[position() = last()]", "not(a)", "true()", "count(//nc:a) >= 1 and -1 < 2.5", ".5 + 5.", "- -1",
		"(//a)[1]/b | //c", "div div div", "and and and", "concat('a', \"b\", 'c') = 'd'", "${v} = '1'", "(${v})/a",
		"contains(string(//a), '\"') or a != b", "normalize-space(a)", "a[b[c]]", "processing-instruction('a')",
		"nc:lock-denied", "a - b", "a -b", "attribute::nc:a", "namespace-uri() = ''", "/ | a", "ancestor-or-self::é",
	} {
		if offset, message := checkXPath(text, bound()); message != "" {
			t.Errorf("%s: octet %d: %s", text, offset, message)
		}
	}
}

func TestUnsoundExpressions(t *testing.T) {
	for text, want := range map[string]struct {
		offset  int
		message string
	}{
		"a b":           {2, `"b" cannot stand here; XPath 1.0 expects an operator or the end`},
		"a)":            {1, `")" without its "("`},
		"(a]":           {2, `"]" without its "["`},
		"a[":            {1, `"[" is not closed`},
		"a[]":           {2, `"]" cannot stand here; XPath 1.0 expects an operand`},
		"()":            {1, `")" cannot stand here`},
		"a and":         {5, "the expression breaks off"},
		"a/":            {2, "the expression breaks off"},
		"a//'b'":        {3, `"'b'" cannot stand here; XPath 1.0 expects a name`},
		"a/${v}":        {2, `"${v}" cannot stand here`},
		"///a":          {2, `"/" cannot stand here`},
		"= 1":           {0, `"=" cannot stand here; XPath 1.0 expects an operand`},
		"a == b":        {3, `"=" cannot stand here`},
		"a , b":         {2, `"," without its "("`},
		"count(a,)":     {8, `")" cannot stand here`},
		"a/count(b)":    {2, `"count" cannot stand here`},
		"y:a":           {0, `the prefix "y" of y:a is not bound; bound here: nc, x`},
		"y:*":           {0, `the prefix "y" of y:* is not bound`},
		"ends-with(a)":  {0, `function of XPath 1.0: "ends-with" is not allowed`},
		"cuont(a)":      {0, `(did you mean "count"?)`},
		"parents::a":    {0, `axis: "parents" is not allowed`},
		"'a":            {0, "the quote is not closed"},
		"a = '${v}'":    {4, "a variable in quotes"},
		"$a":            {0, "XPath variables have no values here"},
		"a ! b":         {2, `'!' is no part of XPath 1.0`},
		"a @b":          {2, `"@" cannot stand here`},
		"a . b":         {2, `"." cannot stand here`},
		"a (b)":         {0, `function of XPath 1.0: "a" is not allowed`},
		"1 2":           {2, `"2" cannot stand here`},
		"a/@":           {3, "the expression breaks off"},
		"not(a)(b)":     {6, `"(" cannot stand here`},
		"a[1](b)":       {4, `"(" cannot stand here`},
		"[a]":           {0, `"[" cannot stand here`},
		"text() text()": {7, `"text" cannot stand here`},
	} {
		offset, message := checkXPath(text, bound())
		NewWithT(t).Expect(message).To(ContainSubstring(want.message), text)
		NewWithT(t).Expect(offset).To(Equal(want.offset), text)
	}
}

func TestSoundOperations(t *testing.T) {
	for _, text := range []string{
		"<get/>", " <get></get>\n", "<!-- a --><a b='1' c='2'><b/>text</a>", `<nc:a xmlns:nc="u" nc:b="1"/>`, "<a><![CDATA[<]]></a>",
		`<a xmlns:x="u"><x:b xml:lang="en"/></a>`, "<?pi x?><a/>",
	} {
		if offset, message := checkFragment(text); message != "" {
			t.Errorf("%s: octet %d: %s", text, offset, message)
		}
	}
}

func TestUnsoundOperations(t *testing.T) {
	for text, want := range map[string]string{
		"<a>":                           "<a> is not closed",
		"<a></b>":                       "</b> closes <a>",
		"</a>":                          "</a> closes nothing",
		"<a/>b":                         "text outside",
		"<a/><b/>":                      "a second element",
		"<a b='1' b='2'/>":              "attribute b twice",
		"<a b=1/>":                      "not well-formed: unquoted",
		"<a>&b;</a>":                    "not well-formed: invalid character entity",
		"<x:a/>":                        "the prefix x of x:a is not bound",
		"<a><b xmlns:x='u'/><x:c/></a>": "the prefix x of x:c is not bound",
		"<!DOCTYPE a><a/>":              "no DOCTYPE",
		"<?xml version='1.0'?><a/>":     "no XML declaration",
		" ":                             "no element",
		"<!-- a -->":                    "no element",
	} {
		_, message := checkFragment(text)
		NewWithT(t).Expect(message).To(ContainSubstring(want), text)
	}
}

// FuzzXPath: what our check lets through, the library compiles without a panic, whatever it thinks of it.
func FuzzXPath(f *testing.F) {
	f.Add("count(//nc:a[@b = 'c']) >= 1 and not(x:d | .)")
	f.Fuzz(func(t *testing.T, text string) {
		offset, message := checkXPath(text, bound())
		if offset < 0 || offset > len(text) {
			t.Fatalf("%q: offset %d", text, offset)
		}
		if message == "" && text != "" {
			_, _ = xpath.CompileWithNS(text, bound())
		}
	})
}

func TestNeeds(t *testing.T) {
	g := NewWithT(t)
	known := func(term string) bool { return term == "candidate" || term == "fixture:list" }
	for need, want := range map[Need]bool{
		"candidate": true, "startup": false, "!startup": true, "!candidate": false, "startup|candidate": true,
		"startup|!candidate": false, "fixture:leaf|fixture:list": true, "!startup|url": true,
	} {
		g.Expect(need.Holds(known)).To(Equal(want), string(need))
	}
	unmet, found := Unmet([]Need{"candidate", "startup", "url"}, known)
	g.Expect(found).To(BeTrue())
	g.Expect(unmet).To(Equal(Need("startup")))
	_, found = Unmet(nil, known)
	g.Expect(found).To(BeFalse())

	kind, ok := Fixture("fixture:list")
	g.Expect(ok).To(BeTrue())
	g.Expect(kind).To(Equal("list"))
	_, ok = Fixture("candidate")
	g.Expect(ok).To(BeFalse())
}

func TestNeedsMayNameWhatWeDoNotKnow(t *testing.T) {
	for _, need := range []string{"http://xml.juniper.net/netconf/junos/1.0", "ietf-system", "candidate", "candidate:2.0", "validate",
		"urn:ietf:params:netconf:base:1.2", "with-defaults:1.0?basic-mode=trim", "base:1.1|!base:1.0", "second-user"} {
		NewWithT(t).Expect(checkNeed(need)).To(BeEmpty(), need)
	}
}
