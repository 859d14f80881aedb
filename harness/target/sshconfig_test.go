package target

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

// inHome makes a home folder with that ssh config and the named files in .ssh.
func inHome(t *testing.T, text string, names ...string) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USER", "me")
	if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, "config") {
		content := ""
		if name == "config" {
			content = text
		}
		if err := os.WriteFile(filepath.Join(home, ".ssh", name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

func followed(t *testing.T, target *Target) *Target {
	t.Helper()
	g := NewWithT(t)
	c, err := target.LoadSSHConfig()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Follow(c)).To(Succeed())
	return target
}

func byURL(t *testing.T, url string) *Target {
	t.Helper()
	target, err := ParseURL(url)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return target
}

const labConfig = `
Host router
  HostName 192.0.2.7
  Port 2830
  User admin
  IdentityFile ~/.ssh/id_router
  IdentitiesOnly yes
  CertificateFile ~/.ssh/router-cert.pub
  IdentityAgent none
  HostKeyAlias the-router
  ProxyJump inner
  UserKnownHostsFile ~/.ssh/known_lab
Host inner
  HostName inner.example
  User ops
  IdentityFile ~/.ssh/id_inner
  ProxyJump outer:2200
Host outer
  HostName outer.example
`

func TestFollowsTheSSHConfig(t *testing.T) {
	g := NewWithT(t)
	home := inHome(t, labConfig, "id_router", "id_inner", "router-cert.pub")
	ssh := func(name string) string { return filepath.Join(home, ".ssh", name) }
	target := followed(t, byURL(t, "ssh://router"))
	g.Expect(target.Name).To(Equal("router:830"))
	g.Expect(target.Address).To(Equal("192.0.2.7:2830"))
	g.Expect(target.User).To(Equal("admin"))
	g.Expect(target.Identities).To(Equal([]string{ssh("id_router")}))
	g.Expect(target.Credentials).To(Equal(Credentials{Certificates: []string{ssh("router-cert.pub")}, IdentitiesOnly: true, Agent: NoAgent}))
	g.Expect(target.HostKeyAlias).To(Equal("the-router"))
	g.Expect(target.KnownHosts).To(Equal([]string{ssh("known_lab"), "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"}))
	g.Expect(target.Jumps).To(HaveLen(2))
	outer, inner := target.Jumps[0], target.Jumps[1]
	g.Expect([]string{outer.Address, outer.User, inner.Address, inner.User}).To(Equal([]string{"outer.example:2200", "me", "inner.example:22", "ops"}))
	g.Expect(inner.Identities).To(Equal([]string{ssh("id_inner")}))
	g.Expect(outer.KnownHosts[:2]).To(Equal([]string{ssh("known_hosts"), ssh("known_hosts2")}))

	again := *target
	g.Expect(target.Follow(nil)).To(Succeed())
	g.Expect(*target).To(Equal(again))
}

func TestWhatIsSaidOfTheTargetGoesBeforeTheSSHConfig(t *testing.T) {
	g := NewWithT(t)
	inHome(t, labConfig, "id_router", "router-cert.pub")
	target := followed(t, byURL(t, "ssh://root@router:830"))
	g.Expect(target.Address).To(Equal("192.0.2.7:830"))
	g.Expect(target.User).To(Equal("root"))

	file, err := load(t, "address: router:830\nuser: root\nidentities: [/key]\ncertificates: [/cert]\nagent: /agent\nhost-key-alias: r\njumps: []\n")
	g.Expect(err).NotTo(HaveOccurred())
	file = followed(t, file)
	g.Expect([]string{file.Address, file.User, file.Identities[0], file.Certificates[0], file.Agent, file.HostKeyAlias}).To(Equal(
		[]string{"192.0.2.7:830", "root", "/key", "/cert", "/agent", "r"}))
	g.Expect(file.Jumps).To(BeEmpty())
}

func TestWithoutTheSSHConfig(t *testing.T) {
	g := NewWithT(t)
	inHome(t, labConfig)
	target := byURL(t, "ssh://router")
	target.SSHConfig = "none"
	g.Expect(followed(t, target).Address).To(Equal("router:830"))

	target = byURL(t, "ssh://router")
	target.SSHConfig = filepath.Join(t.TempDir(), "nowhere")
	_, err := target.LoadSSHConfig()
	g.Expect(err).To(MatchError(os.ErrNotExist))
}

func TestJumpsInACircle(t *testing.T) {
	g := NewWithT(t)
	inHome(t, "Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n")
	target := byURL(t, "ssh://a")
	c, err := target.LoadSSHConfig()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(target.Follow(c)).To(MatchError(ContainSubstring("in a circle")))
}

func TestParseJumps(t *testing.T) {
	g := NewWithT(t)
	jumps, err := ParseJumps([]string{"ops@bastion", "[2001:db8::1]:2200"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(jumps).To(Equal([]Jump{
		{Login: Login{User: "ops"}, Address: "bastion:22", HostKey: "known-hosts", implied: implied{port: true}},
		{Address: "[2001:db8::1]:2200", HostKey: "known-hosts", implied: implied{user: true}},
	}))
	_, err = ParseJumps([]string{"bastion:none"})
	g.Expect(err).To(MatchError(ContainSubstring(`jump host "bastion:none"`)))
}
