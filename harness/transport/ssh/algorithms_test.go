package ssh

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
)

// old makes a server speak what was common twenty years ago.
func old(s *testServer) {
	s.config.KeyExchanges = []string{gossh.InsecureKeyExchangeDH14SHA1}
	s.config.Ciphers = []string{gossh.InsecureCipherAES128CBC}
	s.config.MACs = []string{gossh.HMACSHA1}
}

func TestLegacyAlgorithmsAreAChoice(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, old)
	c := configFor(s)
	_, err := dial(t, c)
	g.Expect(err).To(MatchError(ErrHandshake))
	g.Expect(err).To(MatchError(And(ContainSubstring("no common algorithm for key exchange: the server offers diffie-hellman-group14-sha1"),
		ContainSubstring("; ncspec offers "), ContainSubstring("curve25519-sha256"),
		ContainSubstring("allow diffie-hellman-group14-sha1 with --legacy-algorithms"))))

	c.Legacy = true
	conn := mustDial(t, c)
	g.Expect(conn.Security()).To(And(
		HaveKeyWithValue("key-exchange", "diffie-hellman-group14-sha1"),
		HaveKeyWithValue("cipher-to-server", "aes128-cbc"),
		HaveKeyWithValue("legacy-algorithms", "offered; in use: diffie-hellman-group14-sha1, aes128-cbc")))
}

func TestLegacyAlgorithmsThatAreNotNeeded(t *testing.T) {
	g := NewWithT(t)
	c := configFor(startServer(t))
	g.Expect(mustDial(t, c).Security()).NotTo(HaveKey("legacy-algorithms"))
	c.Legacy = true
	g.Expect(mustDial(t, c).Security()).To(HaveKeyWithValue("legacy-algorithms", "offered; in use: nothing"))
}

func TestNoCommonAlgorithmThatNothingCanHelp(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, func(s *testServer) { s.config.Ciphers = []string{gossh.CipherAES128CTR} })
	c := configFor(s)
	c.Algorithms.Ciphers = []string{gossh.CipherAES256CTR}
	_, err := dial(t, c)
	g.Expect(err).To(MatchError(And(ContainSubstring("the server offers aes128-ctr; ncspec offers aes256-ctr"), ContainSubstring("enable a newer one"),
		Not(ContainSubstring("--legacy")))))
}

func TestAnOldJumpHostIsAllowedByItsOwnKey(t *testing.T) {
	g := NewWithT(t)
	_, err := dial(t, throughJump(startServer(t), jumpTo(t, startServer(t, old, forwards), nil)))
	g.Expect(err).To(MatchError(And(ContainSubstring("legacy-algorithms: true at this jump"), Not(ContainSubstring("--legacy")))))
}

func TestRSAKeysDoNotSignWithSHA1(t *testing.T) {
	g := NewWithT(t)
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	g.Expect(err).NotTo(HaveOccurred())
	block, err := gossh.MarshalPrivateKey(private, "")
	g.Expect(err).NotTo(HaveOccurred())
	file := filepath.Join(t.TempDir(), "id_rsa")
	g.Expect(os.WriteFile(file, pem.EncodeToMemory(block), 0o600)).To(Succeed())
	public, err := gossh.NewPublicKey(&private.PublicKey)
	g.Expect(err).NotTo(HaveOccurred())
	auth := Auth{Identities: []string{file}}

	mustDial(t, withAuth(startServer(t, takesKey(public)), auth))

	old := startServer(t, takesKey(public), func(s *testServer) { s.config.PublicKeyAuthAlgorithms = []string{gossh.KeyAlgoRSA} })
	_, err = dial(t, withAuth(old, auth))
	g.Expect(err).To(MatchError(And(ContainSubstring("ssh-rsa"), ContainSubstring("takes --legacy-algorithms"))))
	c := withAuth(old, auth)
	c.Legacy = true
	mustDial(t, c)
}
