package hello

import (
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// uri is the grammar of RFC 3986 as far as one expression can hold it: a scheme, then allowed characters only.
var uri = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$`)

func content() {
	It("announces what an announced capability depends on", Spec("hello/dependencies-advertised"), Bare(),
		Covers("rfc6241-1.3-dependencies-advertised"), func(ctx ginkgo.SpecContext) {
			expr := "not(" + announced("confirmed-commit") + ") or " + announced("candidate")
			Demand("rfc6241-1.3-dependencies-advertised", theirHello(ctx)).To(HaveXPath(expr))
		})

	It("names capabilities by URIs", Spec("hello/capability-names-are-uris"), Bare(), Covers("rfc6241-3.1-capability-names-are-uris"),
		func(ctx ginkgo.SpecContext) {
			m := theirHello(ctx)
			Given(m).To(HaveXPath("/nc:hello/nc:capabilities/nc:capability"))
			x, err := netconf.CompileXPath("/nc:hello/nc:capabilities/nc:capability", nil)
			Given(err).To(Succeed())
			padded := 0
			for _, text := range x.Strings(m.Document) {
				trimmed := strings.TrimSpace(text)
				if trimmed != text {
					padded++
				}
				Demand("rfc6241-3.1-capability-names-are-uris", trimmed).To(Hold("a URI (RFC 3986)", uri.MatchString))
			}
			Observe("capabilities with white space around the URI", padded)
		})

	It("has the structure of the schema", Spec("hello/hello-structure"), Bare(), Covers("rfc6241-B-hello-structure"),
		func(ctx ginkgo.SpecContext) {
			const id = "rfc6241-B-hello-structure"
			m := theirHello(ctx)
			for _, expr := range []string{
				"count(/nc:hello/nc:capabilities) <= 1",
				"count(/nc:hello/nc:session-id) <= 1",
				"not(/nc:hello/nc:*[not(self::nc:capabilities or self::nc:session-id)])",
				"not(/nc:hello/nc:session-id/following-sibling::nc:capabilities)",
				"not(/nc:hello/nc:capabilities/nc:*[not(self::nc:capability)])",
			} {
				Demand(id, m).To(HaveXPath(expr))
			}
			x, err := netconf.CompileXPath("/nc:hello/*[not(self::nc:*)] | /nc:hello/nc:capabilities/*[not(self::nc:*)]", nil)
			Given(err).To(Succeed())
			Observe("elements of other namespaces in the hello", len(x.Nodes(m.Document)))
		})
}

// announced is the expression that finds any version of a capability of RFC 6241 in a hello.
func announced(name string) string {
	return "/nc:hello/nc:capabilities/nc:capability[starts-with(normalize-space()," +
		netconf.Literal("urn:ietf:params:netconf:capability:"+name+":") + ")]"
}
