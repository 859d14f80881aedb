package sshconfig

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func host(t *testing.T, text, name string) Host {
	t.Helper()
	c, err := Load(write(t, text), false)
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Host(name, "me")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHost(t *testing.T) {
	g := NewWithT(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("LAB", "/srv/lab")
	key := filepath.Join(home, ".ssh", "id_router")
	g.Expect(os.MkdirAll(filepath.Dir(key), 0o700)).To(Succeed())
	g.Expect(os.WriteFile(key, nil, 0o600)).To(Succeed())
	text := `
Host router
  HostName %h.lab.example # a comment
  Port 2222
  User admin
  IdentityFile "~/.ssh/id_%n"
  IdentityFile ~/.ssh/id_of_another_machine
  IdentitiesOnly yes
  ProxyJump ops@bastion:2200,ssh://inner/
  UserKnownHostsFile ~/.ssh/known ${LAB}/known_%r@%p
  GlobalKnownHostsFile none
  HostKeyAlias the-router
  IdentityAgent ~/agent.sock
Host *
  User somebody
  Port 22
`
	g.Expect(host(t, text, "router")).To(Equal(Host{HostName: "router.lab.example", Port: "2222", User: "admin",
		Identities: []string{key}, IdentitiesOnly: true, Jumps: []string{"ops@bastion:2200", "inner"},
		UserKnownHosts: []string{filepath.Join(home, ".ssh/known"), "/srv/lab/known_admin@2222"}, GlobalKnownHosts: []string{},
		HostKeyAlias: "the-router", Agent: filepath.Join(home, "agent.sock")}))
	g.Expect(host(t, text, "other")).To(Equal(Host{Port: "22", User: "somebody"}))
}

func TestNothingIsSaidOfAnUnknownHost(t *testing.T) {
	NewWithT(t).Expect(host(t, "Host a\n  User x\n", "b")).To(Equal(Host{}))
}

func TestNone(t *testing.T) {
	g := NewWithT(t)
	g.Expect(host(t, "Host *\n  ProxyJump none\n  IdentityAgent none\n", "a")).To(Equal(Host{NoJump: true, Agent: None}))
	c, err := Load(None, false)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Host("a", "me")).To(Equal(Host{}))
}

func TestAgentByVariable(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("SSH_AUTH_SOCK", "/run/one")
	t.Setenv("OTHER", "/run/two")
	g.Expect(host(t, "IdentityAgent SSH_AUTH_SOCK\n", "a").Agent).To(Equal("/run/one"))
	g.Expect(host(t, "IdentityAgent $OTHER\n", "a").Agent).To(Equal("/run/two"))
	g.Expect(host(t, "IdentityAgent ${OTHER}\n", "a").Agent).To(Equal("/run/two"))
}

func TestInclude(t *testing.T) {
	more := write(t, "Host a\n  User included\n")
	NewWithT(t).Expect(host(t, "Include "+more+"\n", "a").User).To(Equal("included"))
}

func TestFaultsNameTheLine(t *testing.T) {
	for text, says := range map[string]string{
		"Host a\n  HostName\n":       "config:2:3: HostName has no value",
		"Host a\nMatch exec \"x\"\n": "config:2:7: Match Exec is not supported",
		"Host a\n\n  garbage\n":      "config:3:3: garbage has no value",
		"Host a\nMatch\tfinal all\n": "config:2:",
	} {
		file := write(t, text)
		_, err := Load(file, true)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)), text)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(file)))
	}
}

func TestValuesThatDoNotDo(t *testing.T) {
	for text, says := range map[string]string{
		"Port 99999\n":            `Port is "99999", and must be a number from 1 to 65535`,
		"ProxyCommand nc %h %p\n": "ncspec runs no ProxyCommand: write ProxyJump instead",
		"IdentitiesOnly maybe\n":  `IdentitiesOnly is "maybe", and must be yes or no`,
	} {
		c, err := Load(write(t, text), false)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		_, err = c.Host("a", "me")
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestAFileThatIsNotThere(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "nowhere")
	_, err := Load(file, false)
	g.Expect(err).To(MatchError(os.ErrNotExist))
	c, err := Load(file, true)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Host("a", "me")).To(Equal(Host{}))
}
