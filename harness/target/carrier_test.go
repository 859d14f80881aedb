package target

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestParseOtherTransports(t *testing.T) {
	t.Setenv("USER", "me")
	for url, want := range map[string]Target{
		"tls://router.example":           {Transport: "tls", Address: "router.example:6513"},
		"tls://[2001:db8::1]:7000/":      {Transport: "tls", Address: "[2001:db8::1]:7000"},
		"unix:///run/netconf.sock":       {Transport: "unix", Address: "/run/netconf.sock"},
		"unix:/run/netconf.sock":         {Transport: "unix", Address: "/run/netconf.sock"},
		"exec:server --stdio":            {Transport: "exec", Address: "server --stdio", Command: []string{"server", "--stdio"}},
		`exec:sh -c 'a "b" | c' "" d'e'`: {Transport: "exec", Address: `sh -c 'a "b" | c' "" d'e'`, Command: []string{"sh", "-c", `a "b" | c`, "", "de"}},
		"ssh+callhome://admin@":          {Transport: "ssh+callhome", Address: ":4334", User: "admin"},
		"ssh+callhome://":                {Transport: "ssh+callhome", Address: ":4334", User: "me"},
		"tls+callhome://192.0.2.1":       {Transport: "tls+callhome", Address: "192.0.2.1:4335"},
		"tls+callhome://:5000":           {Transport: "tls+callhome", Address: ":5000"},
	} {
		g := NewWithT(t)
		target, err := Parse(url)
		g.Expect(err).NotTo(HaveOccurred(), url)
		want.Name, want.PasswordEnv, want.HostKey, want.Grace = want.Address, DefaultPasswordEnv, KnownHosts, DefaultGrace
		g.Expect(*target).To(Equal(want), url)
	}
}

func TestLoadTLS(t *testing.T) {
	g := NewWithT(t)
	target, err := Load("testdata/tls.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Address).To(Equal("192.0.2.7:6513"))
	g.Expect(target.User).To(BeEmpty())
	g.Expect(target.TLS).To(Equal(Certificates{Certificate: "testdata/client.pem", Key: "testdata/client.key", CA: "/etc/lab/ca.pem", Name: "router.example",
		Identities: []Certified{
			{Certificate: "testdata/joe.pem", Proves: "rfc7589-7-san-rfc822-lowercase-host", User: "Joe@example.com"},
			{Certificate: "testdata/none.pem", Key: "testdata/none.key", Proves: "rfc7589-7-unmapped-user-terminated"},
		}}))
	g.Expect(target.SecondUser.Certificate).To(Equal("testdata/guest.pem"))
	g.Expect(target.DefaultPorts).To(Equal(&Ports{TLS: "192.0.2.7:6513"}))
}

func TestWhatCarriesATarget(t *testing.T) {
	g := NewWithT(t)
	called := &Target{Transport: TLSCallHome}
	g.Expect(called.Carried("tls") && called.Carried("call-home") && called.Carried("tls+callhome")).To(BeTrue())
	g.Expect(called.Carried("ssh") || (&Target{Transport: TLS}).Carried("call-home")).To(BeFalse())
}
