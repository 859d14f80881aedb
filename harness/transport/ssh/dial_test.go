package ssh

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"
)

var errDenied = errors.New("denied")

// short is the limit of each step where a test waits for it to run out.
const short = 50 * time.Millisecond

// patient is the limit of a test that must not run out of time.
const patient = 10 * time.Second

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patient)
	t.Cleanup(cancel)
	return ctx
}

// configFor reaches s with the right password and any host key.
func configFor(s *testServer) Config {
	return Config{Address: s.addr(), User: "admin", HostKey: Accept(),
		Auth: Auth{Password: FixedPassword("secret")}}
}

// dial connects, or returns why not.
func dial(t *testing.T, c Config) (*Conn, error) {
	t.Helper()
	d, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := d.Dial(testContext(t))
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = conn.Abort() })
	return conn.(*Conn), nil
}

func mustDial(t *testing.T, c Config) *Conn {
	t.Helper()
	conn, err := dial(t, c)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestNewRefusesWhatCannotConnect(t *testing.T) {
	g := NewWithT(t)
	good := Config{Address: "127.0.0.1:830", User: "admin", HostKey: Accept()}
	for name, spoil := range map[string]func(*Config){
		"not host:port":      func(c *Config) { c.Address = "router" },
		"no user name":       func(c *Config) { c.User = "" },
		"no host key policy": func(c *Config) { c.HostKey = nil },
		"negative":           func(c *Config) { c.Timeout = -1 },
		"no such file":       func(c *Config) { c.Auth.Identities = []string{"/nonexistent/key"} },
	} {
		c := good
		spoil(&c)
		_, err := New(c)
		g.Expect(err).To(MatchError(ContainSubstring(name)))
	}
}

func TestConnectsAndTellsHowItIsSecured(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	conn := mustDial(t, configFor(s))

	g.Expect(conn.Security()).To(And(
		HaveKeyWithValue("transport", "ssh"),
		HaveKeyWithValue("user", "admin"),
		HaveKeyWithValue("authentication", "password"),
		HaveKeyWithValue("host-key", gossh.FingerprintSHA256(s.hostKey.PublicKey())),
		HaveKeyWithValue("host-key-type", "ssh-ed25519"),
		HaveKeyWithValue("host-key-verified", ContainSubstring("not verified")),
		HaveKeyWithValue("server-version", HavePrefix("SSH-2.0-")),
		HaveKeyWithValue("cipher-to-server", Not(BeEmpty())),
		HaveKeyWithValue("key-exchange", Not(BeEmpty()))))
	for _, value := range conn.Security() {
		g.Expect(value).NotTo(ContainSubstring("secret"))
	}
}

func TestRefusedPortIsUnreachable(t *testing.T) {
	g := NewWithT(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	address := l.Addr().String()
	g.Expect(l.Close()).To(Succeed())

	_, err = dial(t, Config{Address: address, User: "admin", HostKey: Accept()})
	g.Expect(err).To(MatchError(ErrUnreachable))
	g.Expect(err).To(MatchError(And(ContainSubstring(address), ContainSubstring("refused"), ContainSubstring("830"))))
}

func TestUnknownHostIsUnreachable(t *testing.T) {
	g := NewWithT(t)
	_, err := dial(t, Config{Address: "no-such-host.invalid:830", User: "admin", HostKey: Accept()})
	g.Expect(err).To(MatchError(ErrUnreachable))
}

// acceptRaw hands the first TCP connection of a fresh listener to handle.
func acceptRaw(t *testing.T, handle func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		t.Cleanup(func() { _ = conn.Close() })
		handle(conn)
	}()
	return l.Addr().String()
}

func TestSilentServerRunsIntoTheLimit(t *testing.T) {
	g := NewWithT(t)
	address := acceptRaw(t, func(net.Conn) {})
	_, err := dial(t, Config{Address: address, User: "admin", HostKey: Accept(), Timeout: short})
	g.Expect(err).To(MatchError(ErrTimeout))
	g.Expect(err).To(MatchError(ContainSubstring("no answer for 50ms")))
}

func TestNotAnSSHServerIsNoHandshake(t *testing.T) {
	g := NewWithT(t)
	address := acceptRaw(t, func(c net.Conn) {
		_, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
		_ = c.Close()
	})
	_, err := dial(t, Config{Address: address, User: "admin", HostKey: Accept()})
	g.Expect(err).To(MatchError(ErrHandshake))
}

func TestGarbageInsteadOfSSHIsNoHandshake(t *testing.T) {
	g := NewWithT(t)
	address := acceptRaw(t, func(c net.Conn) {
		garbage := make([]byte, 1<<16)
		for {
			if _, err := c.Write(garbage); err != nil {
				return
			}
		}
	})
	_, err := dial(t, Config{Address: address, User: "admin", HostKey: Accept()})
	g.Expect(err).To(MatchError(ErrHandshake))
}

func TestCancelEndsTheHandshake(t *testing.T) {
	g := NewWithT(t)
	connected := make(chan struct{})
	address := acceptRaw(t, func(net.Conn) { close(connected) })
	d, err := New(Config{Address: address, User: "admin", HostKey: Accept()})
	g.Expect(err).NotTo(HaveOccurred())
	why := errors.New("the user pressed Ctrl-C")
	ctx, cancel := context.WithCancelCause(testContext(t))
	go func() {
		<-connected
		cancel(why)
	}()
	_, err = d.Dial(ctx)
	g.Expect(err).To(MatchError(context.Canceled))
	g.Expect(err).To(MatchError(why))
}

func TestCancelDoesNotWaitForSomebodysAnswer(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t)
	ctx, cancel := context.WithCancel(testContext(t))
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	c := configFor(s)
	c.Auth.Password = func() (string, error) {
		cancel()
		<-never
		return "", errDenied
	}
	d, err := New(c)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = d.Dial(ctx)
	g.Expect(err).To(MatchError(context.Canceled))
}

// deadlines is a connection that notes whether each deadline it gets is one.
type deadlines struct {
	net.Conn
	set []bool
}

func (d *deadlines) SetDeadline(at time.Time) error {
	d.set = append(d.set, !at.IsZero())
	return d.Conn.SetDeadline(at)
}

// startHandshake connects, and returns the handshake to run.
func startHandshake(t *testing.T, c Config) (*handshake, *deadlines) {
	t.Helper()
	d, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := d.connect(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	noted := &deadlines{Conn: raw}
	shake := d.newHandshake(testContext(t), raw)
	shake.timer.conn, shake.attempt.timer.conn = noted, noted
	return shake, noted
}

func TestLimitsHoldWhileTheServerIsWaitedFor(t *testing.T) {
	g := NewWithT(t)
	c := configFor(startServer(t))
	var noted *deadlines
	c.Auth.Password = func() (string, error) {
		g.Expect(noted.set[len(noted.set)-1]).To(BeFalse(), "somebody who is asked has all the time")
		return "secret", nil
	}
	var shake *handshake
	shake, noted = startHandshake(t, c)
	_, err := shake.run()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(noted.set).To(Equal([]bool{
		true,        // the key exchange
		true,        // from the host key on
		true,        // the method password
		false, true, // the question for it
		false, // the connection lives on
	}))
}
