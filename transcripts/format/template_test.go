package format

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

// values is a Variables out of a map.
type values map[string]Value

func (v values) Lookup(name string) (Value, bool) {
	value, ok := v[name]
	return value, ok
}

func TestTemplateIntoAnExpression(t *testing.T) {
	g := NewWithT(t)
	known := values{"a.id": {Text, "4"}, "b": {Text, `it's "b"`}, "e": {Expression, "/nc:a | /nc:b"}, "x": {XML, "<x/>"}}
	for text, want := range map[string]string{
		"/nc:a = ${a.id}":         "/nc:a = '4'",
		"${b} != '$'":             `concat('it', "'", 's "b"') != '$'`,
		"not(${e}) and ${e}/nc:c": "not((/nc:a | /nc:b)) and (/nc:a | /nc:b)/nc:c",
		"no variable":             "no variable",
	} {
		template, err := ParseTemplate(text)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(template.XPath(known)).To(Equal(want))
	}
	wrong, err := ParseTemplate("${x}")
	g.Expect(err).NotTo(HaveOccurred())
	_, err = wrong.XPath(known)
	g.Expect(err).To(MatchError("putting ${x} in: XML cannot stand in an expression"))
}

func TestTemplateIntoARequest(t *testing.T) {
	g := NewWithT(t)
	known := values{"store": {Text, "candidate"}, "text": {Text, `<&>"']]>`}, "xml": {XML, "<a/><b/>"}, "e": {Expression, "1"},
		"nul": {Text, "a\x00"}, "octet": {Text, "a\xff"}}
	template, err := ParseTemplate(`<lock a="${text}"><${store}/>${xml}</lock>`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(template.Names()).To(Equal([]string{"text", "store", "xml"}))
	g.Expect(template.XML(known)).To(Equal(`<lock a="&lt;&amp;&gt;&#34;&#39;]]&gt;"><candidate/><a/><b/></lock>`))
	for text, want := range map[string]string{
		"${e}":     "an expression cannot stand in a request",
		"${none}":  "putting ${none} in: it has no value here",
		"${nul}":   "holds a character that XML 1.0 cannot carry (octet 1)",
		"${octet}": "holds a character that XML 1.0 cannot carry (octet 1)",
	} {
		template, err := ParseTemplate(text)
		g.Expect(err).NotTo(HaveOccurred())
		_, err = template.XML(known)
		g.Expect(err).To(MatchError(ContainSubstring(want)))
	}
}

func TestImpossibleTemplates(t *testing.T) {
	for _, text := range []string{"${", "a ${b", "${}", "${A}", "${a b}"} {
		_, err := ParseTemplate(text)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`"${" begins a variable`)), text)
	}
}

// TestAnyTextSurvivesBothLanguages: what a literal or an escaped text means is the value that was put in.
func TestAnyTextSurvivesBothLanguages(t *testing.T) {
	empty, err := xmlquery.Parse(strings.NewReader("<a/>"))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"'", `"`, "a", "é", "<", "&", "]]>", "\n", "\r", " "})).Draw(t, "text"), "")
		template, _ := ParseTemplate("string(${v})")
		expression, err := template.XPath(values{"v": {Text, text}})
		if err != nil {
			t.Fatal(err)
		}
		if got := xpath.MustCompile(expression).Evaluate(xmlquery.CreateXPathNavigator(empty)); got != text {
			t.Fatalf("%s is %q, not %q", expression, got, text)
		}
		template, _ = ParseTemplate("<a>${v}</a>")
		request, err := template.XML(values{"v": {Text, text}})
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := xml.Unmarshal([]byte(request), &got); err != nil || got != text {
			t.Fatalf("%s is %q, not %q (%v)", request, got, text, err)
		}
	})
}

func TestKnownVariablesAreNamesThatTemplatesTake(t *testing.T) {
	for _, family := range KnownVariables() {
		for _, name := range family.names() {
			name = strings.NewReplacer("SESSION", "owner", "STEP", "lock").Replace(name)
			if _, err := (scope{sessions: []string{"owner"}, steps: []string{"lock"}}).kind(name); err != nil || !variableName(name) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
