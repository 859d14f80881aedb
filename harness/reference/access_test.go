package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func secret(content string) string {
	return `<secret xmlns="` + Namespace + `">` + content + "</secret>"
}

func TestGuestSeesNoSecret(t *testing.T) {
	s := start(t, Options{})
	admin, c := open(t, s), openAs(t, s, "guest", "guest")
	c.g.Expect(c.data("running")).To(Equal(admin.data("running")), "there is no secret configuration yet")
	admin.ok(edit("running", secret("<key><name>k</name><value>hidden</value></key>")))
	for _, filter := range []string{"", "<filter>" + secret("") + "</filter>",
		`<filter type="xpath" select="//*[.='hidden' or local-name()='audit']"/>`} {
		for _, operation := range []string{"<get>" + filter + "</get>", "<get-config><source><running/></source>" + filter + "</get-config>"} {
			c.g.Expect(admin.rpc(operation)).To(ContainSubstring("<secret"))
			c.g.Expect(c.rpc(operation)).To(And(ContainSubstring("<data>"), Not(ContainSubstring("secret")), Not(ContainSubstring("hidden"))))
		}
	}
}

// TestGuestLearnsNothingFromErrors holds the errors for what is there against those for what is not.
func TestGuestLearnsNothingFromErrors(t *testing.T) {
	s := start(t, Options{})
	admin, c := open(t, s), openAs(t, s, "guest", "guest")
	admin.ok(edit("candidate", secret("<key><name>there</name></key>")))
	for _, operation := range []string{"create", "delete", "remove", "merge", "replace"} {
		for _, options := range []string{"", "<default-operation>none</default-operation>"} {
			ask := func(key string) string {
				c.id = 0
				return c.errorTag(edit("candidate", secret(`<key nc:operation="`+operation+`"><name>`+key+`</name></key>`), options), "access-denied")
			}
			c.g.Expect(ask("there")).To(Equal(ask("not-there")), operation)
		}
	}
	c.errorTag(edit("candidate", secret("<key><name>there</name></key>"), "<default-operation>none</default-operation>"), "access-denied")
}

func TestGuestChangesNothing(t *testing.T) {
	s := start(t, Options{})
	admin, c := open(t, s), openAs(t, s, "guest", "guest")
	before := admin.data("running")
	for _, datastore := range []string{"running", "candidate"} {
		c.ok(edit(datastore, ""))
		c.ok(edit(datastore, user("<name>fred</name><type>superuser</type>"), "<default-operation>none</default-operation>"))
		for _, config := range []string{place("x"), `<top xmlns="` + Namespace + `" nc:operation="delete"/>`, user("<name>wilma</name>")} {
			reply := c.errorTag(edit(datastore, config), "access-denied")
			c.g.Expect(reply).To(And(ContainSubstring("<error-type>application<"), ContainSubstring("<error-path")))
		}
		c.errorTag(edit(datastore, "", "<default-operation>replace</default-operation>"), "access-denied")
	}
	c.errorTag("<edit-config><target><candidate/></target>"+at("file:///x")+"</edit-config>", "access-denied")
	c.errorTag("<validate><source>"+at("file:///x")+"</source></validate>", "access-denied")
	c.ok("<validate><source><running/></source></validate>")
	c.g.Expect(admin.data("running")).To(Equal(before))
	c.g.Expect(admin.data("candidate")).To(Equal(before))
}

func TestGuestCommitsNothingOfOthers(t *testing.T) {
	s := start(t, Options{})
	admin, c := open(t, s), openAs(t, s, "guest", "guest")
	c.ok("<commit/>")
	c.errorTag("<commit><confirmed/></commit>", "access-denied")
	admin.ok(edit("candidate", place("x")))
	c.errorTag("<commit/>", "access-denied")
	admin.ok("<commit><confirmed/><persist>t</persist></commit>")
	c.errorTag("<commit><persist-id>t</persist-id></commit>", "access-denied")
	c.errorTag("<cancel-commit><persist-id>t</persist-id></cancel-commit>", "access-denied")
	admin.ok("<cancel-commit><persist-id>t</persist-id></cancel-commit>")
	admin.g.Expect(admin.location("running")).To(Equal("Laboratory"))
}
