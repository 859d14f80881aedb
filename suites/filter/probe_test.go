package filter

import (
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
)

func TestNearlyRight(t *testing.T) {
	g := gomega.NewWithT(t)
	g.Expect(nearly("fred")).To(gomega.ConsistOf("fredd", "fre", "FRED"))
	g.Expect(nearly("7")).To(gomega.ConsistOf("77"))
	g.Expect(nearly("é")).To(gomega.ConsistOf("éé", "É"))
}

func TestSubtrees(t *testing.T) {
	g := gomega.NewWithT(t)
	for _, wanted := range [][]string{{"root", "fred"}, {"root", "fred", "barney"}} {
		text := subtrees(200, wanted)
		g.Expect(strings.Count(text, "<t:user>")).To(gomega.Equal(200))
		g.Expect(strings.HasPrefix(text, "<t:user><t:name>{root}")).To(gomega.BeTrue())
		for _, word := range wanted {
			g.Expect(text).To(gomega.ContainSubstring("{" + word + "}"))
		}
	}
}

func TestExactly(t *testing.T) {
	g := gomega.NewWithT(t)
	for content, held := range map[string]bool{
		"<u><a>1</a><b>2</b></u>":                        true,
		"<u><a>1</a><b>2</b><k>3</k><c/></u>":            true, // a key, and nothing in c
		"<u><a>1</a></u>":                                false,
		"<u><a>1</a><b>2</b><c>3</c></u>":                false,
		"<u><a>1</a><b>2</b></u><u><a>1</a></u>":         false,
		"<u><a>1</a><b>2</b></u><u><a>1</a><b>1</b></u>": true,
		"": false,
	} {
		document, faults := netconf.Parse([]byte(`<r xmlns="urn:t">` + content + `</r>`))
		g.Expect(faults).To(gomega.BeEmpty())
		for _, expr := range exactly("/t:r/t:u", "a", "b") {
			x, err := netconf.CompileXPath(strings.ReplaceAll(expr, "{key}", "self::t:k"), netconf.Namespaces{"t": "urn:t"})
			g.Expect(err).NotTo(gomega.HaveOccurred())
			if truth, _ := x.Bool(document); !truth {
				g.Expect(held).To(gomega.BeFalse(), "%s: %s", content, expr)
				held = true
			}
		}
		g.Expect(held).To(gomega.BeTrue(), content)
	}
}

func TestSpellingsSayTheSame(t *testing.T) {
	g := gomega.NewWithT(t)
	for _, each := range spellings("top", "users", "urn:t") {
		far := ""
		if len(each.options) > 0 {
			far = ` xmlns:far="urn:t"`
		}
		document, faults := netconf.Parse([]byte("<filter" + far + ">" + each.filter + "</filter>"))
		g.Expect(faults).To(gomega.BeEmpty(), each.filter)
		x, err := netconf.CompileXPath("/filter/t:top/t:users", netconf.Namespaces{"t": "urn:t"})
		g.Expect(err).NotTo(gomega.HaveOccurred())
		g.Expect(x.Bool(document)).To(gomega.BeTrue(), each.filter)
	}
}
