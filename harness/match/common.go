package match

import (
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Matcher is Gomega's, so that a spec needs no import of it.
type Matcher = types.GomegaMatcher

// Pointing is a matcher that can say where in a message it looks: an XPath expression and its prefixes beside nc. What the
// expression selects, or would have to select, is what a reader of the transcript wants to see. "" is the whole message.
type Pointing interface {
	Points(actual any) (expr string, ns netconf.Namespaces)
}

// Way gives where a matcher looks in what it judges, also through matchers that wrap another one and say so by a method
// Unwrap. ok is false for a matcher that does not say.
func Way(m Matcher, actual any) (expr string, ns netconf.Namespaces, ok bool) {
	for {
		if p, points := m.(Pointing); points {
			expr, ns = p.Points(actual)
			return expr, ns, true
		}
		w, wraps := m.(interface{ Unwrap() Matcher })
		if !wraps {
			return "", nil, false
		}
		m = w.Unwrap()
	}
}

// Succeed holds for a nil error.
func Succeed() Matcher { return gomega.Succeed() }

// Equal holds for an equal value.
func Equal(expected any) Matcher { return gomega.Equal(expected) }

// BeTrue holds for true; because says what is not so otherwise.
func BeTrue(because string) Matcher { return gomega.BeTrueBecause("%s", because) }
