package cli_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"github.com/ncspec/ncspec/harness/reference"
)

var errNo = errors.New("no")

// device is a target file with more lines, for a server whose host key is not looked at.
func device(t *testing.T, address, more string) string {
	t.Helper()
	return write(t, "device.yaml", "address: "+address+"\nuser: admin\nhost-key: accept\n"+more)
}

// sshConfig is the user's own.
func sshConfig(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(os.Getenv("HOME"), ".ssh", "config")
	writeAt(t, file, text)
	return file
}

// sshServer is a server that goes no further than the login, which configure decides on.
func sshServer(t *testing.T, configure func(*gossh.ServerConfig, gossh.Signer)) string {
	t.Helper()
	signer := newSigner(t)
	config := &gossh.ServerConfig{}
	config.AddHostKey(signer)
	configure(config, signer)
	return listen(t, func(conn net.Conn) {
		_, channels, requests, err := gossh.NewServerConn(conn, config)
		if err != nil {
			return
		}
		go gossh.DiscardRequests(requests)
		for open := range channels {
			_ = open.Reject(gossh.Prohibited, "come no further")
		}
	})
}

func newSigner(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	signer, err := gossh.NewSignerFromKey(private)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return signer
}

// keyFile writes a new private key, and gives its public one.
func keyFile(t *testing.T, passphrase string) (string, gossh.PublicKey) {
	t.Helper()
	g := NewWithT(t)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	g.Expect(err).NotTo(HaveOccurred())
	block, err := gossh.MarshalPrivateKey(private, "")
	if passphrase != "" {
		block, err = gossh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	g.Expect(err).NotTo(HaveOccurred())
	file := write(t, "id", string(pem.EncodeToMemory(block)))
	g.Expect(os.Chmod(file, 0o600)).To(Succeed())
	public, err := gossh.NewPublicKey(private.Public())
	g.Expect(err).NotTo(HaveOccurred())
	return file, public
}

func TestTheSSHConfigLeadsToTheTarget(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	host, port, err := net.SplitHostPort(server.Addr())
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	sshConfig(t, fmt.Sprintf("Host lab\n  HostName %s\n  Port %s\n  User admin\n", host, port))
	o := ncspec(t, "hello", "ssh://lab", "--host-key", fingerprint(server))
	g.Expect(o.code).To(BeZero(), o.errs)

	o = ncspec(t, "hello", "ssh://guest@lab", "--host-key", fingerprint(server))
	g.Expect(o.errs).To(ContainSubstring(`user "guest"`), "the URL goes first")
	nowhere(t)
	o = ncspec(t, "hello", "ssh://admin@lab", "--host-key", fingerprint(server), "--ssh-config", "none")
	g.Expect(o.code).To(Equal(exitUnusable))
	g.Expect(o.errs).To(ContainSubstring("lab:830"))
}

func TestAnSSHConfigWithFaults(t *testing.T) {
	alone(t)
	file := sshConfig(t, "Host lab\n  HostName\n")
	fails(t, ncspec(t, "run", "ssh://admin@lab"), exitUnusable, file+":2:3: HostName has no value", "--ssh-config none")
	other := write(t, "config", "Match exec true\n")
	fails(t, ncspec(t, "run", "ssh://admin@lab", "--ssh-config", other), exitUnusable, other+":1:7: Match Exec is not supported")
	fails(t, ncspec(t, "run", "ssh://admin@lab", "--ssh-config", "/nowhere/config"), exitUsage, "/nowhere/config: no such file")
}

func TestJumpHosts(t *testing.T) {
	alone(t)
	server := serve(t, reference.Options{})
	url := "ssh://admin@" + server.Addr()
	down := closed(t)
	fails(t, ncspec(t, "run", url, "--jump", "ops@"+down), exitUnusable, "jump host "+down+": connecting to "+down, "that the jump host runs")
	jump := serve(t, reference.Options{})
	fails(t, ncspec(t, "run", url, "--jump", "admin@"+jump.SSHAddr()), exitUnusable,
		"jump host "+jump.SSHAddr(), "unknown ssh-ed25519 host key", "or give host-key: "+fingerprint(jump)+" at this jump in a target file")
	hop := fmt.Sprintf("jumps: [{address: %q, user: admin, host-key: %q, password: {env: NCSPEC_PASSWORD}}]\n", jump.SSHAddr(), fingerprint(jump))
	fails(t, ncspec(t, "run", device(t, server.Addr(), hop)), exitUnusable, "the jump host refuses to forward", "AllowTcpForwarding")
	fails(t, ncspec(t, "run", url, "--jump", "ops@b:x"), exitUsage, "--jump: jump host", "not a number from 1 to 65535")

	o := ncspec(t, "hello", device(t, server.Addr(), hop), "--jump", "none")
	NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
}

func TestAgents(t *testing.T) {
	alone(t)
	_ = os.Unsetenv("NCSPEC_PASSWORD") // alone puts it back
	_, public := keyFile(t, "")
	server := serve(t, reference.Options{AuthorizedKeys: []gossh.PublicKey{public}})
	url := "ssh://admin@" + server.Addr()
	fails(t, ncspec(t, "run", url, "--host-key", "accept"), exitUnusable, "there is no SSH agent: SSH_AUTH_SOCK is not set")
	t.Setenv("SSH_AUTH_SOCK", "/nowhere/agent")
	fails(t, ncspec(t, "run", url, "--host-key", "accept"), exitUnusable, "connecting to the SSH agent", "tried: publickey")

	socket := filepath.Join(t.TempDir(), "agent")
	listener, err := net.Listen("unix", socket)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for conn, err := listener.Accept(); err == nil; conn, err = listener.Accept() {
			_ = agent.ServeAgent(agent.NewKeyring(), conn)
		}
	}()
	t.Setenv("SSH_AUTH_SOCK", socket)
	fails(t, ncspec(t, "run", url, "--host-key", "accept"), exitUnusable, "the SSH agent holds no keys: add one with ssh-add")
}

func TestSecretsByReference(t *testing.T) {
	alone(t)
	_ = os.Unsetenv("NCSPEC_PASSWORD") // alone puts it back
	server := serve(t, reference.Options{})
	file := write(t, "secret", "admin\n")
	for _, where := range []string{"file: " + file, "shell: echo admin", "command: [echo, admin]"} {
		o := ncspec(t, "hello", device(t, server.Addr(), "password: {"+where+"}\n"))
		NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
	}
	for says, where := range map[string]string{
		"the command failed with exit status 1: run it by hand": "shell: echo Canary-9; echo Canary-9 >&2; exit 1",
		"did not come within 100ms, and the command was ended":  "command: [sleep, '600'], timeout: 100ms",
		"the program ncspec-no-such-program cannot be started":  "command: [ncspec-no-such-program]",
		"reading a secret: open /nowhere/secret":                "file: /nowhere/secret",
	} {
		o := ncspec(t, "run", device(t, server.Addr(), "password: {"+where+"}\n"))
		fails(t, o, exitUnusable, "authentication failed", says)
		NewWithT(t).Expect(o.out + o.errs).NotTo(ContainSubstring("Canary"))
	}
	t.Setenv("OTHER_PASSWORD", "admin")
	o := ncspec(t, "hello", device(t, server.Addr(), "password: {shell: exit 1}\n"), "--password-env", "OTHER_PASSWORD")
	NewWithT(t).Expect(o.code).To(BeZero(), "the flag goes first: %s", o.errs)
}

func TestKeyFiles(t *testing.T) {
	alone(t)
	_ = os.Unsetenv("NCSPEC_PASSWORD") // alone puts it back
	file, public := keyFile(t, "open sesame")
	server := serve(t, reference.Options{AuthorizedKeys: []gossh.PublicKey{public}})
	more := "identities: [" + file + "]\npassphrase: {env: LAB_PASSPHRASE}\n"
	t.Setenv("LAB_PASSPHRASE", "wrong")
	fails(t, ncspec(t, "run", device(t, server.Addr(), more)), exitUnusable, "decrypting the identity "+file+": the passphrase is wrong")
	t.Setenv("LAB_PASSPHRASE", "open sesame")
	o := ncspec(t, "hello", device(t, server.Addr(), more))
	NewWithT(t).Expect(o.code).To(BeZero(), o.errs)
	if runtime.GOOS != "windows" {
		NewWithT(t).Expect(os.Chmod(file, 0o644)).To(Succeed())
		fails(t, ncspec(t, "run", device(t, server.Addr(), more)), exitUnusable, "its mode 0644 lets others read it", "chmod 600 "+file)
	}
	folder := t.TempDir()
	fails(t, ncspec(t, "run", "ssh://admin@"+server.Addr(), "--identity", folder), exitUnusable, "reading the identity", folder)
}

func TestLegacyAlgorithms(t *testing.T) {
	alone(t)
	address := sshServer(t, func(c *gossh.ServerConfig, _ gossh.Signer) {
		c.NoClientAuth = true
		c.KeyExchanges = []string{gossh.InsecureKeyExchangeDH14SHA1}
	})
	fails(t, ncspec(t, "run", device(t, address, "")), exitUnusable, "no common algorithm for key exchange", "the server offers diffie-hellman-group14-sha1",
		"ncspec offers mlkem768x25519-sha256", "allow diffie-hellman-group14-sha1 with --legacy-algorithms")
	for _, o := range []outcome{ncspec(t, "run", device(t, address, ""), "--legacy-algorithms"), ncspec(t, "run", device(t, address, "legacy-algorithms: true\n"))} {
		fails(t, o, exitUnusable, "come no further")
		NewWithT(t).Expect(o.report(t).Target.Security).To(HaveKeyWithValue("legacy-algorithms", "offered; in use: diffie-hellman-group14-sha1"))
		NewWithT(t).Expect(o.report(t).Run.Notes).To(ContainElement("Legacy SSH algorithms, as asked for: offered; in use: diffie-hellman-group14-sha1."))
	}
}

func TestSeveralQuestions(t *testing.T) {
	alone(t)
	address := sshServer(t, func(c *gossh.ServerConfig, _ gossh.Signer) {
		c.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			answers, err := ask("", "", []string{"Password: ", "Verification code: "}, []bool{false, false})
			if err == nil && len(answers) == 2 && answers[0] == "admin" && answers[1] == "4711" {
				return nil, nil
			}
			return nil, errNo
		}
	})
	fails(t, ncspec(t, "run", device(t, address, "")), exitUnusable, `the server asks "Verification code: ", and nobody can be asked`, "prompts in a target file")
	fails(t, ncspec(t, "run", device(t, address, "prompts: [{prompt: verification, answer: {shell: echo 4711}}]\n")), exitUnusable, "come no further")
	fails(t, ncspec(t, "run", device(t, address, "prompts: [{prompt: verification, answer: {shell: exit 1}}]\n")), exitUnusable,
		`answering "Verification code: "`, "the command failed")
}

// certificate signs a key for an hour, or what mend makes of it.
func certificate(t *testing.T, authority gossh.Signer, key gossh.PublicKey, kind uint32, mend func(*gossh.Certificate)) *gossh.Certificate {
	t.Helper()
	c := &gossh.Certificate{Key: key, CertType: kind, KeyId: "lab", ValidPrincipals: []string{"admin", "127.0.0.1"},
		ValidBefore: uint64(time.Now().Add(time.Hour).Unix())}
	mend(c)
	NewWithT(t).Expect(c.SignCert(rand.Reader, authority)).To(Succeed())
	return c
}

func TestUserCertificates(t *testing.T) {
	alone(t)
	_ = os.Unsetenv("NCSPEC_PASSWORD") // alone puts it back
	authority := newSigner(t)
	address := sshServer(t, func(c *gossh.ServerConfig, _ gossh.Signer) {
		checker := gossh.CertChecker{IsUserAuthority: func(key gossh.PublicKey) bool {
			return string(key.Marshal()) == string(authority.PublicKey().Marshal())
		}}
		c.PublicKeyCallback = checker.Authenticate
	})
	for says, make := range map[string]func(gossh.PublicKey) *gossh.Certificate{
		"come no further":     userCertificate(t, authority, func(*gossh.Certificate) {}),
		"expired on":          userCertificate(t, authority, func(c *gossh.Certificate) { c.ValidBefore = 1 }),
		"is not valid before": userCertificate(t, authority, func(c *gossh.Certificate) { c.ValidAfter = c.ValidBefore - 1 }),
		"principals root, and not the user admin": userCertificate(t, authority, func(c *gossh.Certificate) { c.ValidPrincipals = []string{"root"} }),
		"may not trust its CA":                    userCertificate(t, newSigner(t), func(*gossh.Certificate) {}),
	} {
		file, public := keyFile(t, "")
		writeAt(t, file+"-cert.pub", string(gossh.MarshalAuthorizedKey(make(public))))
		fails(t, ncspec(t, "run", device(t, address, "identities: ["+file+"]\n")), exitUnusable, says)
	}
}

func userCertificate(t *testing.T, authority gossh.Signer, mend func(*gossh.Certificate)) func(gossh.PublicKey) *gossh.Certificate {
	return func(key gossh.PublicKey) *gossh.Certificate {
		return certificate(t, authority, key, gossh.UserCert, mend)
	}
}

func TestHostCertificates(t *testing.T) {
	alone(t)
	authority := newSigner(t)
	writeAt(t, filepath.Join(os.Getenv("HOME"), ".ssh", "known_hosts"), "@cert-authority 127.0.0.1 "+string(gossh.MarshalAuthorizedKey(authority.PublicKey())))
	for says, c := range map[string]struct {
		authority gossh.Signer
		mend      func(*gossh.Certificate)
	}{
		"come no further":                      {authority, func(*gossh.Certificate) {}},
		"expired on":                           {authority, func(c *gossh.Certificate) { c.ValidBefore = 1 }},
		"is not valid before":                  {authority, func(c *gossh.Certificate) { c.ValidAfter = c.ValidBefore - 1 }},
		"is for other, and not for 127.0.0.1":  {authority, func(c *gossh.Certificate) { c.ValidPrincipals = []string{"other"} }},
		"with a certificate of the unknown CA": {newSigner(t), func(*gossh.Certificate) {}},
	} {
		address := sshServer(t, func(config *gossh.ServerConfig, key gossh.Signer) {
			config.NoClientAuth = true
			signer, err := gossh.NewCertSigner(certificate(t, c.authority, key.PublicKey(), gossh.HostCert, c.mend), key)
			NewWithT(t).Expect(err).NotTo(HaveOccurred())
			config.AddHostKey(signer)
		})
		fails(t, ncspec(t, "run", "ssh://admin@"+address), exitUnusable, says)
	}
}
