package guard_test

import (
	"testing"

	"github.com/antchfx/xmlquery"
	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
)

// configuration reads the XML of some top-level nodes.
func configuration(g Gomega, config string) *xmlquery.Node {
	document, faults := netconf.Parse([]byte("<data>" + config + "</data>"))
	g.Expect(faults).To(BeEmpty())
	return document.Root
}

func TestLeavesAreEqualForTheSameContent(t *testing.T) {
	for name, pair := range map[string][2]string{
		"prefixes and white space": {`<a xmlns="urn:x"><b>1</b></a>`, "<p:a xmlns:p=\"urn:x\">\n <p:b>1</p:b>\n</p:a>"},
		"order":                    {`<a><l><k>1</k></l><l><k>2</k></l></a>`, `<a><l><k>2</k></l><l><k>1</k></l></a>`},
		"an empty container":       {`<a><b>1</b></a><c><d>1</d></c>`, `<c><d>1</d></c><a><b>1</b></a>`},
	} {
		g := NewWithT(t)
		lines := guard.Leaves(configuration(g, pair[0]), configuration(g, pair[1]))
		g.Expect(lines[0]).To(Equal(lines[1]), name)
	}
}

func TestLeavesTellContentApart(t *testing.T) {
	g := NewWithT(t)
	lines := guard.Leaves(
		configuration(g, `<a><l><k>1</k><v>x</v></l><l><k>2</k><c><d>1</d></c></l></a>`),
		configuration(g, `<a><l><k>2</k><c/></l></a>`),
		configuration(g, `<a><l><k>1</k><v/></l></a>`))
	g.Expect(lines[0]).To(Equal([]string{"/{}a/{}l[k=1]/{}k=1", "/{}a/{}l[k=1]/{}v=x", "/{}a/{}l[k=2]/{}c/{}d=1", "/{}a/{}l[k=2]/{}k=2"}))
	g.Expect(lines[1]).To(Equal([]string{"/{}a/{}l[k=2]/{}k=2"}))
	g.Expect(lines[2]).To(Equal([]string{"/{}a/{}l[k=1]/{}k=1", "/{}a/{}l[k=1]/{}v="}))
}
