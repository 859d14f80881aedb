package datastore

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/dsl"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/target"
)

// answered is what a get-config gives, with prefixes declared around the data.
func answered(t *testing.T) configuration {
	t.Helper()
	d, faults := netconf.Parse([]byte(`<nc:rpc-reply xmlns:nc="` + netconf.BaseNamespace + `" xmlns:a="urn:a" message-id="1"><nc:data>` +
		`<a:top><a:leaf> &lt;x&gt; </a:leaf><a:kind>a:one</a:kind></a:top><other xmlns="urn:b"/></nc:data></nc:rpc-reply>`))
	g := NewWithT(t)
	g.Expect(faults).To(BeEmpty())
	reply, err := netconf.ParseReply(d)
	g.Expect(err).NotTo(HaveOccurred())
	return configuration{reply.Data}
}

// sent is a configuration as the server reads it.
func sent(t *testing.T, c configuration) configuration {
	t.Helper()
	d, faults := netconf.Parse([]byte(`<config xmlns="` + netconf.BaseNamespace + `">` + c.xml() + `</config>`))
	NewWithT(t).Expect(faults).To(BeEmpty())
	return configuration{d.Root}
}

func leaf(local string) dsl.Leaf {
	return dsl.Leaf{Leaf: &target.Leaf{Path: []target.Node{{Namespace: "urn:a", Local: "top"}, {Namespace: "urn:a", Local: local}}}}
}

func TestAConfigurationIsSentAsItWasRead(t *testing.T) {
	g := NewWithT(t)
	c := answered(t)
	g.Expect(sent(t, c)).To(beEqualTo(c))
	g.Expect(c.xml()).To(ContainSubstring("> &lt;x&gt; <"))
	g.Expect(c.xml()).To(ContainSubstring(`xmlns:a="urn:a"`))
}

func TestChangesOfAConfigurationAreSent(t *testing.T) {
	g := NewWithT(t)
	for _, local := range []string{"leaf", "new"} {
		c := answered(t).withLeaf(leaf(local), "value")
		g.Expect(sent(t, c)).To(beEqualTo(c))
		g.Expect(c).NotTo(beEqualTo(answered(t)))
		g.Expect(c.place(leaf(local).Path).InnerText()).To(Equal("value"))
	}
	g.Expect(answered(t).withUnknown(leaf("leaf")).xml()).To(ContainSubstring("<" + unknownName + ` xmlns="urn:a"`))
	g.Expect(answered(t).withoutTop(leaf("leaf")).xml()).To(Equal(`<other xmlns="urn:b" xmlns:nc="` + netconf.BaseNamespace + `" xmlns:a="urn:a"></other>`))
}
