package capabilities

import (
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2"

	. "github.com/ncspec/ncspec/harness/dsl"
	. "github.com/ncspec/ncspec/harness/match"
	"github.com/ncspec/ncspec/harness/netconf"
)

// authority is the form of a name from which one can read who assigned it: a scheme, and a rest that is not empty.
var authority = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:/{0,2}[^/:\s][^\s]*$`)

// shorthand is how people speak of the standard capabilities (RFC 6241 §8).
var shorthand = regexp.MustCompile(`^:|^(?:base|writable-running|candidate|confirmed-commit|rollback-on-error|validate|startup|url|xpath)(?::[0-9.]+)?$`)

func names() {
	It("names who assigned a capability", Spec("capabilities/uri-authority"), Bare(), Covers("rfc6241-1.3-capability-uri-authority"),
		func(ctx ginkgo.SpecContext) {
			for _, c := range claimed(ctx) {
				Demand("rfc6241-1.3-capability-uri-authority", c.URI).To(Hold("a URI from which an authority can be read", authority.MatchString))
			}
			Observe("URN namespaces", strings.Join(urnNamespaces(ctx), ", "))
		})

	It("does not use the shorthand", Spec("capabilities/no-shorthand"), Bare(), Covers("rfc6241-8-no-shorthand"),
		func(ctx ginkgo.SpecContext) {
			for _, c := range claimed(ctx) {
				Demand("rfc6241-8-no-shorthand", c.URI).NotTo(Hold("a shorthand such as :candidate", shorthand.MatchString))
			}
		})

	It("names standard capabilities by their registered URNs", Spec("capabilities/standard-uri-format"), Bare(),
		Covers("rfc6241-8-standard-uri-format"), func(ctx ginkgo.SpecContext) {
			claims := FromContext(ctx).Claims
			misspelt := 0
			for _, miss := range claims.NearMisses() {
				if !strings.Contains(miss.Meant, ":capability:") || !strings.HasPrefix(strings.ToLower(miss.URI), "urn:ietf:params:") {
					continue
				}
				misspelt++
				Demand("rfc6241-8-standard-uri-format", claims.Has(miss.Meant)).To(BeTrue(miss.URI + " is announced, and " + miss.Meant + " is not"))
			}
			if misspelt == 0 {
				Demand("rfc6241-8-standard-uri-format", misspelt).To(Equal(0))
			}
			Observe("misspelt beside the registered URN", misspelt)
		})

	It("announces base:1.0 where it does not announce base:1.1", Spec("capabilities/hello-base-1.0"), Bare(),
		Covers("rfc4741-8.1-hello-base-1.0"), func(ctx ginkgo.SpecContext) {
			has := map[bool]string{true: netconf.Base10, false: "no base capability"}[FromContext(ctx).Claims.Has("base:1.0")]
			Demand("rfc4741-8.1-hello-base-1.0", has).To(Equal(netconf.Base10))
		})
}

// claimed gives the capabilities of the hello; without any there is nothing to judge here.
func claimed(ctx ginkgo.SpecContext) netconf.Capabilities {
	claims := FromContext(ctx).Claims
	if len(claims) == 0 {
		NoVerdict("the server announces no capability")
	}
	return claims
}

func urnNamespaces(ctx ginkgo.SpecContext) []string {
	seen := map[string]bool{}
	var all []string
	for _, c := range FromContext(ctx).Claims {
		if parts := strings.SplitN(c.URI, ":", 3); len(parts) == 3 && strings.EqualFold(parts[0], "urn") && !seen[parts[1]] {
			seen[parts[1]] = true
			all = append(all, parts[1])
		}
	}
	return all
}
