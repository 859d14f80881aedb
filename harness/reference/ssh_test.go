package reference

import (
	"crypto/ed25519"
	"crypto/rand"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/crypto/ssh"
)

func TestAuthentication(t *testing.T) {
	g := NewWithT(t)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	key, err := ssh.NewSignerFromKey(private)
	g.Expect(err).NotTo(HaveOccurred())
	s := start(t, Options{AuthorizedKeys: []ssh.PublicKey{key.PublicKey()}})
	answer := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return make([]string, len(questions)), nil
	}
	for _, test := range []struct {
		user   string
		method ssh.AuthMethod
		ok     bool
	}{
		{"admin", ssh.Password("admin"), true},
		{"admin", ssh.Password("wrong"), false},
		{"nobody", ssh.Password(""), false},
		{"admin", ssh.PublicKeys(key), true},
		{"nobody", ssh.PublicKeys(key), false},
		{"admin", ssh.KeyboardInteractive(answer), false},
		{"admin", ssh.KeyboardInteractive(func(_, _ string, q []string, _ []bool) ([]string, error) {
			if len(q) == 0 {
				return nil, nil
			}
			return []string{"admin"}, nil
		}), true},
	} {
		conn, err := ssh.Dial("tcp", s.Addr(), &ssh.ClientConfig{User: test.user, Auth: []ssh.AuthMethod{test.method},
			HostKeyCallback: ssh.FixedHostKey(s.HostKey()), Timeout: limit})
		g.Expect(err == nil).To(Equal(test.ok), test.user)
		if err == nil {
			conn.Close()
		}
	}
}

func TestSubsystemOnlyOnItsPort(t *testing.T) {
	for _, test := range []struct {
		defects []string
		ok      bool
	}{{nil, false}, {[]string{"netconf-on-ssh-port"}, true}} {
		s := start(t, Options{Defects: test.defects})
		c, err := dial(t, s, s.SSHAddr(), "admin", "admin")
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		channel, requests, err := c.conn.OpenChannel("session", nil)
		g.Expect(err).NotTo(HaveOccurred())
		go ssh.DiscardRequests(requests)
		ok, err := channel.SendRequest("subsystem", true, ssh.Marshal(struct{ Name string }{"netconf"}))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(ok).To(Equal(test.ok))
		for _, request := range []string{"pty-req", "shell", "exec", "env"} {
			ok, err := channel.SendRequest(request, true, nil)
			g.Expect(err).NotTo(HaveOccurred(), request)
			g.Expect(ok).To(BeFalse(), request)
		}
	}
}

func TestUsernameThatXMLCannotCarry(t *testing.T) {
	g := NewWithT(t)
	s := start(t, Options{})
	if c, err := dial(t, s, s.Addr(), "admin\x01", "admin"); err == nil {
		g.Expect(c.conn.Wait()).To(HaveOccurred(), "the connection is dropped")
	}
	s = start(t, Options{Defects: []string{"unrepresentable-username-accepted"}})
	g.Expect(connect(t, s, "admin\x01", "admin").hello).To(ContainSubstring("<hello"))
}

func TestSeveralSessionsOnOneConnection(t *testing.T) {
	s := start(t, Options{})
	a := open(t, s)
	b := &client{g: a.g, conn: a.conn}
	b.subsystem()
	b.hello = b.receive()
	b.greet(base11URN)
	b.chunked = true
	a.g.Expect(a.sessionID()).NotTo(Equal(b.sessionID()))
	a.ok(on("lock", "running"))
	a.ok("<close-session/>")
	a.ended()
	b.ok(on("lock", "running"))
}
