package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

// TestCopyBetweenAllPairs gives each source a content of its own, and wants it in each target.
func TestCopyBetweenAllPairs(t *testing.T) {
	sources := map[string]string{"running": "<running/>", "candidate": "<candidate/>", "startup": "<startup/>",
		"config": "<config>" + place("config") + "</config>", "url": at("file:///url.xml")}
	targets := map[string]string{"running": "<running/>", "candidate": "<candidate/>", "startup": "<startup/>", "url": at("file:///url.xml")}
	for to, target := range targets {
		for from, source := range sources {
			t.Run(from+" to "+to, func(t *testing.T) {
				c := open(t, start(t, Options{}))
				for _, content := range []string{"url", "startup", "running", "candidate"} {
					c.ok(copyOf(targets[content], "<config>"+place(content)+"</config>"))
				}
				if from == to {
					c.errorTag(copyOf(target, source), "invalid-value")
					return
				}
				c.ok(copyOf(target, source))
				shown := to
				if to == "url" {
					shown = "candidate"
					c.ok(copyOf("<candidate/>", target))
				}
				c.g.Expect(c.rpc(getConfig(shown, ""))).To(ContainSubstring("<data>" + place(from) + "</data>"))
			})
		}
	}
}

// TestWholeConfigurations wants a configuration that is sent along to be one, with no operations in it.
func TestWholeConfigurations(t *testing.T) {
	c := open(t, start(t, Options{}))
	before := c.data("candidate")
	for config, tag := range map[string]string{
		system("<nothing/>"): "unknown-element",
		top("<interface><name>eth0</name><mtu>x</mtu></interface>"):                                    "invalid-value",
		`<system xmlns="` + Namespace + `" xmlns:nc="` + baseNS + `" nc:operation="replace"></system>`: "unknown-attribute",
		"text": "bad-element",
	} {
		inline := "<config>" + config + "</config>"
		c.errorTag(copyOf("<candidate/>", inline), tag)
		c.errorTag("<validate><source>"+inline+"</source></validate>", tag)
	}
	c.g.Expect(c.data("candidate")).To(Equal(before))
	c.ok(copyOf("<candidate/>", "<config>"+services("<pool/>")+"</config>"))
	c.errorTag(copyOf("<running/>", "<config>"+services("<pool/>")+"</config>"), "operation-failed")
	c.ok("<validate><source><config/></source></validate>")
}
