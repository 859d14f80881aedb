package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestFiveOperations(t *testing.T) {
	c := open(t, start(t, Options{}))
	steps := []struct{ config, tag string }{
		{user("<name>wilma</name><type>admin</type>"), ""},
		{top(`<users><user nc:operation="create"><name>wilma</name></user></users>`), "data-exists"},
		{top(`<users><user nc:operation="delete"><name>wilma</name></user></users>`), ""},
		{top(`<users><user nc:operation="delete"><name>wilma</name></user></users>`), "data-missing"},
		{top(`<users><user nc:operation="remove"><name>wilma</name></user></users>`), ""},
		{top(`<users><user nc:operation="update"><name>wilma</name></user></users>`), "bad-attribute"},
		{top(`<users><user operation="delete"><name>fred</name></user></users>`), "unknown-attribute"},
		{user("<type>admin</type>"), "missing-element"},
		{user("<name>fred</name><type>ops</type>"), "invalid-value"},
		{top("<interface><name>eth0</name><mtu>9193</mtu></interface>"), "invalid-value"},
		{top("<nothing/>"), "unknown-element"},
		{`<top xmlns="urn:none"/>`, "unknown-namespace"},
		{system("<clock><uptime>1</uptime></clock>"), "unknown-element"},
		{"", ""},
	}
	for _, step := range steps {
		if step.tag == "" {
			c.ok(edit("candidate", step.config))
		} else {
			c.errorTag(edit("candidate", step.config), step.tag)
		}
	}
	c.g.Expect(c.data("candidate")).To(Equal(c.data("running")))
}

func TestReplaceAndMerge(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.ok(edit("candidate", user("<name>fred</name><type>superuser</type>")))
	fred := getConfig("candidate", user("<name>fred</name>"))
	c.g.Expect(c.rpc(fred)).To(And(ContainSubstring("superuser"), ContainSubstring("Flintstone")))
	c.ok(edit("candidate", top(`<users><user nc:operation="replace"><name>fred</name><type>admin</type></user></users>`)))
	c.g.Expect(c.rpc(fred)).To(And(ContainSubstring("<type>admin</type></user>"), Not(ContainSubstring("Flintstone"))))
	c.ok(edit("candidate", place("Attic"), "<default-operation>replace</default-operation>"))
	c.g.Expect(c.rpc(getConfig("candidate", ""))).To(ContainSubstring(
		`<data><system xmlns="` + Namespace + `"><location>Attic</location></system></data>`))
	c.ok("<discard-changes/>")
}

func TestDefaultOperationNone(t *testing.T) {
	c := open(t, start(t, Options{}))
	none := "<default-operation>none</default-operation>"
	c.ok(edit("running", user("<name>fred</name><type>superuser</type>"), none))
	c.errorTag(edit("running", user("<name>wilma</name><type>admin</type>"), none), "data-missing")
	c.errorTag(edit("running", top(`<users><user><name>wilma</name><type nc:operation="delete"/></user></users>`), none), "data-missing")
	c.ok(edit("running", top(`<users><user nc:operation="create"><name>wilma</name><type>admin</type></user></users>`), none))
	c.ok(edit("running", top(`<users><user nc:operation="delete"><name>wilma</name></user></users>`), none))
	c.g.Expect(c.rpc(getConfig("running", user("<name>fred</name>")))).To(ContainSubstring("<type>admin</type>"))
}

func TestErrorOptions(t *testing.T) {
	mixed := system("<contact>A</contact>") +
		top(`<users><user nc:operation="create"><name>fred</name></user></users>`) +
		system("<location>C</location>")
	for option, wanted := range map[string][2]bool{
		"stop-on-error": {true, false}, "continue-on-error": {true, true}, "rollback-on-error": {false, false},
	} {
		t.Run(option, func(t *testing.T) {
			c := open(t, start(t, Options{}))
			onError := "<error-option>" + option + "</error-option>"
			c.errorTag(edit("running", mixed, "<test-option>set</test-option>", onError), "data-exists")
			reply := c.rpc(getConfig("running", ""))
			c.g.Expect(reply).To(match("<contact>A</contact>", wanted[0]))
			c.g.Expect(reply).To(match("<location>C</location>", wanted[1]))
		})
	}
	c := open(t, start(t, Options{}))
	c.errorTag(edit("running", mixed), "data-exists")
	c.ok(edit("running", place("Attic"), "<test-option>test-only</test-option>"))
	c.g.Expect(c.rpc(getConfig("running", ""))).To(And(match("<contact>A</contact>", false), match("Attic", false)))
	c.errorTag(edit("running", "", "<error-option>ignore</error-option>"), "invalid-value")
	c.errorTag(edit("running", "", "<default-operation>Merge</default-operation>"), "invalid-value")
}

func match(text string, wanted bool) interface {
	Match(any) (bool, error)
	FailureMessage(any) string
	NegatedFailureMessage(any) string
} {
	if wanted {
		return ContainSubstring(text)
	}
	return Not(ContainSubstring(text))
}

func TestErrorNamesNode(t *testing.T) {
	c := open(t, start(t, Options{}))
	reply := c.errorTag(edit("candidate", top(`<interface><name>eth'0</name><mtu>1</mtu></interface>`)), "invalid-value")
	c.g.Expect(reply).To(ContainSubstring(`<rpc-error xmlns:r="` + Namespace + `"><error-type>application</error-type>` +
		`<error-tag>invalid-value</error-tag><error-severity>error</error-severity>` +
		`<error-app-tag>mtu-out-of-range</error-app-tag>` +
		`<error-path>/r:top/r:interface[r:name=&quot;eth'0&quot;]/r:mtu</error-path>` +
		`<error-message xml:lang="en">MTU is not within range 256..9192</error-message></rpc-error>`))
	reply = c.errorTag(edit("candidate", user("<type>admin</type>")), "missing-element")
	c.g.Expect(reply).To(ContainSubstring("<bad-element>r:name</bad-element>"))
	reply = c.errorTag("<lock/>", "missing-element")
	c.g.Expect(reply).To(And(ContainSubstring("<bad-element>target</bad-element>"),
		ContainSubstring("<error-path>/nc:rpc/nc:lock</error-path>"), ContainSubstring(`xmlns:nc="`+baseNS+`"`)))
}

func TestParameters(t *testing.T) {
	c := open(t, start(t, Options{}))
	for operation, tag := range map[string]string{
		"<get-config/>":                                                    "missing-element",
		"<get-config><source/></get-config>":                               "missing-element",
		getConfig("nowhere", ""):                                           "unknown-element",
		"<get-config foo='1'/>":                                            "unknown-attribute",
		"<get><bogus/></get>":                                              "unknown-element",
		`<get><x xmlns="urn:none"/></get>`:                                 "unknown-namespace",
		`<get><filter type="regex" select="/*"/></get>`:                    "bad-attribute",
		`<get><filter select="/*"/></get>`:                                 "unknown-attribute",
		"<kill-session/>":                                                  "missing-element",
		"<kill-session><session-id>x</session-id></kill-session>":          "invalid-value",
		"<kill-session><session-id>4294967294</session-id></kill-session>": "invalid-value",
		"<get-config><source><running/><candidate/></source></get-config>": "bad-element",
		"<get-config><source><running>x</running></source></get-config>":   "bad-element",
		"":                                 "operation-not-supported",
		"<get/><get/>":                     "unknown-element",
		`<get xmlns="urn:none"/>`:          "unknown-namespace",
		`<get xmlns="` + Namespace + `"/>`: "operation-not-supported",
		on("delete-config", "running"):     "invalid-value",
		"<commit><confirmed/><confirm-timeout>0</confirm-timeout></commit>": "invalid-value",
	} {
		c.errorTag(operation, tag)
	}
}
