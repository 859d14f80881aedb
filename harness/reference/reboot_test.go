package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestReboot(t *testing.T) {
	g := NewWithT(t)
	s := start(t, Options{})
	c := open(t, s)
	c.ok(edit("candidate", place("A")))
	c.ok("<commit/>")
	c.ok(copyOf("<startup/>", "<running/>"))
	c.ok(on("lock", "startup"))
	g.Expect(s.LockOutside()).To(Succeed())
	g.Expect(s.UnlockOutside()).To(Succeed())
	c.ok(edit("candidate", place("B")))
	c.ok("<commit><confirmed/><persist>t</persist></commit>")
	c.ok(edit("candidate", place("C")))
	s.Reboot()
	_, err := c.read()
	g.Expect(err).To(HaveOccurred())
	c = open(t, s)
	g.Expect(c.location("running")).To(Equal("A"))
	g.Expect(c.location("candidate")).To(Equal("A"))
	c.errorTag("<cancel-commit/>", "operation-failed")
	for _, datastore := range []string{"running", "candidate", "startup"} {
		c.ok(on("lock", datastore))
	}
}

func TestRebootWithoutStartup(t *testing.T) {
	s := start(t, Options{Profile: "junos"})
	c := openOld(t, s)
	name := func(value string) string {
		return `<configuration xmlns="` + JunosNamespace + `"><system><host-name>` + value + "</host-name></system></configuration>"
	}
	c.ok(edit("candidate", name("A")))
	c.ok("<commit/>")
	c.ok(edit("candidate", name("B")))
	c.ok(confirmed)
	s.Reboot()
	c = openOld(t, s)
	c.g.Expect(c.data("running")).To(ContainSubstring("<host-name>A</host-name>"))
}
