package monitor

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
)

func TestLegalExpressions(t *testing.T) {
	for _, text := range []string{
		"/", "//a", "/nc:rpc/nc:edit-config", `/t:top/t:interface[t:name="Ethernet0/0"]/t:mtu`, "/a[2]/b[last()]", "/*",
		"/p:*/@q:b", "/a/child::b/descendant-or-self::node()", "/a/..", "/a/.",
		"/a[text() = .5 or 1. < -2 * 3 div b mod 4]", "/processing-instruction('x')/comment()", "/a | //b", "/a[$x]",
		"id('x')/a", "/a[current() = 1]", "(/a)[1]/b", " / a / b ", "/and/or/div", "/a[* * *]", "/a[not(@b)]", "/a[f(1, 'b')]",
		"/über:straße", "/a[-(-b)]", "/a-b.c_d", "/a/text",
	} {
		_, err := parseXPath(text)
		NewWithT(t).Expect(err).NotTo(HaveOccurred(), text)
	}
}

func TestIllegalExpressions(t *testing.T) {
	for _, text := range []string{
		"", "/a[", "/a]", "/a//", "//", "/a['x]", "/a/[1]", "/a b", "/a[]", "/a:b:c", "/a::b", "/a[1", "/a[f(]", "/a[f(1,)]", "$/a",
		"/a[@]", "/a |", "/a[b !c]", "/1a", "/a[b = 'it''s']", "/a[comment(1)]", "/a#b", "/a{b}", "nc :rpc",
	} {
		_, err := parseXPath(text)
		NewWithT(t).Expect(err).To(HaveOccurred(), text)
	}
}

func TestWhatAnExpressionRefersTo(t *testing.T) {
	for text, want := range map[string]string{
		`/nc:rpc/x:a[y:b="z:c"]`:         "[nc x y] [] [] false",
		"/a:b[@c]":                       "[a] [] [] false",
		"/a:b/c":                         "[a] [] [] true",
		"/a:b[attribute::c]":             "[a] [] [] false",
		"/a:b[$v and $w:x]":              "[a] [v w:x] [] false",
		"/a:b[count(//c:*) > last()]":    "[a c] [] [count last] false",
		"/a:b[e:f()]/text()":             "[a] [] [e:f] false",
		"/*[local-name()='a']/@*/node()": "[] [] [local-name] false",
	} {
		got, err := parseXPath(text)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(fmt.Sprint(got.prefixes, got.variables, got.functions, got.bare)).To(Equal(want), text)
	}
}
