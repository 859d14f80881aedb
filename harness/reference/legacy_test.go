package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestAttributesInFilters(t *testing.T) {
	c := open(t, start(t, Options{}))
	get := func(port string) string {
		return c.rpc(`<get><filter xmlns:l="` + LegacyNamespace + `"><l:stats>` + port + `</l:stats></filter></get>`)
	}
	for port, wanted := range map[string][2]bool{
		`<l:port/>`:                                      {true, true},
		`<l:port l:name="eth0"/>`:                        {true, false},
		`<l:port l:name="eth0" l:kind="copper"/>`:        {true, false},
		`<l:port l:name="eth0" l:kind="fibre"/>`:         {false, false},
		`<l:port l:name="eth2"/>`:                        {false, false},
		`<l:port name="eth0"/>`:                          {false, false},
		`<l:port l:bogus="eth0"/>`:                       {false, false},
		`<l:port l:kind="fibre"><l:in-octets/></l:port>`: {false, true},
	} {
		reply := get(port)
		c.g.Expect(reply).To(match(`name="eth0"`, wanted[0]), port)
		c.g.Expect(reply).To(match(`name="eth1"`, wanted[1]), port)
	}
	reply := c.rpc(`<get><filter type="xpath" xmlns:l="` + LegacyNamespace + `" select="/l:stats/l:port[@l:kind='fibre']/l:in-octets"/></get>`)
	c.g.Expect(reply).To(ContainSubstring(`<stats xmlns="` + LegacyNamespace + `"><port xmlns:a1="` + LegacyNamespace + `" a1:name="eth1"`))
	c.g.Expect(reply).NotTo(Or(ContainSubstring("eth0"), ContainSubstring("out-octets")))
	c.errorTag(edit("candidate", `<stats xmlns="`+LegacyNamespace+`"/>`), "unknown-element")
}

func TestNamesOfSeveralModules(t *testing.T) {
	c := open(t, start(t, Options{}))
	for operation, filter := range map[string]string{"get": `<services xmlns=""/>`, "get-config": `<services xmlns=""/>`} {
		source := ""
		if operation == "get-config" {
			source = "<source><running/></source>"
		}
		reply := c.rpc("<" + operation + ">" + source + "<filter>" + filter + "</filter></" + operation + ">")
		c.g.Expect(reply).To(And(ContainSubstring("<building>"), ContainSubstring("<server>")))
	}
	reply := c.rpc(`<get><filter><stats xmlns=""/></filter></get>`)
	c.g.Expect(reply).To(And(ContainSubstring("<requests>"), ContainSubstring("eth0")))
	c.g.Expect(c.rpc(getConfig("running", `<services xmlns="`+SiteNamespace+`"/>`))).NotTo(ContainSubstring("<server>"))
}
