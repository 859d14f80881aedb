package target

import (
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
)

func awkwardLeaf() *Leaf {
	return &Leaf{Path: []Node{
		{Namespace: "urn:a", Local: "top"},
		{Namespace: "urn:a", Local: "list", Keys: []Key{{"name", `<a&b>`}, {"unit", `it's "1"`}}},
		{Namespace: `urn:b?x="1"`, Local: "leaf"},
	}, Values: [2]string{"x", "y"}}
}

func TestLeafConfig(t *testing.T) {
	g := NewWithT(t)
	leaf := awkwardLeaf()
	const before = `<top xmlns="urn:a"><list><name>&lt;a&amp;b&gt;</name><unit>it&#39;s &#34;1&#34;</unit>` +
		`<leaf xmlns="urn:b?x=&#34;1&#34;"`
	const after = `</leaf></list></top>`
	g.Expect(leaf.Config("5 < 6", "")).To(Equal(before + ">5 &lt; 6" + after))
	g.Expect(leaf.Config("x", "replace")).To(Equal(
		before + ` xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:operation="replace">x` + after))
	g.Expect(leaf.Filter()).To(Equal(before + "/></list></top>"))
}

func TestLeafExpr(t *testing.T) {
	g := NewWithT(t)
	leaf := awkwardLeaf()
	g.Expect(leaf.Expr()).To(Equal("/nc:rpc-reply/nc:data/f1:top/f1:list[f1:name=" + netconf.Literal(`<a&b>`) +
		"][f1:unit=" + netconf.Literal(`it's "1"`) + "]/f2:leaf"))
	g.Expect(leaf.Namespaces()).To(Equal(map[string]string{"f1": "urn:a", "f2": `urn:b?x="1"`}))
}

// inReply is the reply that holds config.
func inReply(t *testing.T, config string) *netconf.Document {
	t.Helper()
	document, faults := netconf.Parse([]byte(`<rpc-reply xmlns="` + netconf.BaseNamespace + `" message-id="1"><data>` +
		config + `</data></rpc-reply>`))
	if document == nil || len(faults) > 0 {
		t.Fatalf("%s: %v", config, faults)
	}
	return document
}

func TestExprFindsWhatConfigWrites(t *testing.T) {
	g := NewWithT(t)
	leaf := awkwardLeaf()
	find, err := netconf.CompileXPath(leaf.Expr(), netconf.Namespaces(leaf.Namespaces()))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(find.Strings(inReply(t, leaf.Config("5 < 6", "replace")))).To(Equal([]string{"5 < 6"}))

	for _, name := range Profiles() {
		if list := profileFixture(name).List; list != nil {
			find, err := netconf.CompileXPath(list.Expr(), netconf.Namespaces(list.Namespaces()))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(find.Nodes(inReply(t, list.Config("create")))).To(HaveLen(1))
		}
	}
}

func TestList(t *testing.T) {
	g := NewWithT(t)
	list := referenceFixture().List
	const open = `<system xmlns="http://ncspec.example/ns/reference"><login><class`
	const key = `><name>network-mgmt</name>`
	const shut = `</class></login></system>`
	const body = `<permissions>configure</permissions><permissions>snmp</permissions>`
	const nc = ` xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:operation=`
	g.Expect(list.Config("")).To(Equal(open + key + body + shut))
	g.Expect(list.Config("create")).To(Equal(open + nc + `"create"` + key + body + shut))
	g.Expect(list.Config("delete")).To(Equal(open + nc + `"delete"` + key + shut))
	g.Expect(list.Config("remove")).To(Equal(open + nc + `"remove"` + key + shut))
	g.Expect(list.Filter()).To(Equal(open + key + shut))
	g.Expect(list.Key()).To(Equal("network-mgmt"))
	g.Expect(list.Expr()).To(Equal(`/nc:rpc-reply/nc:data/f1:system/f1:login/f1:class[f1:name=` +
		netconf.Literal("network-mgmt") + `]`))
	g.Expect(list.Namespaces()).To(Equal(map[string]string{"f1": "http://ncspec.example/ns/reference"}))
	g.Expect((&List{}).Key()).To(BeEmpty())
}

func TestBuiltIn(t *testing.T) {
	for claimed, want := range map[string]string{
		"http://ncspec.example/ns/reference?module=ncspec-reference":                             "reference",
		"http://xml.juniper.net/netconf/junos/1.0":                                               "junos",
		"urn:ietf:params:xml:ns:yang:ietf-system?module=ietf-system&revision=2014-08-06":         "ietf-system",
		"urn:ietf:params:xml:ns:yang:ietf-interfaces?module=ietf-interfaces&revision=2014-05-08": "ietf-interfaces",
		"urn:ietf:params:xml:ns:yang:ietf-interfaces-but-another-one?module=x":                   "",
	} {
		g := NewWithT(t)
		fixture := BuiltIn(netconf.Capabilities{
			netconf.ParseCapability("urn:ietf:params:netconf:base:1.1"), netconf.ParseCapability(claimed)})
		if want == "" {
			g.Expect(fixture).To(BeNil())
			continue
		}
		g.Expect(fixture).NotTo(BeNil(), claimed)
		g.Expect(fixture.Name).To(Equal(want))
	}
}

func TestBuiltInFixturesAreWellFormedAndFindable(t *testing.T) {
	g := NewWithT(t)
	for _, name := range Profiles() {
		f := profileFixture(name)
		var parts []string
		if f.Leaf != nil {
			parts = append(parts, f.Leaf.Config(f.Leaf.Values[0], "merge"), f.Leaf.Filter())
			g.Expect(f.Leaf.Values[0]).NotTo(Equal(f.Leaf.Values[1]))
			_, err := netconf.CompileXPath(f.Leaf.Expr(), netconf.Namespaces(f.Leaf.Namespaces()))
			g.Expect(err).NotTo(HaveOccurred())
		}
		if f.List != nil {
			parts = append(parts, f.List.Config("create"), f.List.Config("delete"), f.List.Filter())
			g.Expect(f.List.Key()).NotTo(BeEmpty())
			_, err := netconf.CompileXPath(f.List.Expr(), netconf.Namespaces(f.List.Namespaces()))
			g.Expect(err).NotTo(HaveOccurred())
		}
		for _, part := range parts {
			g.Expect(countElements(part)).To(Equal(1), part)
		}
	}
	g.Expect(profileFixture("none")).To(BeNil())
}

func TestKnownState(t *testing.T) {
	g := NewWithT(t)
	for _, s := range KnownState() {
		_, err := netconf.CompileXPath(s.Expr(), s.Namespaces())
		g.Expect(err).NotTo(HaveOccurred(), s.Expr())
		_, faults := netconf.Parse([]byte("<filter>" + s.Filter() + "</filter>"))
		g.Expect(faults).To(BeEmpty(), s.Filter())
	}
}
