package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestSubtreeFilter(t *testing.T) {
	c := open(t, start(t, Options{}))
	data := func(inside string) string { return "<data>" + inside + "</data>" }
	for name, test := range map[string]struct{ filter, wanted string }{
		"selection":      {user("<name/>"), data(top("<users><user><name>root</name></user><user><name>fred</name></user><user><name>barney</name></user></users>"))},
		"content match":  {user("<name>\n fred </name>"), data(user("<name>fred</name><type>admin</type><full-name>Fred Flintstone</full-name><company-info><dept>2</dept><id>2</id></company-info>"))},
		"and":            {user("<type>admin</type><name>barney</name><full-name/>"), data(user("<name>barney</name><type>admin</type><full-name>Barney Rubble</full-name>"))},
		"mismatch":       {user("<type>superuser</type><name>barney</name><full-name/>"), "<data></data>"},
		"containment":    {user("<name>root</name><company-info><id/></company-info>"), data(user("<name>root</name><company-info><id>1</id></company-info>"))},
		"no namespace":   {`<system xmlns=""><location/></system>`, data(place("Laboratory"))},
		"attribute":      {`<system xmlns="` + Namespace + `" x="1"/>`, "<data></data>"},
		"other":          {`<system xmlns="urn:none"/>`, "<data></data>"},
		"base":           {"<system/>", "<data></data>"},
		"empty":          {" \n ", "<data></data>"},
		"once":           {place("") + place("") + system("<location/><contact>nobody</contact>"), data(place("Laboratory"))},
		"union":          {top("<users><user><name>root</name><type/></user><user><name>fred</name><type/></user></users>"), data(top("<users><user><name>root</name><type>superuser</type></user><user><name>fred</name><type>admin</type></user></users>"))},
		"leaf's content": {system("<location>Laboratory</location><contact/>"), data(system("<contact>admin@ncspec.example</contact><location>Laboratory</location>"))},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(c.rpc(getConfig("running", test.filter))).To(ContainSubstring(test.wanted))
		})
	}
}

func TestGetHasState(t *testing.T) {
	c := open(t, start(t, Options{}))
	reply := c.rpc("<get/>")
	for _, wanted := range []string{"<uptime>", "<in-octets>", "<requests>", "<username>admin</username>", "<location>"} {
		c.g.Expect(reply).To(ContainSubstring(wanted))
	}
	c.g.Expect(c.rpc(getConfig("running", ""))).NotTo(Or(ContainSubstring("<uptime>"), ContainSubstring("<in-octets>")))
}
