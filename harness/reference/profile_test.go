package reference

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestBase10BehavesAsRFC4741(t *testing.T) {
	c := open(t, start(t, Options{Profile: "base10"}))
	c.g.Expect(c.chunked).To(BeFalse())
	c.errorTag(edit("candidate", top(`<users><user nc:operation="remove"><name>fred</name></user></users>`)), "bad-attribute")
	c.errorTag(edit("candidate", place("A"), "<test-option>test-only</test-option>"), "invalid-value")
	c.errorTag("<cancel-commit/>", "operation-not-supported")
	c.errorTag("<commit><confirmed/><persist>x</persist></commit>", "unknown-element")
	c.ok(edit("candidate", place("A")))
	c.ok(confirmed)
	c.ok("<commit/>")
	c.send("<rpc")
	c.g.Expect(c.receive()).NotTo(ContainSubstring("malformed-message"))
}

func TestRunningOnlyHasNoCandidate(t *testing.T) {
	s := start(t, Options{Profile: "running-only"})
	c := open(t, s)
	c.errorTag(on("lock", "candidate"), "unknown-element")
	c.errorTag(edit("candidate", place("A")), "unknown-element")
	c.errorTag("<commit/>", "operation-not-supported")
	c.errorTag("<validate><source><running/></source></validate>", "operation-not-supported")
	c.errorTag(edit("running", place("A"), "<test-option>set</test-option>"), "unknown-element")
	c.errorTag(edit("running", place("A"), "<error-option>rollback-on-error</error-option>"), "invalid-value")
	c.ok(edit("running", place("A")))
	c.g.Expect(c.location("running")).To(Equal("A"))
	openOld(t, s).ended()
}

func TestCandidateOnly(t *testing.T) {
	c := open(t, start(t, Options{Profile: "candidate-only"}))
	c.g.Expect(c.hello).To(ContainSubstring("features=candidate,validate<"))
	c.ok(edit("candidate", place("A")))
	c.errorTag("<commit><confirmed/><confirm-timeout>5</confirm-timeout></commit>", "unknown-element")
	c.errorTag("<commit><persist-id>x</persist-id></commit>", "unknown-element")
	c.errorTag(edit("running", place("A")), "unknown-element")
	c.errorTag(copyOf("<running/>", "<candidate/>"), "unknown-element")
	c.errorTag(edit("candidate", place("A"), "<error-option>rollback-on-error</error-option>"), "invalid-value")
	c.errorTag("<cancel-commit/>", "operation-not-supported")
	c.ok("<commit/>")
	c.g.Expect(c.location("running")).To(Equal("A"))
}

// TestSchemaIsTheModule holds the schema in Go against the YANG text that is published: each node is in both.
func TestSchemaIsTheModule(t *testing.T) {
	g := NewWithT(t)
	text := YANG()[0] + YANG()[1]
	for i, ns := range []string{Namespace, SiteNamespace} {
		g.Expect(YANG()[i]).To(And(ContainSubstring(`namespace "`+ns+`"`), ContainSubstring("revision "+moduleRevision)))
	}
	var look func(*node)
	look = func(n *node) {
		keyword := map[kind]string{container: "container", list: "list", leaf: "leaf", leafList: "leaf-list"}[n.kind]
		g.Expect(strings.Contains(text, keyword+" "+n.name+" {")).To(BeTrue(), "%s %s", keyword, n.name)
		for _, c := range n.children {
			look(c)
		}
	}
	for _, n := range append(referenceModule(), siteModule()...) {
		look(n)
	}
}
