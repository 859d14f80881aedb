package html_test

import (
	"reflect"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	nethtml "golang.org/x/net/html"

	"github.com/ncspec/ncspec/harness/verdict"
)

// hostile is what a server, or whoever wrote a report.json, may try: markup, control characters, octets that are no UTF-8,
// characters that reorder or break lines.
const hostile = "Canary</script></style></pre></details>\"'><script>canary()</script><img src=x onerror=canary()>" +
	"<!--\x00\x1b[31m\xff\u202e\u2028\u2029\ufeff]]>javascript:canary()&amp;\r"

// poison puts the hostile text into every text of a value.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + hostile)
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			poison(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Interface:
		if text, ok := v.Interface().(string); ok {
			v.Set(reflect.ValueOf(text + hostile))
		}
	}
}

func TestHostileTextsAreShownAndDoNothing(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	_, clean := written(t, r, t.TempDir())
	poison(reflect.ValueOf(r).Elem())
	page, tree := written(t, r, t.TempDir())
	for _, name := range []string{"script", "style", "img", "meta"} {
		g.Expect(elements(tree, named(name))).To(HaveLen(len(elements(clean, named(name)))), name)
	}
	for _, n := range elements(tree, func(*nethtml.Node) bool { return true }) {
		g.Expect(strings.TrimSpace(attribute(n, "href"))).NotTo(HavePrefix("javascript:"))
		for _, a := range n.Attr {
			g.Expect(a.Key).NotTo(HavePrefix("on"))
		}
	}
	g.Expect(page).NotTo(ContainSubstring("\x00"))
	for _, character := range []string{"\x1b", "\u202e", "\u2028", "\u2029", "\ufeff", "\r", "\xff", "\ufffd"} {
		for _, n := range elements(tree, func(n *nethtml.Node) bool { return n.Data != "script" && n.Data != "style" }) {
			if n.FirstChild != nil && n.FirstChild.Type == nethtml.TextNode {
				g.Expect(n.FirstChild.Data).NotTo(ContainSubstring(character), n.Data)
			}
		}
	}
	seen := text(elements(tree, having("identity"))[0])
	g.Expect(seen).To(ContainSubstring(`<script>canary()</script>`))
	g.Expect(seen).To(ContainSubstring(`\x00\x1b[31m\xff\u202e\u2028\u2029\ufeff]]>`))
}

func TestAVerdictOfALaterVersionIsShownAsItIs(t *testing.T) {
	r := &verdict.Report{}
	r.Add(verdict.Spec{ID: "a/b", Suite: "a", Verdict: "mended"})
	_, tree := written(t, r, t.TempDir())
	NewWithT(t).Expect(text(elements(tree, withID("a/b"))[0])).To(ContainSubstring("mended"))
}
