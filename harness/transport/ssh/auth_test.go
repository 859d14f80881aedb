package ssh

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// takesKey makes a server accept public, and nothing else.
func takesKey(public gossh.PublicKey) func(*testServer) {
	return func(s *testServer) {
		s.config.PasswordCallback = nil
		s.config.PublicKeyCallback = func(_ gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
			if bytes.Equal(key.Marshal(), public.Marshal()) {
				return nil, nil
			}
			return nil, errDenied
		}
	}
}

// writeKey makes a key and writes it to a file, encrypted if passphrase is not "".
func writeKey(t *testing.T, passphrase string) (file string, private ed25519.PrivateKey, public gossh.PublicKey) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var block *pem.Block
	if passphrase == "" {
		block, err = gossh.MarshalPrivateKey(private, "")
	} else {
		block, err = gossh.MarshalPrivateKeyWithPassphrase(private, "", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "id_ed25519")
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	public, err = gossh.NewPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	return file, private, public
}

// startAgent serves an SSH agent that holds keys; it returns its socket.
func startAgent(t *testing.T, keys ...ed25519.PrivateKey) string {
	t.Helper()
	ring := agent.NewKeyring()
	for i := range keys {
		if err := ring.Add(agent.AddedKey{PrivateKey: &keys[i]}); err != nil {
			t.Fatal(err)
		}
	}
	return serveAgent(t, ring)
}

// serveAgent serves an SSH agent; it returns its socket.
func serveAgent(t *testing.T, ring agent.Agent) string {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "agent")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_ = agent.ServeAgent(ring, conn)
			}()
		}
	}()
	return socket
}

// withAuth reaches s with auth instead of the password.
func withAuth(s *testServer, auth Auth) Config {
	c := configFor(s)
	c.Auth = auth
	return c
}

func TestWrongPasswordIsAuthentication(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	_, err := dial(t, withAuth(s, Auth{Password: FixedPassword("wrong")}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(And(ContainSubstring(`user "admin"`), ContainSubstring("offers password"),
		ContainSubstring("tried: password"), ContainSubstring("--password-env"), ContainSubstring("--identity"))))
	g.Expect(err.Error()).NotTo(ContainSubstring("wrong"))
}

func TestNothingToOfferIsAuthentication(t *testing.T) {
	g := NewWithT(t)
	_, err := dial(t, withAuth(startServer(t), Auth{}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring("tried: nothing")))
}

func TestServerSilentInAuthenticationRunsIntoTheLimit(t *testing.T) {
	g := NewWithT(t)
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	s := startServer(t, func(s *testServer) {
		s.config.PasswordCallback = func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) {
			<-never
			return nil, errDenied
		}
	})
	shake, _ := startHandshake(t, configFor(s))
	shake.attempt.timer.limit = short
	_, err := shake.run()
	g.Expect(err).To(MatchError(ErrTimeout))
	g.Expect(err).To(MatchError(ContainSubstring("authenticating")))
}

func TestIdentityFile(t *testing.T) {
	g := NewWithT(t)
	file, _, public := writeKey(t, "")
	conn := mustDial(t, withAuth(startServer(t, takesKey(public)), Auth{Identities: []string{file}}))
	g.Expect(conn.Security()).To(HaveKeyWithValue("authentication", "publickey"))
}

func TestIdentityThatTheServerDoesNotKnow(t *testing.T) {
	g := NewWithT(t)
	file, _, _ := writeKey(t, "")
	_, _, other := writeKey(t, "")
	_, err := dial(t, withAuth(startServer(t, takesKey(other)), Auth{Identities: []string{file}}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring("tried: publickey")))
}

func TestMalformedIdentityIsRefusedEarly(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "id")
	g.Expect(os.WriteFile(file, []byte("not a key"), 0o600)).To(Succeed())
	_, err := New(Config{Address: "h:1", User: "u", HostKey: Accept(), Auth: Auth{Identities: []string{file}}})
	g.Expect(err).To(MatchError(And(ContainSubstring(file), ContainSubstring("private key"))))
}

func TestIdentityThatOthersMayReadIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no modes")
	}
	g := NewWithT(t)
	file, _, _ := writeKey(t, "")
	g.Expect(os.Chmod(file, 0o640)).To(Succeed())
	_, err := New(Config{Address: "h:1", User: "u", HostKey: Accept(), Auth: Auth{Identities: []string{file}}})
	g.Expect(err).To(MatchError(And(ContainSubstring("mode 0640"), ContainSubstring("chmod 600 "+file))))
}

func TestIdentityThatCannotBeRead(t *testing.T) {
	g := NewWithT(t)
	_, err := New(Config{Address: "h:1", User: "u", HostKey: Accept(), Auth: Auth{Identities: []string{t.TempDir()}}})
	g.Expect(err).To(MatchError(ContainSubstring("this user may read it")))
}

func TestPasswordThatCannotBeHadIsAskedForOnce(t *testing.T) {
	g := NewWithT(t)
	asked := 0
	s := startServer(t, func(s *testServer) {
		s.config.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			_, err := ask("", "", []string{"Password: "}, []bool{false})
			return nil, errors.Join(errDenied, err)
		}
	})
	_, err := dial(t, withAuth(s, Auth{Password: func() (string, error) { asked++; return "", errDenied }}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring("asking for the password: denied")))
	g.Expect(asked).To(Equal(1))
}

func TestEncryptedIdentityAsksOnce(t *testing.T) {
	g := NewWithT(t)
	file, _, public := writeKey(t, "open sesame")
	s := startServer(t, takesKey(public))
	asked := 0
	d, err := New(withAuth(s, Auth{Identities: []string{file}, Passphrase: func(name string) (string, error) {
		asked++
		g.Expect(name).To(Equal(file))
		return "open sesame", nil
	}}))
	g.Expect(err).NotTo(HaveOccurred())
	for range 2 {
		conn, err := d.Dial(testContext(t))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(conn.Abort()).To(Succeed())
	}
	g.Expect(asked).To(Equal(1))
}

func TestEncryptedIdentityThatCannotBeOpened(t *testing.T) {
	file, _, public := writeKey(t, "open sesame")
	s := startServer(t, takesKey(public))
	for why, ask := range map[string]func(string) (string, error){
		"nobody can be asked": nil,
		"passphrase is wrong": func(string) (string, error) { return "wrong", nil },
		"denied":              func(string) (string, error) { return "", errDenied },
	} {
		t.Run(why, func(t *testing.T) {
			g := NewWithT(t)
			_, err := dial(t, withAuth(s, Auth{Identities: []string{file}, Passphrase: ask}))
			g.Expect(err).To(MatchError(ErrAuthentication))
			g.Expect(err).To(MatchError(ContainSubstring(why)))
		})
	}
}

func TestAgent(t *testing.T) {
	g := NewWithT(t)
	_, private, public := writeKey(t, "")
	_, another, _ := writeKey(t, "")
	s := startServer(t, takesKey(public))
	conn := mustDial(t, withAuth(s, Auth{Agent: startAgent(t, another, private)}))
	g.Expect(conn.Security()).To(HaveKeyWithValue("authentication", "publickey"))
}

func TestAgentSparesThePassphrase(t *testing.T) {
	g := NewWithT(t)
	file, private, public := writeKey(t, "open sesame")
	s := startServer(t, takesKey(public))
	_, err := dial(t, withAuth(s, Auth{Identities: []string{file}, Agent: startAgent(t, private)}))
	g.Expect(err).NotTo(HaveOccurred())
}

func TestAgentWithoutKeys(t *testing.T) {
	g := NewWithT(t)
	_, _, public := writeKey(t, "")
	_, err := dial(t, withAuth(startServer(t, takesKey(public)), Auth{Agent: startAgent(t)}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring("the SSH agent holds no keys: add one with ssh-add")))
}

func TestNoAgentAtAll(t *testing.T) {
	g := NewWithT(t)
	_, _, public := writeKey(t, "")
	_, err := dial(t, withAuth(startServer(t, takesKey(public)), Auth{NoAgent: "no SSH agent is known"}))
	g.Expect(err).To(MatchError(And(ContainSubstring("tried: nothing"), ContainSubstring("no SSH agent is known"))))
}

func TestAgentIsAskedForTheNamedKeysOnly(t *testing.T) {
	_, private, public := writeKey(t, "")
	_, other, otherPublic := writeKey(t, "")
	named := filepath.Join(t.TempDir(), "id.pub")
	NewWithT(t).Expect(os.WriteFile(named, gossh.MarshalAuthorizedKey(public), 0o644)).To(Succeed())
	auth := Auth{Identities: []string{named}, IdentitiesOnly: true, Agent: startAgent(t, other, private)}
	mustDial(t, withAuth(startServer(t, takesKey(public)), auth))

	_, err := dial(t, withAuth(startServer(t, takesKey(otherPublic)), auth))
	NewWithT(t).Expect(err).To(MatchError(ErrAuthentication))

	auth.Agent = startAgent(t, other)
	_, err = dial(t, withAuth(startServer(t, takesKey(public)), auth))
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("the identity " + named + " is a public key, and the SSH agent does not hold its private one")))
}

func TestAgentThatIsNotThereIsNamed(t *testing.T) {
	g := NewWithT(t)
	_, _, public := writeKey(t, "")
	s := startServer(t, takesKey(public))
	_, err := dial(t, withAuth(s, Auth{Agent: "/nonexistent/agent"}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring("connecting to the SSH agent")))
}

// asks makes a server ask questions by keyboard-interactive, all hidden.
func asks(questions []string, right ...string) func(*testServer) {
	return func(s *testServer) {
		s.config.PasswordCallback = nil
		s.config.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			for i, question := range questions {
				answers, err := ask("", "", []string{question}, []bool{false})
				if err != nil || len(answers) != 1 || answers[0] != right[i] {
					return nil, errDenied
				}
			}
			return nil, nil
		}
	}
}

func TestKeyboardInteractiveAnswersWithThePassword(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, asks([]string{"Password: "}, "secret"))
	conn := mustDial(t, configFor(s))
	g.Expect(conn.Security()).To(HaveKeyWithValue("authentication", "keyboard-interactive"))
}

func TestKeyboardInteractiveAsksTheRest(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, asks([]string{"Password: ", "Code: "}, "secret", "4711"))
	var asked []string
	c := configFor(s)
	c.Auth.Challenge = func(_, _ string, questions []string, _ []bool) ([]string, error) {
		asked = append(asked, questions...)
		return []string{"4711"}, nil
	}
	_, err := dial(t, c)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked).To(Equal([]string{"Code: "}))
}

func TestKeyboardInteractiveAnswersSeveralQuestionsAtOnce(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, func(s *testServer) {
		s.config.PasswordCallback = nil
		s.config.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			answers, err := ask("", "", []string{"Realm: ", "Password: ", "One-time code: "}, []bool{true, false, false})
			if err != nil || !slices.Equal(answers, []string{"lab", "secret", "4711"}) {
				return nil, errDenied
			}
			return nil, nil
		}
	})
	c := configFor(s)
	c.Auth.Answers = []Answer{{Prompt: "one-time CODE", Give: FixedPassword("4711")}}
	c.Auth.Challenge = func(_, _ string, questions []string, echo []bool) ([]string, error) {
		g.Expect(questions).To(Equal([]string{"Realm: "}))
		g.Expect(echo).To(Equal([]bool{true}))
		return []string{"lab"}, nil
	}
	_, err := dial(t, c)
	g.Expect(err).NotTo(HaveOccurred())
}

func TestKeyboardInteractiveGivesAnAnswerOnce(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, asks([]string{"Code: ", "Code: "}, "4711", "again"))
	_, err := dial(t, withAuth(s, Auth{Answers: []Answer{{Prompt: "code", Give: FixedPassword("4711")}}}))
	g.Expect(err).To(MatchError(ContainSubstring(`the server asks "Code: "`)))
}

func TestKeyboardInteractiveAnswerThatCannotBeHad(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, asks([]string{"Code: "}, "4711"))
	_, err := dial(t, withAuth(s, Auth{Answers: []Answer{{Prompt: "code", Give: func() (string, error) { return "", errDenied }}}}))
	g.Expect(err).To(MatchError(ContainSubstring(`answering "Code: ": denied`)))
}

func TestKeyAndPasswordTogether(t *testing.T) {
	g := NewWithT(t)
	file, _, public := writeKey(t, "")
	s := startServer(t, func(s *testServer) {
		password := s.config.PasswordCallback
		s.config.PasswordCallback = nil
		s.config.PublicKeyCallback = func(_ gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
			if same(key, public) {
				return nil, &gossh.PartialSuccessError{Next: gossh.ServerAuthCallbacks{PasswordCallback: password}}
			}
			return nil, errDenied
		}
	})
	conn := mustDial(t, withAuth(s, Auth{Identities: []string{file}, Password: FixedPassword("secret")}))
	g.Expect(conn.Security()).To(HaveKeyWithValue("authentication", "publickey, password"))

	_, err := dial(t, withAuth(s, Auth{Identities: []string{file}, Password: FixedPassword("wrong")}))
	g.Expect(err).To(MatchError(ContainSubstring("publickey was accepted, and more is asked for")))
}

func TestKeyboardInteractiveNamesWhatCannotBeAnswered(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, asks([]string{"Password: ", "Code: "}, "secret", "4711"))
	_, err := dial(t, configFor(s))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(ContainSubstring(`the server asks "Code: "`)))
}

func TestMethodsAreTriedInOrder(t *testing.T) {
	g := NewWithT(t)
	file, _, _ := writeKey(t, "")
	var mu sync.Mutex
	var order []string
	note := func(method string) error {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, method)
		return errDenied
	}
	s := startServer(t, func(s *testServer) {
		s.config.PublicKeyCallback = func(gossh.ConnMetadata, gossh.PublicKey) (*gossh.Permissions, error) {
			return nil, note("publickey")
		}
		s.config.KeyboardInteractiveCallback = func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			_, _ = ask("", "", []string{"Password: "}, []bool{false})
			return nil, note("keyboard-interactive")
		}
		s.config.PasswordCallback = func(gossh.ConnMetadata, []byte) (*gossh.Permissions, error) {
			return nil, note("password")
		}
	})
	_, err := dial(t, withAuth(s, Auth{Identities: []string{file}, Password: FixedPassword("wrong")}))
	g.Expect(err).To(MatchError(ErrAuthentication))
	mu.Lock()
	defer mu.Unlock()
	g.Expect(order).To(Equal([]string{"publickey", "keyboard-interactive", "password"}))
}
