package netconf_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/netconf"
)

func TestCopyingAndValidating(t *testing.T) {
	g := NewWithT(t)
	url := netconf.URL("file:///a&b")
	g.Expect(netconf.Copy(url, netconf.Store(datastore.Running))).To(Equal(
		"<copy-config><target><url>file:///a&amp;b</url></target><source><running/></source></copy-config>"))
	g.Expect(netconf.Copy(netconf.Store(datastore.Candidate), netconf.Inline("<a/>"))).To(Equal(
		"<copy-config><target><candidate/></target><source><config><a/></config></source></copy-config>"))
	g.Expect(netconf.Delete(url)).To(Equal("<delete-config><target><url>file:///a&amp;b</url></target></delete-config>"))
	g.Expect(netconf.ValidateSource(netconf.Inline(""))).To(Equal("<validate><source><config/></source></validate>"))
	g.Expect(netconf.EditByURL(datastore.Candidate, "http://x/")).To(Equal(
		"<edit-config><target><candidate/></target><url>http://x/</url></edit-config>"))
}
