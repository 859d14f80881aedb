package reference

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestDocumentedSequence(t *testing.T) {
	s := start(t, Options{})
	for name, c := range map[string]*client{"1.1": open(t, s), "1.0": openOld(t, s)} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			class := system("<login><class nc:operation=\"create\"><name>network-mgmt</name>" +
				"<permissions>configure</permissions><permissions>snmp</permissions></class></login>")
			g.Expect(c.rpc(`<get-inventory xmlns="` + Namespace + `"/>`)).To(ContainSubstring("<name>Backplane</name>"))
			c.ok(on("lock", "candidate"))
			c.ok(edit("candidate", class))
			g.Expect(c.rpc(getConfig("candidate", system("<login/>")))).To(ContainSubstring("network-mgmt"))
			g.Expect(c.rpc(getConfig("running", system("<login/>")))).NotTo(ContainSubstring("network-mgmt"))
			c.ok("<commit/>")
			g.Expect(c.rpc(getConfig("running", system("<login/>")))).To(ContainSubstring("network-mgmt"))
			c.ok(edit("candidate", strings.Replace(class, "create", "delete", 1)))
			c.ok("<commit/>")
			c.ok(on("unlock", "candidate"))
			c.ok("<close-session/>")
			c.ended()
		})
	}
}

func TestPipeliningKeepsOrder(t *testing.T) {
	c := open(t, start(t, Options{BigData: 1 << 20}))
	var all strings.Builder
	for _, op := range []string{"<get/>", "<bogus/>", getConfig("running", ""), on("lock", "running")} {
		c.id++
		all.WriteString(c.frame(`<rpc message-id="` + string(rune('0'+c.id)) + `" xmlns="` + baseNS + `">` + op + `</rpc>`))
	}
	c.raw(all.String())
	for _, wanted := range []string{"<data>", "operation-not-supported", "<data>", "<ok/>"} {
		c.g.Expect(c.receive()).To(ContainSubstring(wanted))
	}
}

func TestAttributesComeBack(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.send(`<x:rpc  message-id='a&lt;b"]]>' xmlns:x="` + baseNS + `" xmlns="urn:d" xmlns:ex="urn:example" ex:user-id="fr` +
		"\n" + `d"><x:get-config><x:source><x:bogus/></x:source></x:get-config></x:rpc>`)
	reply := c.receive()
	c.g.Expect(reply).To(HavePrefix(`<x:rpc-reply message-id='a&lt;b"]]>' xmlns:x="` + baseNS +
		`" xmlns="urn:d" xmlns:ex="urn:example" ex:user-id="fr d"><x:rpc-error><x:error-type>`))
	c.g.Expect(reply).To(ContainSubstring("<x:bad-element>x:bogus</x:bad-element>"))
	c.g.Expect(reply).To(ContainSubstring(">/x:rpc/x:get-config/x:source/x:bogus</x:error-path>"))
}

func TestBrokenMessages(t *testing.T) {
	s := start(t, Options{})
	c, old := open(t, s), openOld(t, s)
	for _, message := range []string{"<rpc", "\xff", "<rpc/><rpc/>", `<!DOCTYPE rpc><rpc message-id="1" xmlns="` + baseNS + `"><get/></rpc>`} {
		c.send(message)
		c.g.Expect(c.receive()).To(ContainSubstring("<error-tag>malformed-message</error-tag>"), message)
		old.send(message)
		c.g.Expect(old.receive()).To(ContainSubstring("<error-tag>operation-failed</error-tag>"), message)
	}
	c.send(`<rpc xmlns="` + baseNS + `" a="b"><get/></rpc>`)
	c.g.Expect(c.receive()).To(And(ContainSubstring("missing-attribute"), HavePrefix(`<rpc-reply xmlns="`+baseNS+`" a="b">`)))
	c.send(`<rpc message-id="7" xmlns="urn:other"><get/></rpc>`)
	c.g.Expect(c.receive()).To(ContainSubstring("unknown-namespace"))
	c.ok(on("lock", "running"))
}

func TestHelloRules(t *testing.T) {
	s := start(t, Options{})
	for name, hello := range map[string]string{
		"session-id":  `<hello xmlns="` + baseNS + `"><capabilities><capability>` + base11URN + `</capability></capabilities><session-id>4</session-id></hello>`,
		"version":     `<hello xmlns="` + baseNS + `"><capabilities><capability>urn:ietf:params:netconf:base:2.0</capability></capabilities></hello>`,
		"nothing":     `<hello xmlns="` + baseNS + `"/>`,
		"namespace":   `<hello xmlns="urn:other"><capabilities><capability>` + base11URN + `</capability></capabilities></hello>`,
		"not a hello": `<rpc message-id="1" xmlns="` + baseNS + `"><get/></rpc>`,
		"broken":      "<hello",
	} {
		t.Run(name, func(t *testing.T) {
			c := connect(t, s, "admin", "admin")
			c.raw(hello + "]]>]]>")
			c.ended()
		})
	}
	c := connect(t, s, "admin", "admin")
	c.greet("\n " + base11URN + "?module=x\n")
	c.chunked = true
	c.ok(on("lock", "running"))
}

func TestFramingErrorEndsOnlyThatSession(t *testing.T) {
	s := start(t, Options{})
	a, b := open(t, s), open(t, s)
	a.ok(on("lock", "running"))
	a.raw("\n#0\n")
	a.ended()
	b.ok(on("lock", "running"))
}

func TestStubEndsAtFirstInput(t *testing.T) {
	s := start(t, Options{Profile: "stub"})
	c := connect(t, s, "admin", "admin")
	c.greet(base11URN)
	c.ended()
}

func TestGenericError(t *testing.T) {
	c := open(t, start(t, Options{Profile: "generic-error"}))
	c.errorTag("<get/>", "operation-failed")
	c.errorTag("<close-session/>", "operation-failed")
}

func TestJunosTakesBareRequests(t *testing.T) {
	c := connect(t, start(t, Options{Profile: "junos"}), "admin", "admin")
	c.raw(`<hello><capabilities><capability>` + base10URN + `</capability></capabilities></hello>]]>]]>`)
	for _, step := range []struct{ request, reply string }{
		{"<get-chassis-inventory><detail/></get-chassis-inventory>", "<serial-number>AA2049</serial-number>"},
		{on("lock", "candidate"), "<ok/>"},
		{`<edit-config><target><candidate/></target><config><configuration><system><login><class operation="create">` +
			`<name>network-mgmt</name><permissions>configure</permissions><permissions>snmp</permissions>` +
			`<permissions>system</permissions></class></login></system></configuration></config></edit-config>`, "<ok/>"},
		{"<commit/>", "<ok/>"},
		{getConfig("running", ""), `<configuration xmlns="` + JunosNamespace + `">`},
		{getConfig("running", "<configuration><system><login><class><name>network-mgmt</name></class></login></system></configuration>"), "snmp"},
		{on("unlock", "candidate"), "<ok/>"},
		{"<close-session/>", "<ok/>"},
	} {
		c.send("<rpc>" + step.request + "</rpc>")
		c.g.Expect(c.receive()).To(And(HavePrefix(`<rpc-reply xmlns="`+baseNS+`">`), ContainSubstring(step.reply)), step.request)
	}
	c.ended()
}

func TestLargeReply(t *testing.T) {
	c := open(t, start(t, Options{BigData: 3 << 20}))
	c.g.Expect(len(c.rpc("<get/>"))).To(BeNumerically(">", 3<<20))
}

func TestStartIsQuickToRepeat(t *testing.T) {
	begun := time.Now()
	for range 20 {
		s, err := Start(t.Context(), Options{})
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(s.Close()).To(Succeed())
	}
	t.Logf("20 starts took %v", time.Since(begun))
}

func TestUnknownNamesAreExplained(t *testing.T) {
	g := NewWithT(t)
	_, err := Start(t.Context(), Options{Profile: "ful"})
	g.Expect(err).To(MatchError(ContainSubstring("full, base10")))
	_, err = Start(t.Context(), Options{Defects: []string{"lock-granted-twic"}})
	g.Expect(err).To(MatchError(ContainSubstring("near names are")))
}

func TestKillWhileReplyIsUnread(t *testing.T) {
	s := start(t, Options{BigData: 8 << 20})
	victim, killer := open(t, s), open(t, s)
	victim.ok(on("lock", "running"))
	victim.send(`<rpc message-id="1" xmlns="` + baseNS + `"><get/></rpc>`)
	killer.ok("<kill-session><session-id>" + victim.sessionID() + "</session-id></kill-session>")
	killer.ok(on("lock", "running"))
	_, err := io.Copy(io.Discard, victim.in)
	killer.g.Expect(err).NotTo(HaveOccurred(), "the channel is closed")
}

func TestCloseWithBusyAndSilentClients(t *testing.T) {
	g := NewWithT(t)
	s := start(t, Options{BigData: 8 << 20})
	busy := open(t, s)
	busy.send(`<rpc message-id="1" xmlns="` + baseNS + `"><get/></rpc>`)
	connect(t, s, "admin", "admin")
	tcp, err := net.Dial("tcp", s.Addr())
	g.Expect(err).NotTo(HaveOccurred())
	defer tcp.Close()
	g.Expect(s.Close()).To(Succeed())
	g.Expect(s.Close()).To(Succeed())
}

func TestManySessionsAtOnce(t *testing.T) {
	s := start(t, Options{})
	var all sync.WaitGroup
	for range 20 {
		c := open(t, s)
		all.Go(func() {
			for range 20 {
				c.rpc("<get/>")
				c.rpc(on("lock", "candidate"))
				c.rpc(edit("candidate", place("A")))
				c.rpc(on("unlock", "candidate"))
			}
			c.ok("<close-session/>")
		})
	}
	all.Wait()
}

func TestByteOrderMarkIsLegal(t *testing.T) {
	c := open(t, start(t, Options{}))
	c.send("\uFEFF" + `<rpc message-id="1" xmlns="` + baseNS + `"><get/></rpc>`)
	c.g.Expect(c.receive()).To(ContainSubstring("<data>"))
}
