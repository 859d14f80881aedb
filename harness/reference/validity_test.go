package reference

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func services(content string) string {
	return `<services xmlns="` + Namespace + `">` + content + "</services>"
}

const set = "<test-option>set</test-option>"

func validate(datastore string) string {
	return "<validate><source><" + datastore + "/></source></validate>"
}

// TestConstraints edits the candidate in steps of which each is right, until the whole is not valid.
func TestConstraints(t *testing.T) {
	for name, step := range map[string]struct{ config, tag, appTag, path string }{
		"must": {"<pool><least>5</least><most>3</most><member>alpha</member><in-turn/></pool>",
			"operation-failed", "pool-limits-crossed", "/r:services/r:pool/r:most"},
		"mandatory leaf": {"<server><name>gamma</name></server>", "data-missing", "", "/r:services/r:server[r:name='gamma']"},
		"unique": {"<server><name>gamma</name><address>192.0.2.1</address><port>830</port></server>",
			"operation-failed", "data-not-unique", "/r:services/r:server"},
		"leafref":      {"<pool><member>nobody</member><in-turn/></pool>", "data-missing", "instance-required", "/r:services/r:pool/r:member[.='nobody']"},
		"min-elements": {"<pool><in-turn/></pool>", "operation-failed", "too-few-elements", "/r:services/r:pool/r:member"},
		"max-elements": {"<server><name>c</name><address>c</address></server><server><name>d</name><address>d</address></server>" +
			"<pool><member>alpha</member><member>beta</member><member>c</member><member>d</member><in-turn/></pool>",
			"operation-failed", "too-many-elements", "/r:services/r:pool/r:member"},
		"choice": {"<pool><member>alpha</member></pool>", "data-missing", "missing-choice", "/r:services/r:pool"},
		"leafref to a secret": {"<server><name>alpha</name><secret-key>k</secret-key></server>",
			"data-missing", "instance-required", "/r:services/r:server[r:name='alpha']/r:secret-key"},
	} {
		t.Run(name, func(t *testing.T) {
			c := open(t, start(t, Options{}))
			c.ok(edit(candidate, services(step.config), set))
			before := c.data("running")
			for _, operation := range []string{validate(candidate), "<commit/>", "<commit><confirmed/></commit>",
				"<copy-config><target><running/></target><source><candidate/></source></copy-config>",
				"<copy-config><target><startup/></target><source><candidate/></source></copy-config>",
				edit(candidate, place("x")), edit(candidate, place("x"), "<test-option>test-only</test-option>"),
				edit("running", services(step.config), set),
			} {
				reply := c.errorTag(operation, step.tag)
				c.g.Expect(reply).To(ContainSubstring(">"+step.path+"</error-path>"), operation)
				c.g.Expect(reply).To(ContainSubstring("<error-type>application<"))
				if step.appTag == "" {
					c.g.Expect(reply).NotTo(ContainSubstring("error-app-tag"))
				} else {
					c.g.Expect(reply).To(ContainSubstring("<error-app-tag>" + step.appTag + "<"))
				}
			}
			c.g.Expect(c.data("running")).To(Equal(before))
			c.g.Expect(c.data(candidate)).NotTo(Equal(before), "the changes are kept")
			c.ok("<discard-changes/>")
			c.ok(validate(candidate))
		})
	}
}

func TestConstraintsMet(t *testing.T) {
	c := open(t, start(t, Options{}))
	for _, datastore := range []string{"running", candidate, "startup"} {
		c.ok(validate(datastore))
	}
	c.ok(edit(candidate, services("<pool><least>3</least><most>3</most><member>alpha</member><by-weight>load</by-weight></pool>")+
		`<secret xmlns="`+Namespace+`"><key><name>k</name></key></secret>`+
		services("<server><name>alpha</name><secret-key>k</secret-key></server>")))
	c.ok("<commit/>")
	c.errorTag(edit("running", services(`<server nc:operation="delete"><name>alpha</name></server>`), set), "data-missing")
	c.ok(edit("running", `<secret xmlns="`+Namespace+`"><key><name>k</name><value>x</value></key></secret>`))
}

func TestErrorInfoOfConstraints(t *testing.T) {
	c := open(t, start(t, Options{}))
	reply := c.rpc("<validate><source><config>" + services("<server><name>a</name><address>x</address><port>1</port></server>"+
		"<server><name>b</name><address>x</address><port>1</port></server><pool><member>a</member></pool>") + "</config></source></validate>")
	yang1 := ` xmlns="` + yangNS + `">`
	c.g.Expect(reply).To(ContainSubstring("<non-unique" + yang1 + "/r:services/r:server[r:name='b']/r:port</non-unique>"))
	c.g.Expect(strings.Count(reply, "<non-unique")).To(Equal(4))
	c.g.Expect(reply).To(ContainSubstring("<missing-choice" + yang1 + "spread</missing-choice>"))
}

func TestPresenceContainer(t *testing.T) {
	c := open(t, start(t, Options{}))
	pool := func(operation string) string {
		return services(`<pool nc:operation="` + operation + `"/>`)
	}
	none := "<default-operation>none</default-operation>"
	c.errorTag(edit(candidate, pool("delete"), set), "data-missing")
	c.errorTag(edit(candidate, services("<pool/>"), set, none), "data-missing")
	c.ok(edit(candidate, pool("create"), set))
	c.g.Expect(c.data(candidate)).To(ContainSubstring("<pool></pool>"))
	c.errorTag(edit(candidate, pool("create"), set), "data-exists")
	c.ok(edit(candidate, pool("delete"), set))
}

func TestChoice(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.ok(edit(candidate, services("<pool><member>alpha</member><by-weight>load</by-weight><heaviest>3</heaviest></pool>")))
	c.ok(edit(candidate, services("<pool><in-turn/></pool>")))
	c.g.Expect(c.data(candidate)).To(ContainSubstring("<pool><member>alpha</member><in-turn></in-turn></pool>"))
	both := "<in-turn/><heaviest>3</heaviest>"
	c.errorTag(edit(candidate, services("<pool>"+both+"</pool>")), "bad-element")
	c.ok(edit(candidate, services(`<pool><in-turn nc:operation="delete"/><heaviest>3</heaviest></pool>`)))
	c.errorTag(edit(candidate, services("<pool><in-turn>x</in-turn></pool>")), "invalid-value")
}

func TestListOfTwoKeys(t *testing.T) {
	c := open(t, start(t, Options{}))
	route := func(content string) string { return services("<route>" + content + "</route>") }
	reply := c.rpc(getConfig("running", route("<from>north</from><to>south</to><hop><number>2</number><via/></hop>")))
	c.g.Expect(reply).To(ContainSubstring("<route><from>north</from><to>south</to><hop><number>2</number><via>beta</via></hop></route></services>"))
	c.g.Expect(c.rpc(getConfig("running", route("<from>north</from><to>west</to>")))).To(ContainSubstring("<data></data>"))
	c.errorTag(edit(candidate, route("<from>north</from>")), "missing-element")
	c.ok(edit(candidate, route("<to>west</to><from>north</from>")))
	c.ok(edit(candidate, services(`<route nc:operation="delete"><to>west</to><from>north</from></route>`)))
	c.g.Expect(c.data(candidate)).To(Equal(c.data("running")))
}
