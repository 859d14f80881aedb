package ssh

import (
	"io"
	"net"
	"strconv"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/transport"
)

// forwards makes a server a jump host.
func forwards(s *testServer) {
	s.forward = func(open gossh.NewChannel) {
		var to struct {
			Host       string
			Port       uint32
			Originator string
			From       uint32
		}
		_ = gossh.Unmarshal(open.ExtraData(), &to)
		server, err := net.Dial("tcp", net.JoinHostPort(to.Host, strconv.Itoa(int(to.Port))))
		if err != nil {
			_ = open.Reject(gossh.ConnectionFailed, "connect failed")
			return
		}
		channel, requests, err := open.Accept()
		if err != nil {
			return
		}
		go gossh.DiscardRequests(requests)
		go func() {
			_, _ = io.Copy(server, channel)
			_ = server.(*net.TCPConn).CloseWrite()
		}()
		_, _ = io.Copy(channel, server)
		_ = channel.Close()
		_ = server.Close()
	}
}

// jumpTo reaches a jump host, with its key pinned.
func jumpTo(t *testing.T, s *testServer, via *Dialer) *Dialer {
	t.Helper()
	c := configFor(s)
	c.Jump, c.Via, c.HostKey = true, via, Pinned(gossh.FingerprintSHA256(s.hostKey.PublicKey()))
	d, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func throughJump(s *testServer, via *Dialer) Config {
	c := configFor(s)
	c.Via = via
	return c
}

func TestThroughTwoJumpHosts(t *testing.T) {
	g := NewWithT(t)
	first, second, s := startServer(t, forwards), startServer(t, forwards), startServer(t)
	c := throughJump(s, jumpTo(t, second, jumpTo(t, first, nil)))
	c.HostKey = KnownHosts([]string{knownHostsFile(t, s.addr(), s.hostKey.PublicKey())}, nil)
	conn := mustDial(t, c)
	stream := mustOpen(t, conn)
	_, err := stream.Write([]byte("far away"))
	g.Expect(err).NotTo(HaveOccurred())
	got := make([]byte, len("far away"))
	_, err = io.ReadFull(stream, got)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal("far away"))
	g.Expect(conn.Security()).To(HaveKeyWithValue("jump-hosts",
		MatchRegexp(`^admin@`+first.addr()+` \(SHA256:\S+, pinned fingerprint\), admin@`+second.addr()+` \(`)))
	g.Expect(s.connections.Load()).To(BeEquivalentTo(1))
}

func TestConnectionsShareTheOneToTheJumpHost(t *testing.T) {
	g := NewWithT(t)
	jump, s := startServer(t, forwards), startServer(t)
	d, err := New(throughJump(s, jumpTo(t, jump, nil)))
	g.Expect(err).NotTo(HaveOccurred())
	for range 3 {
		conn, err := d.Dial(testContext(t))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(conn.Abort()).To(Succeed())
	}
	g.Expect(s.connections.Load()).To(BeEquivalentTo(3))
	g.Expect(jump.connections.Load()).To(BeEquivalentTo(1))
}

func TestAJumpHostThatWentAwayIsConnectedToAgain(t *testing.T) {
	g := NewWithT(t)
	jump, s := startServer(t, forwards), startServer(t)
	via := jumpTo(t, jump, nil)
	first := mustDial(t, throughJump(s, via))
	carrier := via.carrier.conn
	g.Expect(carrier.Abort()).To(Succeed())
	g.Eventually(carrier.Done(), patient).Should(BeClosed())
	g.Eventually(first.Done(), patient).Should(BeClosed())
	mustDial(t, throughJump(s, via))
	g.Expect(jump.connections.Load()).To(BeEquivalentTo(2))
}

func TestTheConnectionToAJumpHostEndsWhenNothingGoesThroughIt(t *testing.T) {
	g := NewWithT(t)
	jump, s := startServer(t, forwards), startServer(t)
	via := jumpTo(t, jump, nil)
	conn := mustDial(t, throughJump(s, via))
	carrier := via.carrier.conn
	via.carrier.leave(carrier)
	g.Expect(over(carrier)).To(BeFalse(), "a tunnel goes through it")
	g.Expect(conn.Abort()).To(Succeed())
	g.Expect(via.carrier.idle).NotTo(BeNil())
	via.carrier.leave(carrier)
	g.Eventually(carrier.Done(), patient).Should(BeClosed())
}

func TestEndsThroughAJumpHost(t *testing.T) {
	for name, leave := range map[string]func(*Conn) error{"close": (*Conn).Close, "close TCP": (*Conn).CloseTCP, "abort": (*Conn).Abort} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			ended := make(chan error, 1)
			s := startServer(t, with(func(ch *serverChannel) {
				ch.accept()
				ended <- ch.conn.Wait()
			}))
			conn := mustDial(t, throughJump(s, jumpTo(t, startServer(t, forwards), nil)))
			stream := mustOpen(t, conn)
			g.Expect(leave(conn)).To(Succeed())
			g.Eventually(ended, patient).Should(Receive())
			g.Eventually(conn.Done(), patient).Should(BeClosed())
			g.Eventually(stream.Gone(), patient).Should(BeClosed())
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot))
		})
	}
}

func TestAJumpHostThatIsDown(t *testing.T) {
	g := NewWithT(t)
	down := startServer(t)
	down.stop()
	_, err := dial(t, throughJump(startServer(t), jumpTo(t, down, nil)))
	g.Expect(err).To(MatchError(ErrUnreachable))
	g.Expect(err).To(MatchError(And(HavePrefix("jump host "+down.addr()+":"), ContainSubstring("refused"), ContainSubstring("the jump host runs"))))
}

func TestAJumpHostWithAnUnknownKey(t *testing.T) {
	g := NewWithT(t)
	jump := startServer(t, forwards)
	c := configFor(jump)
	c.Jump, c.HostKey = true, KnownHosts(nil, nil)
	via, err := New(c)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = dial(t, throughJump(startServer(t), via))
	g.Expect(err).To(MatchError(And(HavePrefix("jump host "+jump.addr()), ContainSubstring("unknown ssh-ed25519 host key"),
		ContainSubstring("at this jump in a target file"), Not(ContainSubstring("--host-key")))))
}

func TestAJumpHostThatLetsNobodyIn(t *testing.T) {
	g := NewWithT(t)
	jump := startServer(t, forwards)
	c := configFor(jump)
	c.Jump, c.Auth = true, Auth{Password: FixedPassword("wrong")}
	via, err := New(c)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = dial(t, throughJump(startServer(t), via))
	g.Expect(err).To(MatchError(ErrAuthentication))
	g.Expect(err).To(MatchError(And(HavePrefix("jump host "+jump.addr()), ContainSubstring("in the jumps of a target file"))))
}

func TestAJumpHostThatLeadsNoFurther(t *testing.T) {
	down := startServer(t)
	down.stop()
	for says, c := range map[string]struct {
		jump   *testServer
		server *testServer
	}{
		"refuses to forward: open failed": {startServer(t), startServer(t)},
		"says: connect failed":            {startServer(t, forwards), down},
	} {
		t.Run(says, func(t *testing.T) {
			g := NewWithT(t)
			_, err := dial(t, throughJump(c.server, jumpTo(t, c.jump, nil)))
			g.Expect(err).To(MatchError(ErrUnreachable))
			g.Expect(err).To(MatchError(And(ContainSubstring(says), ContainSubstring(c.jump.addr()), ContainSubstring(c.server.addr()))))
		})
	}
}

func TestAJumpHostThatDoesNotAnswer(t *testing.T) {
	g := NewWithT(t)
	jump := startServer(t, func(s *testServer) { s.forward = func(gossh.NewChannel) {} })
	c := configFor(jump)
	c.Jump = true
	via, err := New(c)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = via.carrier.take(testContext(t), via)
	g.Expect(err).NotTo(HaveOccurred())
	via.config.Timeout = short
	_, err = dial(t, throughJump(startServer(t), via))
	g.Expect(err).To(MatchError(ErrTimeout))
	g.Expect(err).To(MatchError(ContainSubstring("through the jump host")))
}

func TestReadsThroughAJumpHostHaveLimits(t *testing.T) {
	g := NewWithT(t)
	silent, jump := acceptRaw(t, func(net.Conn) {}), startServer(t, forwards)
	_, err := dial(t, Config{Address: silent, User: "admin", HostKey: Accept(), Timeout: 10 * short, Via: jumpTo(t, jump, nil)})
	g.Expect(err).To(MatchError(ErrTimeout))
	g.Expect(err).To(MatchError(ContainSubstring("no answer for " + (10 * short).String())))
}

func TestProposalsAndIntrusionsGoThroughTheJumpHost(t *testing.T) {
	g := NewWithT(t)
	jump, s := startServer(t, forwards), startServer(t)
	d, err := New(throughJump(s, jumpTo(t, jump, nil)))
	g.Expect(err).NotTo(HaveOccurred())
	p, err := d.Propose(testContext(t), Offer{Ciphers: []string{"none"}, MACs: []string{"hmac-sha2-256"}}, time.Second)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(p.Refused).To(BeTrue())
	letIn, err := d.Intrude(testContext(t), Intrusion{User: "nobody"}, time.Second)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(letIn).To(BeFalse())
	g.Expect(jump.connections.Load()).To(BeEquivalentTo(1))
}

func TestAnIntrusionIntoSomethingThatIsNoSSHServerIsNone(t *testing.T) {
	g := NewWithT(t)
	address := acceptRaw(t, func(c net.Conn) { _ = c.Close() })
	d, err := New(Config{Address: address, User: "admin", HostKey: Accept()})
	g.Expect(err).NotTo(HaveOccurred())
	_, err = d.Intrude(testContext(t), Intrusion{User: "nobody"}, time.Second)
	g.Expect(err).To(HaveOccurred())
}
