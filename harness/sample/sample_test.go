package sample_test

import (
	"errors"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/sample"
)

const users = `<top xmlns="urn:t"><users>
<user><name>root</name><type>superuser</type><full-name>Charlie Root</full-name><company-info><dept>1</dept><id>1</id></company-info></user>
<user><name>fred</name><type>admin</type><full-name>Fred Flintstone</full-name><company-info><dept>2</dept><id>2</id></company-info></user>
<user><name>barney</name><type>admin</type><full-name>Barney Rubble</full-name><company-info><dept>2</dept><id>3</id></company-info></user>
</users><interface><name>eth0</name></interface></top><system xmlns="urn:t"><location>Laboratory</location></system>`

const interfaces = `<interfaces xmlns="urn:if"><interface><name>lo</name><type xmlns:x="urn:x">x:loopback</type><enabled>true</enabled></interface>
<interface><name>eth0</name><type xmlns:x="urn:x">x:ethernet</type><enabled>true</enabled><mtu>1500</mtu><password>a b</password></interface></interfaces>`

// data parses a reply with that data.
func data(t *testing.T, content string) *netconf.Reply {
	t.Helper()
	document, faults := netconf.Parse([]byte(`<rpc-reply xmlns="` + netconf.BaseNamespace + `"><data>` + content + `</data></rpc-reply>`))
	NewWithT(t).Expect(faults).To(BeEmpty())
	reply, err := netconf.ParseReply(document)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return reply
}

func TestCastOfTheExample(t *testing.T) {
	g := NewWithT(t)
	reply := data(t, interfaces+users)
	c := sample.Find(reply.Data, sample.Options{Keyed: "urn:t"})
	g.Expect(c.Namespaces()).To(Equal(map[string]string{"t": "urn:t"}))
	for word, value := range map[string]string{"root": "root", "fred": "fred", "barney": "barney", "admin": "admin",
		"superuser": "superuser", "full": "Fred Flintstone", "blank": "Fred Flintstone", "dept": "2"} {
		g.Expect(c.Value(word)).To(Equal(value), word)
	}
	for _, word := range strings.Fields("top users user name type full-name company-info dept id interface") {
		g.Expect(c.Name(word)).To(Equal(word))
	}
	g.Expect(c.Name("second")).To(Equal("system"))
	g.Expect(c.Filter("{in}<t:user><t:name>{fred}</t:name><t:no-such-leaf/></t:user>{/in}")).
		To(Equal(`<top xmlns="urn:t"><users><user><name>fred</name><no-such-leaf/></user></users></top>`))
	g.Expect(c.Filter(`<t:top><users xmlns="urn:x"/><t:users t:a="1"/></t:top><o:x><t:top/></o:x>`)).
		To(Equal(`<top xmlns="urn:t"><users xmlns="urn:x"/><users xmlns:t="urn:t" t:a="1"/></top><o:x><top xmlns="urn:t"/></o:x>`))
	expr, err := c.Expr("count({entries}[t:name = {fred}]/*[not({key})]) = 3")
	g.Expect(err).NotTo(HaveOccurred())
	x, err := netconf.CompileXPath(expr, c.Namespaces())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(x.Bool(reply.Document)).To(BeTrue())
}

func TestCastOfAnything(t *testing.T) {
	g := NewWithT(t)
	hides := func(leaf string) bool { return leaf == "password" }
	c := sample.Find(data(t, interfaces).Data, sample.Options{Hides: hides})
	g.Expect(c.Path()).To(Equal([]string{"interfaces"}))
	g.Expect(c.Value("fred")).To(Equal("eth0"))
	g.Expect(c.Value("root")).To(Equal("lo"))
	g.Expect(c.Name("users")).To(Equal("interface"))
	g.Expect(c.Name("full-name")).To(Equal("mtu"))
	g.Expect(c.Expr("{key}")).To(Equal("(self::t:name or self::t:type or self::t:enabled)"))
	_, err := c.Filter("{in}<t:user><t:name>{barney}</t:name></t:user>{/in}")
	g.Expect(errors.As(err, new(*sample.Missing))).To(BeTrue())
	_, err = c.Expr("{entries}/t:company-info")
	g.Expect(err).To(MatchError(ContainSubstring("two leaves")))
}

func TestOneEntry(t *testing.T) {
	g := NewWithT(t)
	c := sample.Find(data(t, "<a xmlns='urn:a'><b><c>1</c><d>2</d></b></a>").Data, sample.Options{})
	g.Expect(c.Several()).To(BeFalse())
	g.Expect(c.Filter("{in}<t:user><t:full-name>{full}</t:full-name></t:user>{/in}")).To(Equal(`<a xmlns="urn:a"><b><d>2</d></b></a>`))
	g.Expect(c.Value("root")).Error().To(MatchError(ContainSubstring("several entries")))
}

func TestNothingFits(t *testing.T) {
	g := NewWithT(t)
	for _, content := range []string{"", "<a xmlns='urn:a'><b>1</b><b>2</b></a>", "<a xmlns='urn:a'><b><c>1</c></b><b><c>1</c></b></a>",
		"<a xmlns='urn:a'><b><c/></b></a>", "<a xmlns='urn:a'><b><c>1</c><b/></b></a>", "<b xmlns='urn:a'><c>1</c></b><b xmlns='urn:a'><c>2</c></b>"} {
		g.Expect(sample.Find(data(t, content).Data, sample.Options{})).To(BeNil(), content)
	}
	changed := strings.Replace(interfaces, "1500", "1501", 1)
	g.Expect(sample.Find(data(t, interfaces).Data, sample.Options{Again: data(t, changed).Data})).To(BeNil())
	g.Expect(sample.Find(data(t, interfaces).Data, sample.Options{Again: data(t, interfaces).Data})).NotTo(BeNil())
	g.Expect(sample.Find(data(t, interfaces).Data, sample.Options{Except: sample.PathsOf(data(t, interfaces).Data)})).To(BeNil())
}

func TestText(t *testing.T) {
	g := NewWithT(t)
	one := data(t, `<t:a xmlns:t="urn:a"><t:c>2</t:c> <t:b>1</t:b><t:d> </t:d></t:a>`).Data
	other := data(t, `<a xmlns="urn:a"><b>1</b><c>2</c><s>3</s></a>`).Data
	known := sample.PathsOf(one)
	g.Expect(sample.Text(one, nil)).NotTo(Equal(sample.Text(other, nil)))
	g.Expect(sample.Text(one, known)).To(Equal(sample.Text(other, known)))
	g.Expect(sample.Text(other.FirstChild, known)).To(Equal("{urn:a}a\n  {urn:a}b = 1\n  {urn:a}c = 2"))
	g.Expect(sample.Text(data(t, "<a xmlns='urn:a'><b/></a>").Data, nil)).To(BeEmpty())
	identity := data(t, "<a xmlns='urn:a' xmlns:p='urn:p'>p:x</a>").Data
	g.Expect(sample.Text(identity, nil)).To(Equal(sample.Text(data(t, "<a xmlns='urn:a' xmlns:q='urn:p'>q:x</a>").Data, nil)))
	g.Expect(sample.Text(identity, nil)).NotTo(Equal(sample.Text(data(t, "<a xmlns='urn:a'>p:x</a>").Data, nil)))
}
