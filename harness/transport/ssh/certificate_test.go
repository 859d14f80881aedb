package ssh

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

// sign makes a certificate for key, valid from an hour ago for two hours unless mend says otherwise.
func sign(t *testing.T, authority gossh.Signer, key gossh.PublicKey, kind uint32, principal string, mend ...func(*gossh.Certificate)) *gossh.Certificate {
	t.Helper()
	now := time.Now()
	c := &gossh.Certificate{Key: key, CertType: kind, KeyId: "lab", ValidPrincipals: []string{principal},
		ValidAfter: uint64(now.Add(-time.Hour).Unix()), ValidBefore: uint64(now.Add(time.Hour).Unix())}
	for _, m := range mend {
		m(c)
	}
	if err := c.SignCert(rand.Reader, authority); err != nil {
		t.Fatal(err)
	}
	return c
}

func expired(c *gossh.Certificate) { c.ValidBefore = uint64(time.Now().Add(-time.Minute).Unix()) }

func notYet(c *gossh.Certificate) { c.ValidAfter = uint64(time.Now().Add(time.Minute).Unix()) }

// takesCertificates makes a server accept users with a certificate of authority.
func takesCertificates(authority gossh.PublicKey) func(*testServer) {
	checker := gossh.CertChecker{IsUserAuthority: func(key gossh.PublicKey) bool { return same(key, authority) }}
	return func(s *testServer) {
		s.config.PasswordCallback = nil
		s.config.PublicKeyCallback = checker.Authenticate
	}
}

// beside writes a certificate beside an identity.
func beside(t *testing.T, identity string, c *gossh.Certificate) string {
	t.Helper()
	file := identity + "-cert.pub"
	if err := os.WriteFile(file, gossh.MarshalAuthorizedKey(c), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestUserCertificate(t *testing.T) {
	authority := newSigner(t)
	s := startServer(t, takesCertificates(authority.PublicKey()))
	file, private, public := writeKey(t, "")
	elsewhere, _, _ := writeKey(t, "")
	named := beside(t, elsewhere, sign(t, authority, public, gossh.UserCert, "admin"))
	t.Run("named", func(t *testing.T) {
		mustDial(t, withAuth(s, Auth{Identities: []string{file}, Certificates: []string{named}}))
	})
	t.Run("with the key in the agent", func(t *testing.T) {
		mustDial(t, withAuth(s, Auth{Agent: startAgent(t, private), Certificates: []string{named}}))
	})
	t.Run("in the agent", func(t *testing.T) {
		ring := agent.NewKeyring()
		NewWithT(t).Expect(ring.Add(agent.AddedKey{PrivateKey: &private, Certificate: sign(t, authority, public, gossh.UserCert, "admin")})).To(Succeed())
		mustDial(t, withAuth(s, Auth{Agent: serveAgent(t, ring)}))
	})
	t.Run("beside its key", func(t *testing.T) {
		beside(t, file, sign(t, authority, public, gossh.UserCert, "admin"))
		mustDial(t, withAuth(s, Auth{Identities: []string{file}}))
	})
}

func TestUserCertificateThatTheServerRefuses(t *testing.T) {
	authority := newSigner(t)
	s := startServer(t, takesCertificates(authority.PublicKey()))
	for says, sign := range map[string]func(gossh.PublicKey) *gossh.Certificate{
		"expired on 20": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, authority, key, gossh.UserCert, "admin", expired)
		},
		"is not valid before 20": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, authority, key, gossh.UserCert, "admin", notYet)
		},
		"principals root, and not the user admin": func(key gossh.PublicKey) *gossh.Certificate { return sign(t, authority, key, gossh.UserCert, "root") },
		"may not trust its CA, SHA256:": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, newSigner(t), key, gossh.UserCert, "admin")
		},
	} {
		t.Run(says, func(t *testing.T) {
			g := NewWithT(t)
			file, _, public := writeKey(t, "")
			cert := beside(t, file, sign(public))
			_, err := dial(t, withAuth(s, Auth{Identities: []string{file}}))
			g.Expect(err).To(MatchError(ErrAuthentication))
			g.Expect(err).To(MatchError(And(ContainSubstring("the certificate "+cert), ContainSubstring(says))))
		})
	}
}

func TestCertificateFileThatIsNone(t *testing.T) {
	_, _, public := writeKey(t, "")
	folder := t.TempDir()
	for says, text := range map[string][]byte{
		"as ssh-keygen -s writes it": []byte("nothing"),
		"and no certificate":         gossh.MarshalAuthorizedKey(public),
		"of a host":                  gossh.MarshalAuthorizedKey(sign(t, newSigner(t), public, gossh.HostCert, "admin")),
	} {
		file := filepath.Join(folder, "cert")
		NewWithT(t).Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
		_, err := New(Config{Address: "h:1", User: "u", HostKey: Accept(), Auth: Auth{Certificates: []string{file}}})
		NewWithT(t).Expect(err).To(MatchError(And(ContainSubstring(file), ContainSubstring(says))))
	}
}

func TestCertificateWithoutItsKey(t *testing.T) {
	g := NewWithT(t)
	file, _, public := writeKey(t, "")
	named := beside(t, file, sign(t, newSigner(t), public, gossh.UserCert, "admin"))
	_, err := dial(t, withAuth(startServer(t, takesKey(public)), Auth{Certificates: []string{named}}))
	g.Expect(err).To(MatchError(ContainSubstring("there is no key for the certificate " + named)))
}

// showsCertificate makes a server show a certificate of its host key.
func showsCertificate(make func(gossh.PublicKey) *gossh.Certificate) func(*testServer) {
	return func(s *testServer) {
		signer, err := gossh.NewCertSigner(make(s.hostKey.PublicKey()), s.hostKey)
		if err != nil {
			s.t.Fatal(err)
		}
		s.config.AddHostKey(signer)
	}
}

// authorityLine is how known_hosts names a CA.
func authorityLine(pattern string, authority gossh.Signer) string {
	return "@cert-authority " + pattern + " " + string(gossh.MarshalAuthorizedKey(authority.PublicKey()))
}

func TestHostCertificate(t *testing.T) {
	g := NewWithT(t)
	authority := newSigner(t)
	s := startServer(t, showsCertificate(func(key gossh.PublicKey) *gossh.Certificate {
		return sign(t, authority, key, gossh.HostCert, "127.0.0.1")
	}))
	conn := mustDial(t, withPolicy(s, KnownHosts([]string{writeFile(t, authorityLine("127.0.0.*", authority))}, nil)))
	g.Expect(conn.Security()).To(And(
		HaveKeyWithValue("host-key-verified", "known_hosts, by the CA "+gossh.FingerprintSHA256(authority.PublicKey())),
		HaveKeyWithValue("host-key", gossh.FingerprintSHA256(s.hostKey.PublicKey())),
		HaveKeyWithValue("host-certificate", ContainSubstring(`"lab" of the CA SHA256:`))))
}

func TestHostCertificateForAnAlias(t *testing.T) {
	authority := newSigner(t)
	s := startServer(t, showsCertificate(func(key gossh.PublicKey) *gossh.Certificate { return sign(t, authority, key, gossh.HostCert, "router") }))
	c := withPolicy(s, KnownHosts([]string{writeFile(t, authorityLine("router", authority))}, nil))
	c.HostKeyAlias = "router"
	mustDial(t, c)
}

func TestHostCertificateThatDoesNotCount(t *testing.T) {
	authority := newSigner(t)
	known := []string{writeFile(t, authorityLine("*", authority))}
	for says, make := range map[string]func(gossh.PublicKey) *gossh.Certificate{
		"expired on 20": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, authority, key, gossh.HostCert, "127.0.0.1", expired)
		},
		"is not valid before 20": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, authority, key, gossh.HostCert, "127.0.0.1", notYet)
		},
		"for other, and not for 127.0.": func(key gossh.PublicKey) *gossh.Certificate { return sign(t, authority, key, gossh.HostCert, "other") },
		"does not hold: unsupported critical option": func(key gossh.PublicKey) *gossh.Certificate {
			return sign(t, authority, key, gossh.HostCert, "127.0.0.1", func(c *gossh.Certificate) { c.CriticalOptions = map[string]string{"odd": ""} })
		},
	} {
		t.Run(says, func(t *testing.T) {
			g := NewWithT(t)
			s := startServer(t, showsCertificate(make))
			ask := func(string, string) bool { t.Error("nobody is asked"); return true }
			_, err := dial(t, withPolicy(s, KnownHosts(known, ask)))
			var fault ErrHostCertificate
			g.Expect(errors.As(err, &fault)).To(BeTrue(), "%v", err)
			g.Expect(err).To(MatchError(And(ContainSubstring(says), ContainSubstring("known_hosts"))))

			line := knownhosts.Line([]string{s.addr()}, s.hostKey.PublicKey()) + "\n"
			mustDial(t, withPolicy(s, KnownHosts(append(known, writeFile(t, line)), nil)))
		})
	}
}

func TestHostCertificateOfAnUnknownCA(t *testing.T) {
	g := NewWithT(t)
	authority := newSigner(t)
	s := startServer(t, showsCertificate(func(key gossh.PublicKey) *gossh.Certificate {
		return sign(t, authority, key, gossh.HostCert, "127.0.0.1")
	}))
	_, err := dial(t, withPolicy(s, KnownHosts(nil, nil)))
	g.Expect(err).To(MatchError(And(ContainSubstring("unknown CA "+gossh.FingerprintSHA256(authority.PublicKey())), ContainSubstring("@cert-authority"),
		ContainSubstring("--host-key "+gossh.FingerprintSHA256(s.hostKey.PublicKey())))))
	mustDial(t, withPolicy(s, Pinned(gossh.FingerprintSHA256(s.hostKey.PublicKey()))))
	mustDial(t, withPolicy(s, KnownHosts([]string{knownHostsFile(t, s.addr(), s.hostKey.PublicKey())}, nil)))
}

func TestAKnownCAIsNoHostKey(t *testing.T) {
	g := NewWithT(t)
	_, err := dial(t, withPolicy(startServer(t), KnownHosts([]string{writeFile(t, authorityLine("*", newSigner(t)))}, nil)))
	g.Expect(errors.As(err, new(ErrHostKeyUnknown))).To(BeTrue(), "%v", err)
}

func TestAnEntryWithoutAPortDoesForEveryPort(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	conn := mustDial(t, withPolicy(s, KnownHosts([]string{knownHostsFile(t, "127.0.0.1", s.hostKey.PublicKey())}, nil)))
	g.Expect(conn.Security()).To(HaveKeyWithValue("host-key-verified", "known_hosts"))

	_, err := dial(t, withPolicy(s, KnownHosts([]string{knownHostsFile(t, "127.0.0.1", newSigner(t).PublicKey())}, nil)))
	g.Expect(errors.As(err, new(ErrHostKeyChanged))).To(BeTrue(), "%v", err)
}
