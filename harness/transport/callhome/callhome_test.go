package callhome

import (
	"io"
	"net"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/transport/ssh"
)

// lab is a reference server that calls nobody by itself, and the client that it may call.
func lab(t *testing.T) (*reference.Server, *Dialer, string) {
	t.Helper()
	g := NewWithT(t)
	server, err := reference.Start(t.Context(), reference.Options{})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = server.Close() })
	client, err := ssh.New(ssh.Config{Address: "127.0.0.1:0", User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(gossh.FingerprintSHA256(server.HostKey()))})
	g.Expect(err).NotTo(HaveOccurred())
	d := NewSSH("127.0.0.1:0", 5*time.Second, client)
	t.Cleanup(func() { _ = d.Close() })
	at, err := d.Address()
	g.Expect(err).NotTo(HaveOccurred())
	return server, d, at
}

// call connects a server's port to the client that listens, once.
func call(t *testing.T, port, at string) {
	t.Helper()
	g := NewWithT(t)
	home, err := net.Dial("tcp", at)
	g.Expect(err).NotTo(HaveOccurred())
	server, err := net.Dial("tcp", port)
	g.Expect(err).NotTo(HaveOccurred())
	for _, way := range [][2]net.Conn{{home, server}, {server, home}} {
		go func() {
			_, _ = io.Copy(way[0], way[1])
			_ = way[0].Close()
		}()
	}
	t.Cleanup(func() { _, _ = home.Close(), server.Close() })
}

func TestSessionsShareTheOnlyCall(t *testing.T) {
	g := NewWithT(t)
	server, d, at := lab(t)
	call(t, server.Addr(), at)
	first, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	second, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(second.Security()).To(HaveKeyWithValue("call-home", "one connection at a time, shared"))
	for range 2 {
		_, err := second.Open(t.Context())
		g.Expect(err).NotTo(HaveOccurred())
	}
	g.Expect(second.Abort()).To(MatchError(ContainSubstring("other sessions are on this connection")))
	g.Expect(first.Close()).To(Succeed())
	third, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred(), "the connection outlasts those who have left it")
	_, err = third.Open(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
}

func TestACallASession(t *testing.T) {
	g := NewWithT(t)
	server, d, at := lab(t)
	call(t, server.Addr(), at)
	first, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	call(t, server.Addr(), at)
	second, err := d.Dial(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(first.Abort()).To(Succeed(), "nobody else is on it")
	_, err = second.Open(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
}
