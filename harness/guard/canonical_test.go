package guard_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/guard"
	"github.com/ncspec/ncspec/harness/netconf"
)

func canonical(t *testing.T, data string) []string {
	t.Helper()
	d, faults := netconf.Parse([]byte(`<rpc-reply xmlns="` + netconf.BaseNamespace + `" message-id="1"><data>` + data + `</data></rpc-reply>`))
	NewWithT(t).Expect(faults).To(BeEmpty())
	reply, err := netconf.ParseReply(d)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return guard.Canonical(reply.Data)
}

func TestCanonicalFormIsTheSameForTheSameContent(t *testing.T) {
	g := NewWithT(t)
	one := canonical(t, `<a xmlns="urn:a"><b>1</b><list><k>x</k><v>1</v></list><list><k>y</k><v>2</v></list></a>`)
	other := canonical(t, `<p:a xmlns:p="urn:a" p:x="y">
	  <p:list><p:k>y</p:k><p:v> 2 </p:v></p:list> <p:b>1</p:b>
	  <p:list><p:k>x</p:k><p:v>1</p:v></p:list></p:a>`)
	gone, added := guard.Difference(one, other)
	g.Expect(gone).To(BeEmpty())
	g.Expect(added).To(BeEmpty())
}

func TestDifferenceNamesWhatChanged(t *testing.T) {
	g := NewWithT(t)
	before := canonical(t, `<a xmlns="urn:a"><list><k>x</k><v>1</v></list><list><k>y</k><v>2</v></list></a>`)
	after := canonical(t, `<a xmlns="urn:a"><list><k>x</k><v>1</v></list><list><k>y</k><v>3</v></list></a>`)
	gone, added := guard.Difference(before, after)
	g.Expect(gone).To(ConsistOf(HaveSuffix("{urn:a}v=2")))
	g.Expect(added).To(ConsistOf(HaveSuffix("{urn:a}v=3")))
	gone, added = guard.Difference(before, before)
	g.Expect(append(gone, added...)).To(BeEmpty())
}
