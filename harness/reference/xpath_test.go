package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestXPathFilter(t *testing.T) {
	g := NewWithT(t)
	c := open(t, start(t, Options{}))
	ask := func(attributes string) string {
		return c.rpc(`<get-config><source><running/></source><filter xmlns:r="` + Namespace + `" ` + attributes + `/></get-config>`)
	}
	one := ask(`type="xpath" select="/r:top/r:users/r:user[r:name='fred']/r:type"`)
	g.Expect(one).To(And(ContainSubstring("<name>fred</name>"), ContainSubstring("<type>admin</type>")))
	g.Expect(one).NotTo(Or(ContainSubstring("barney"), ContainSubstring("full-name"), ContainSubstring("mtu")))
	g.Expect(ask(`type="xpath" select="/r:top | /r:top/r:users/r:user"`)).To(ContainSubstring("eth0"))
	g.Expect(ask(`type="xpath" select="count(/r:top)"`)).To(ContainSubstring("invalid-value"))
	g.Expect(ask(`type="xpath" select="/r:top["`)).To(ContainSubstring("invalid-value"))
	g.Expect(ask(`type="xpath"`)).To(ContainSubstring("missing-attribute"))
	g.Expect(ask(`type="xpath" select="/r:none"`)).To(ContainSubstring("<data"))
}
