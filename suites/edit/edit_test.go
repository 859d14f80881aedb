package edit

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
)

func TestInsideKeepsWhatDataMeans(t *testing.T) {
	g := NewWithT(t)
	const reply = `<nc:rpc-reply xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" xmlns:p="urn:p"><nc:data xmlns:q="urn:q">` +
		`<p:a p:note="1"><p:b>q:x &lt;&#13;</p:b><c xmlns="urn:c" xmlns:r="urn:r"><d/>r:y</c></p:a></nc:data></nc:rpc-reply>`
	document, faults := netconf.Parse([]byte(reply))
	g.Expect(faults).To(BeEmpty())
	parsed, err := netconf.ParseReply(document)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(inside(parsed.Data)).To(Equal(
		`<a xmlns="urn:p" xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" xmlns:p="urn:p" xmlns:q="urn:q">` +
			`<b>q:x &lt;&#xD;</b><c xmlns="urn:c" xmlns:r="urn:r"><d></d>r:y</c></a>`))
}

func TestSecretsAreNotShown(t *testing.T) {
	g := NewWithT(t)
	h := &held{hides: func(leaf string) bool { return leaf == "password" }}
	g.Expect(h.show([]string{
		"/{urn:x}a/{urn:x}l[k=1=2]/{urn:x}name=x=/{y}z=1",
		"/{urn:x}a/{urn:x}password=s}/{y}z=1",
		"/{urn:x}a/{urn:x}l[k=]]/{urn:x}password=secret",
	})).To(Equal([]string{
		"/{urn:x}a/{urn:x}l[k=1=2]/{urn:x}name=x=/{y}z=1",
		"/{urn:x}a/{urn:x}password=(secret)",
		"a leaf whose path cannot be told from its value",
	}))
}
