package target

import (
	"errors"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/transport/sshconfig"
)

func TestParseURL(t *testing.T) {
	t.Setenv("USER", "me")
	for url, want := range map[string]struct {
		address, user string
		implied       implied
	}{
		"ssh://admin@router.example:8830": {"router.example:8830", "admin", implied{}},
		"ssh://router.example":            {"router.example:830", "me", implied{user: true, port: true}},
		"ssh://admin@[2001:db8::1]":       {"[2001:db8::1]:830", "admin", implied{port: true}},
		"ssh://admin@[2001:db8::1]:22/":   {"[2001:db8::1]:22", "admin", implied{}},
	} {
		g := NewWithT(t)
		target, err := ParseURL(url)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(*target).To(Equal(Target{Name: want.address, Address: want.address, User: want.user,
			Transport: "ssh", PasswordEnv: "NCSPEC_PASSWORD", HostKey: "known-hosts", Grace: 5 * time.Second, implied: want.implied}))
	}
}

func TestParseURLRefuses(t *testing.T) {
	t.Setenv("USER", "me")
	for url, why := range map[string]string{
		"ssh://admin:hunter2@router":   "NCSPEC_PASSWORD",
		"ssh://admin:hunter2@router:x": "ssh://user@host:port",
		"telnet://router":              `"telnet" is not supported`,
		"tls://admin@router":           "TLS knows no user name",
		"tls://":                       "is not an address",
		"tls:router":                   "write tls://host:port",
		"unix:socket":                  "write unix:///path",
		"exec:":                        "no command",
		"exec:sh -c 'x":                "does not close it",
		"ssh+callhome://a:hunter2@:1":  "NCSPEC_PASSWORD",
		"tls+callhome://:x":            "1 to 65535",
		"ssh://":                       "no host",
		"ssh://router:0":               "1 to 65535",
		"ssh://router:65536":           "1 to 65535",
		"ssh://router/path":            "nothing may follow the port",
		"ssh://router?x=1":             "nothing may follow the port",
		"ssh://ro uter":                "reading the target URL",
	} {
		g := NewWithT(t)
		_, err := ParseURL(url)
		g.Expect(err).To(MatchError(ContainSubstring(why)), url)
		g.Expect(err.Error()).NotTo(ContainSubstring("hunter2"))
	}
}

func TestParseURLNeedsAUser(t *testing.T) {
	t.Setenv("USER", "")
	g := NewWithT(t)
	target, err := ParseURL("ssh://router")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Follow(&sshconfig.Config{})).To(MatchError(ContainSubstring("no user name, and $USER is empty")))
}

func TestParse(t *testing.T) {
	g := NewWithT(t)
	byURL, err := Parse("ssh://admin@router")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(byURL.Address).To(Equal("router:830"))

	byFile, err := Parse("testdata/full.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(byFile.Name).To(Equal("lab router"))

	for _, neither := range []string{"router", "nowhere.yaml"} {
		_, err = Parse(neither)
		g.Expect(errors.Is(err, ErrNoSuchTarget)).To(BeTrue())
		g.Expect(err).To(MatchError(ContainSubstring(neither)))
	}
}

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]string{
		"router":           "router:830",
		"router:22":        "router:22",
		"router:":          "router:830",
		"192.0.2.1":        "192.0.2.1:830",
		"2001:db8::1":      "[2001:db8::1]:830",
		"[2001:db8::1]":    "[2001:db8::1]:830",
		"[2001:db8::1]:22": "[2001:db8::1]:22",
	} {
		g := NewWithT(t)
		g.Expect(parseAddress(text)).To(Equal(want))
	}
	for _, text := range []string{"", ":830", "admin@router", "ssh://router", "a b", "x:y:z"} {
		_, err := parseAddress(text)
		NewWithT(t).Expect(err).To(HaveOccurred(), text)
	}
}
