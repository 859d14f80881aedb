package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhatCannotStandInAConfig(t *testing.T) {
	c := open(t, start(t, Options{}))
	before := c.data("candidate")
	for config, tag := range map[string]string{
		user("<name>fred</name><name>barney</name>"):                                        "bad-element",
		user("<name>fred</name><name>fred</name>"):                                          "bad-element",
		user("<name>fred</name><type>admin</type><type>superuser</type>"):                   "bad-element",
		user("<name>fred<x/></name>"):                                                       "unknown-element",
		user(`<name>fred</name><name xmlns="urn:none">x</name>`):                            "unknown-namespace",
		user(`<name>fred</name><name xmlns="">x</name>`):                                    "unknown-element",
		user(`<name nc:operation="delete">fred</name>`):                                     "bad-attribute",
		user(`<name nc:operation="create">fred</name>`):                                     "data-exists",
		user(`<name foo="1">fred</name>`):                                                   "unknown-attribute",
		user(`<name nc:operation="bogus">fred</name>`):                                      "bad-attribute",
		user("<type>admin</type>"):                                                          "missing-element",
		top(`<users><user nc:operation="create"><type>admin</type></user></users>`):         "missing-element",
		top(`<users><user nc:operation="delete"><type>admin</type></user></users>`):         "missing-element",
		top("<user><name>fred</name></user>"):                                               "unknown-element",
		user("<name>fred</name><full-name><x/></full-name>"):                                "unknown-element",
		top("<users>text</users>"):                                                          "bad-element",
		`<top xmlns=""/>`:                                                                   "unknown-element",
		`<top xmlns="` + baseNS + `"/>`:                                                     "unknown-element",
		`<top xmlns="urn:none"/>`:                                                           "unknown-namespace",
		user(`<name>fred</name><type xmlns:ex="urn:ex" ex:operation="delete">admin</type>`): "unknown-attribute",
	} {
		reply := c.errorTag(edit("candidate", config), tag)
		c.g.Expect(reply).To(ContainSubstring("<error-type>application<"), config)
		c.g.Expect(reply).NotTo(ContainSubstring("<bad-namespace></bad-namespace>"), config)
		c.g.Expect(c.data("candidate")).To(Equal(before), config)
	}
}

// TestNamesInNoNamespace wants bad-element to be read as such a name: no default namespace may count for it.
func TestNamesInNoNamespace(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.g.Expect(c.rpc(edit("candidate", `<top xmlns=""/>`))).To(ContainSubstring(`<nc:bad-element xmlns="">top</nc:bad-element>`))
	c.send(`<x:rpc message-id="1" xmlns:x="` + baseNS + `"><get/></x:rpc>`)
	c.g.Expect(c.receive()).To(ContainSubstring(`<x:bad-element xmlns="">get</x:bad-element>`))
	c.send(`<rpc message-id="1"><get/></rpc>`)
	c.g.Expect(c.receive()).To(And(ContainSubstring("unknown-element"), ContainSubstring(`<nc:bad-element xmlns="">rpc</nc:bad-element>`)))
	c.g.Expect(c.errorTag("<commit><confirmed>x</confirmed></commit>", "bad-element")).To(ContainSubstring("confirmed"))
}

func TestAnyTextIsAToken(t *testing.T) {
	c := open(t, start(t, Options{}))
	for _, token := range []string{"IQ,d4668", "&lt;&amp;&gt;", "Größe ☃", " ", ""} {
		c.ok(edit("candidate", place("x"+token)))
		c.ok("<commit><confirmed/><persist>" + token + "</persist></commit>")
		c.errorTag("<commit/>", "invalid-value")
		c.errorTag("<commit><persist-id>"+token+"x</persist-id></commit>", "invalid-value")
		c.ok("<commit><persist-id>" + token + "</persist-id></commit>")
		c.errorTag("<cancel-commit/>", "operation-failed")
	}
}
