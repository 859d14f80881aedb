package ssh

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// knownHostsFile writes a known_hosts file that holds key for address.
func knownHostsFile(t *testing.T, address string, key gossh.PublicKey) string {
	t.Helper()
	return writeFile(t, knownhosts.Line([]string{address}, key)+"\n")
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "known_hosts")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func withPolicy(s *testServer, policy HostKeyPolicy) Config {
	c := configFor(s)
	c.HostKey = policy
	return c
}

func TestKnownHost(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	file := knownHostsFile(t, s.addr(), s.hostKey.PublicKey())
	conn := mustDial(t, withPolicy(s, KnownHosts([]string{"/nonexistent/known_hosts", file}, nil)))
	g.Expect(conn.Security()).To(HaveKeyWithValue("host-key-verified", "known_hosts"))
}

func TestUnknownHostKeyIsRefusedAndShown(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	_, err := dial(t, withPolicy(s, KnownHosts(nil, nil)))
	var unknown ErrHostKeyUnknown
	g.Expect(errors.As(err, &unknown)).To(BeTrue(), "%v", err)
	print := gossh.FingerprintSHA256(s.hostKey.PublicKey())
	g.Expect(unknown.Fingerprint).To(Equal(print))
	g.Expect(err).To(MatchError(ContainSubstring("--host-key " + print)))
}

func TestUnknownHostKeyIsAskedForOnce(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	var shown []string
	policy := KnownHosts(nil, func(_, fingerprint string) bool {
		shown = append(shown, fingerprint)
		return true
	})
	mustDial(t, withPolicy(s, policy))
	conn := mustDial(t, withPolicy(s, policy))
	g.Expect(shown).To(Equal([]string{gossh.FingerprintSHA256(s.hostKey.PublicKey())}))
	g.Expect(conn.Security()).To(HaveKeyWithValue("host-key-verified", ContainSubstring("accepted by the user")))
}

func TestUnknownHostKeyThatSomebodyRefuses(t *testing.T) {
	g := NewWithT(t)
	_, err := dial(t, withPolicy(startServer(t), KnownHosts(nil, func(string, string) bool { return false })))
	g.Expect(errors.As(err, new(ErrHostKeyUnknown))).To(BeTrue(), "%v", err)
}

func TestChangedHostKeyIsRefused(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	before := newSigner(t).PublicKey()
	file := knownHostsFile(t, s.addr(), before)
	_, err := dial(t, withPolicy(s, KnownHosts([]string{file}, func(string, string) bool { return true })))
	var changed ErrHostKeyChanged
	g.Expect(errors.As(err, &changed)).To(BeTrue(), "%v", err)
	g.Expect(changed.Expected).To(And(ContainSubstring(gossh.FingerprintSHA256(before)), ContainSubstring(file+":1")))
	g.Expect(err).To(MatchError(ContainSubstring("--host-key")))
}

func TestRevokedHostKeyIsRefused(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	line := "@revoked * " + string(gossh.MarshalAuthorizedKey(s.hostKey.PublicKey()))
	_, err := dial(t, withPolicy(s, KnownHosts([]string{writeFile(t, line)}, nil)))
	g.Expect(err).To(MatchError(ContainSubstring("revokes")))
}

func TestBrokenKnownHostsIsNamed(t *testing.T) {
	g := NewWithT(t)
	file := writeFile(t, "this is no entry\n")
	_, err := dial(t, withPolicy(startServer(t), KnownHosts([]string{file}, nil)))
	g.Expect(err).To(MatchError(ContainSubstring(file)))
}

func TestPinnedHostKey(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	print := gossh.FingerprintSHA256(s.hostKey.PublicKey())
	conn := mustDial(t, withPolicy(s, Pinned(print+"=")))
	g.Expect(conn.Security()).To(HaveKeyWithValue("host-key-verified", "pinned fingerprint"))

	other := gossh.FingerprintSHA256(newSigner(t).PublicKey())
	_, err := dial(t, withPolicy(s, Pinned(other)))
	var changed ErrHostKeyChanged
	g.Expect(errors.As(err, &changed)).To(BeTrue(), "%v", err)
	g.Expect(changed.Expected).To(Equal(other))
}

func TestServerWithSeveralKeysIsAskedForTheKnownOne(t *testing.T) {
	g := NewWithT(t)
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	g.Expect(err).NotTo(HaveOccurred())
	known, err := gossh.NewSignerFromKey(private)
	g.Expect(err).NotTo(HaveOccurred())
	s := startServer(t, func(s *testServer) { s.config.AddHostKey(known) })
	file := knownHostsFile(t, s.addr(), known.PublicKey())
	conn := mustDial(t, withPolicy(s, KnownHosts([]string{file}, nil)))
	g.Expect(conn.Security()).To(HaveKeyWithValue("host-key-type", "ssh-rsa"))
}

func TestParseHostKey(t *testing.T) {
	g := NewWithT(t)
	for value, want := range map[string]HostKeyPolicy{
		"accept":      Accept(),
		"SHA256:abc":  Pinned("SHA256:abc"),
		"":            KnownHosts(nil, nil),
		"known-hosts": KnownHosts(nil, nil),
	} {
		got, err := ParseHostKey(value, nil, nil)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(got).To(Equal(want))
	}
	_, err := ParseHostKey("MD5:00", nil, nil)
	g.Expect(err).To(MatchError(ContainSubstring("SHA256")))
}
