package netconf

import (
	"testing"

	. "github.com/onsi/gomega"
)

func capabilities(texts ...string) Capabilities {
	var all Capabilities
	for _, text := range texts {
		all = append(all, ParseCapability(text))
	}
	return all
}

func TestParseCapability(t *testing.T) {
	g := NewWithT(t)
	c := ParseCapability("\n\t urn:ietf:params:netconf:capability:url:1.0?scheme=http,ftp,,file&x=%2C&x=2&y&=z&bad=%zz \r")
	g.Expect(c.Text).To(HavePrefix("\n\t urn:"))
	g.Expect(c.URI).To(HavePrefix("urn:"))
	g.Expect(c.URI).To(HaveSuffix("%zz"))
	g.Expect(c.Base).To(Equal("urn:ietf:params:netconf:capability:url:1.0"))
	g.Expect(c.Params).To(Equal(map[string][]string{
		"scheme": {"http,ftp,,file"}, "x": {",", "2"}, "y": {""}, "bad": {"%zz"},
	}))
	g.Expect(c.List("scheme")).To(Equal([]string{"http", "ftp", "file"}))
	g.Expect(c.List("none")).To(BeEmpty())
	g.Expect(ParseCapability("").Params).To(BeEmpty())
}

func TestHas(t *testing.T) {
	c := capabilities(
		" urn:ietf:params:netconf:base:1.1 ",
		"urn:ietf:params:netconf:base:1.0?extra=1",
		"urn:ietf:params:netconf:capability:candidate:1.0",
		"urn:ietf:params:netconf:capability:validate:1.1",
		"urn:ietf:params:netconf:capability:url:1.0?scheme=file",
		"urn:ietf:params:netconf:capability:confirmed-commit-x:1.0",
		"urn:ietf:params:netconf:capability:startup:1.0:extra",
		"http://example.net/router?module=m&revision=2020-01-01",
		"urn:example:netconf:capability:xpath:1.0",
	)
	for name, want := range map[string]bool{
		"base:1.0": true, "base:1.1": true, "base": true, ":base:1.1": true, "base:1.2": false,
		"candidate": true, "candidate:1.0": true, ":candidate": true, "candidate:1.1": false, "candidat": false,
		"validate": true, "validate:1.1": true, "validate:1.0": false,
		"url": true, "url:1.0": true, "confirmed-commit": false, "startup": false, "xpath": false, "": false,
		"urn:ietf:params:netconf:capability:url:1.0": true, "urn:ietf:params:netconf:capability:url": false,
		"http://example.net/router": true, "http://example.net": false,
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(c.Has(name)).To(Equal(want))
		})
	}
	url, ok := c.Get("url")
	NewWithT(t).Expect(ok).To(BeTrue())
	NewWithT(t).Expect(url.List("scheme")).To(Equal([]string{"file"}))
	NewWithT(t).Expect(Capabilities(nil).Has("base")).To(BeFalse())
}

func TestHolds(t *testing.T) {
	c := capabilities(Base11, "urn:ietf:params:netconf:capability:candidate:1.0", "urn:ietf:params:netconf:capability:validate:1.0")
	for _, row := range []struct {
		requires []string
		fails    string // "" where all hold
	}{
		{nil, ""},
		{[]string{"base:1.1"}, ""},
		{[]string{"base:1.1", "candidate|writable-running"}, ""},
		{[]string{"writable-running|candidate"}, ""},
		{[]string{"startup|url|writable-running"}, "startup|url|writable-running"},
		{[]string{"base:1.1", "!validate:1.1"}, ""},
		{[]string{"!base:1.1"}, "!base:1.1"},
		{[]string{"base:1.1|!base:1.0"}, ""},
		{[]string{"base:1.0|!base:1.1"}, "base:1.0|!base:1.1"},
		{[]string{"base:1.1", "xpath", "url"}, "xpath"},
		{[]string{"validate:1.0 | validate:1.1"}, ""},
	} {
		ok, failed := c.Holds(row.requires)
		NewWithT(t).Expect(failed).To(Equal(row.fails), "%v", row.requires)
		NewWithT(t).Expect(ok).To(Equal(row.fails == ""), "%v", row.requires)
	}
}

func TestNearMisses(t *testing.T) {
	const stem = "urn:ietf:params:netconf:capability:"
	for text, meant := range map[string]string{
		"urn:ietf:params:xml:ns:netconf:base:1.0":                      Base10,
		" urn:ietf:params:xml:ns:netconf:base:1.1 ":                    Base11,
		"urn:ietf:params:ns:netconf:base:1.0":                          Base10,
		"urn:ietf:params:xml:ns:netconf:capability:candidate:1.0":      stem + "candidate:1.0",
		"urn:ietf:params:ns:netconf:capability:validate:1.1":           stem + "validate:1.1",
		"urn:ietf:params:xml:ns:netconf:capability:url:1.0?scheme=ftp": stem + "url:1.0",
		stem + "writeable-running:1.0":                                 stem + "writable-running:1.0",
		stem + "writable-runing:1.0":                                   stem + "writable-running:1.0",
		stem + "rollback_on_error:1.0":                                 stem + "rollback-on-error:1.0",
		stem + "base:1.1":                                              Base11,
		stem + "candidate":                                             stem + "candidate:1.0",
		"urn:ietf:params:netconf:candidate:1.0":                        stem + "candidate:1.0",
		"urn:ietf:params:netconf:capabilities:startup:1.0":             stem + "startup:1.0",
		"URN:IETF:PARAMS:NETCONF:BASE:1.1":                             Base11,
		":candidate":                                                   stem + "candidate:1.0",
		":base:1.1":                                                    Base11,
		"candidate:1.0":                                                stem + "candidate:1.0",
		"urn:ietf:param:netconf:base:1.1":                              Base11,
		stem + "confirmed-comit:1.1":                                   stem + "confirmed-commit:1.1",
	} {
		t.Run(text, func(t *testing.T) {
			g := NewWithT(t)
			misses := capabilities(text).NearMisses()
			g.Expect(misses).To(HaveLen(1))
			g.Expect(misses[0].Meant).To(Equal(meant))
			g.Expect(misses[0].Text).To(Equal(text))
		})
	}
}

func TestNearMissesLeaveOthersAlone(t *testing.T) {
	g := NewWithT(t)
	g.Expect(capabilities(Standard()...).NearMisses()).To(BeEmpty())
	g.Expect(capabilities(
		"",
		"urn:ietf:params:netconf:base:1.1?x=1",
		"urn:ietf:params:netconf:base:1.2",
		"urn:ietf:params:netconf:capability:candidate:2.0",
		"urn:ietf:params:netconf:capability:url:1.0?scheme=http",
		"urn:ietf:params:netconf:capability:something-new:1.0",
		"urn:ietf:params:xml:ns:netconf:base:1.0?module=ietf-netconf&revision=2011-06-01",
		"urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring?module=ietf-netconf-monitoring&revision=2010-10-04",
		"urn:ietf:params:xml:ns:yang:ietf-inet-types",
		"http://xml.juniper.net/netconf/junos/1.0",
		"http://example.net/router/2.3/myfeature",
		"http://tail-f.com/ns/netconf/actions/1.0",
	).NearMisses()).To(BeEmpty())
}

func TestModuleOfACapability(t *testing.T) {
	g := NewWithT(t)
	for text, module := range map[string]string{
		"urn:x?module=ietf-system&revision=2014-08-06&features=ntp": "ietf-system@2014-08-06",
		"urn:x?module=ietf-system":                                  "ietf-system",
		"urn:x?module=ietf-system&revision=":                        "ietf-system",
		"urn:x?revision=2014-08-06":                                 "",
		"urn:ietf:params:netconf:base:1.1":                          "",
	} {
		g.Expect(ParseCapability(text).Module()).To(Equal(module), text)
	}
}
