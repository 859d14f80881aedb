package reference

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/crypto/ssh"
)

func TestTooBig(t *testing.T) {
	s := start(t, Options{MaxRequest: 4096})
	c := open(t, s)
	reply := c.errorTag("<!--"+strings.Repeat("x", 4096)+"--><get/>", "too-big")
	c.g.Expect(reply).To(ContainSubstring("<error-type>protocol<"))
	c.send(`<x:rpc message-id="7" a="b" xmlns:x="` + baseNS + `">` + strings.Repeat(" ", 4096) + "</x:rpc>")
	c.g.Expect(c.receive()).To(HavePrefix(`<x:rpc-reply message-id="7" a="b" xmlns:x="` + baseNS + `"><x:rpc-error>`))
	c.send(strings.Repeat(" ", 5000))
	c.g.Expect(c.receive()).To(ContainSubstring("too-big"))
	c.ok("<discard-changes/>")
	put(t, s, "long.xml", strings.Repeat(" ", 5000))
	c.errorTag(copyOf("<candidate/>", at("file:///long.xml")), "too-big")
}

func TestResourceDenied(t *testing.T) {
	c := open(t, start(t, Options{MaxData: 4096}))
	long := place(strings.Repeat("x", 4096))
	for _, operation := range []string{edit("running", long), edit("candidate", long),
		copyOf("<candidate/>", "<config>"+long+"</config>")} {
		c.g.Expect(c.errorTag(operation, "resource-denied")).To(ContainSubstring("<error-type>application<"))
	}
	c.ok(edit("candidate", place("short")))
}

func TestMaxSessions(t *testing.T) {
	s := start(t, Options{MaxSessions: 2})
	a, b := open(t, s), open(t, s)
	refused, err := dial(t, s, s.Addr(), "admin", "admin")
	a.g.Expect(err).NotTo(HaveOccurred())
	channel, requests, err := refused.conn.OpenChannel("session", nil)
	a.g.Expect(err).NotTo(HaveOccurred())
	go ssh.DiscardRequests(requests)
	ok, err := channel.SendRequest("subsystem", true, ssh.Marshal(struct{ Name string }{"netconf"}))
	a.g.Expect(err).NotTo(HaveOccurred())
	a.g.Expect(ok).To(BeFalse())
	a.ok("<discard-changes/>")
	b.ok("<close-session/>")
	open(t, s).ok("<discard-changes/>")
}
