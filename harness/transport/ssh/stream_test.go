package ssh

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/transport"
)

// with makes a server answer the subsystem request in its own way.
func with(subsystem func(*serverChannel)) func(*testServer) {
	return func(s *testServer) { s.subsystem = subsystem }
}

func mustOpen(t *testing.T, c *Conn) *Stream {
	t.Helper()
	s, err := c.Open(testContext(t))
	if err != nil {
		t.Fatal(err)
	}
	return s.(*Stream)
}

func TestOpensTheSubsystemNetconf(t *testing.T) {
	g := NewWithT(t)
	name := make(chan string, 1)
	s := startServer(t, with(func(ch *serverChannel) {
		name <- ch.name
		ch.accept()
	}))
	mustOpen(t, mustDial(t, configFor(s)))
	g.Expect(<-name).To(Equal("netconf"))
}

func TestNoSubsystem(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t, with(nil))))
	_, err := conn.Open(testContext(t))
	g.Expect(err).To(MatchError(ErrNoSubsystem))
	g.Expect(err).To(MatchError(ContainSubstring("830")))
}

func TestChannelClosedInsteadOfAnAnswerIsNoSubsystem(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t, with(func(ch *serverChannel) { _ = ch.Close() }))))
	_, err := conn.Open(testContext(t))
	g.Expect(err).To(MatchError(ErrNoSubsystem))
	g.Expect(err).To(MatchError(ContainSubstring("closed the channel")))
}

func TestConnectionLostInsteadOfAnAnswer(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t, with(func(ch *serverChannel) { _ = ch.conn.Close() }))))
	_, err := conn.Open(testContext(t))
	g.Expect(err).To(MatchError(ErrUnreachable))
}

func TestUnansweredSubsystemRequestRunsIntoTheLimit(t *testing.T) {
	g := NewWithT(t)
	c := configFor(startServer(t, func(s *testServer) { s.silent = true }))
	conn := mustDial(t, c)
	conn.config.Timeout = short
	_, err := conn.Open(testContext(t))
	g.Expect(err).To(MatchError(ErrTimeout))
}

func TestCancelEndsOpening(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(testContext(t))
	conn := mustDial(t, configFor(startServer(t, with(func(*serverChannel) { cancel() }))))
	_, err := conn.Open(ctx)
	g.Expect(err).To(MatchError(context.Canceled))
}

func TestRefusedChannel(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t, func(s *testServer) { s.full = true })))
	_, err := conn.Open(testContext(t))
	g.Expect(err).To(MatchError(ErrChannelRefused))
	g.Expect(err).To(MatchError(ContainSubstring("too many sessions")))
}

func TestSeveralStreamsOnOneConnection(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t)))
	one, two := mustOpen(t, conn), mustOpen(t, conn)
	for stream, text := range map[*Stream]string{one: "hello one", two: "hello two"} {
		_, err := stream.Write([]byte(text))
		g.Expect(err).NotTo(HaveOccurred())
		got := make([]byte, len(text))
		_, err = io.ReadFull(stream, got)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(got)).To(Equal(text))
	}
	g.Expect(one.Close()).To(Succeed())
	g.Eventually(one.Gone(), patient).Should(BeClosed())
	g.Expect(one.Ended()).To(Equal(transport.EndedNot), "our own close is no end by the peer")
	_, err := two.Write([]byte("still here"))
	g.Expect(err).NotTo(HaveOccurred())
	_, err = io.ReadFull(two, make([]byte, len("still here")))
	g.Expect(err).NotTo(HaveOccurred())
}

func TestHowThePeerEndsTheStream(t *testing.T) {
	for how, end := range map[string]func(*serverChannel){
		transport.EndedEOF:        func(ch *serverChannel) { _ = ch.CloseWrite() },
		transport.EndedClose:      func(ch *serverChannel) { _ = ch.CloseWrite(); _ = ch.Close() },
		transport.EndedDisconnect: func(ch *serverChannel) { _ = ch.conn.Close() },
	} {
		t.Run(how, func(t *testing.T) {
			g := NewWithT(t)
			s := startServer(t, with(func(ch *serverChannel) {
				ch.accept()
				_, _ = io.ReadFull(ch, make([]byte, 1))
				_, _ = ch.Write([]byte("last words"))
				end(ch)
			}))
			stream := mustOpen(t, mustDial(t, configFor(s)))
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot))
			_, err := stream.Write([]byte("x"))
			g.Expect(err).NotTo(HaveOccurred())
			got, err := io.ReadAll(stream)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(got)).To(Equal("last words"))
			g.Expect(stream.Ended()).To(Equal(how))
		})
	}
}

func TestOurEOFReachesThePeer(t *testing.T) {
	g := NewWithT(t)
	got := make(chan string, 1)
	s := startServer(t, with(func(ch *serverChannel) {
		ch.accept()
		all, _ := io.ReadAll(ch)
		got <- string(all)
		_ = ch.Close()
	}))
	stream := mustOpen(t, mustDial(t, configFor(s)))
	_, err := stream.Write([]byte("all of it"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(stream.CloseWrite()).To(Succeed())
	g.Eventually(got, patient).Should(Receive(Equal("all of it")))
	g.Eventually(stream.Gone(), patient).Should(BeClosed())
	g.Expect(stream.Ended()).To(Equal(transport.EndedClose))
}

func TestOneWriteIsOnePacket(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t)))
	stream := mustOpen(t, conn)
	before := conn.tcp.written()
	for _, piece := range []string{"]]", ">]]", ">"} {
		_, err := stream.Write([]byte(piece))
		g.Expect(err).NotTo(HaveOccurred())
	}
	g.Expect(conn.tcp.written() - before).To(BeEquivalentTo(3))
}

func TestExtendedDataIsKeptApartAndBounded(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, with(func(ch *serverChannel) {
		ch.accept()
		_, _ = ch.Stderr().Write([]byte("netconfd: not running\n"))
		_, _ = ch.Stderr().Write(bytes.Repeat([]byte("x"), 4<<20)) // more than the window
		_, _ = ch.Write([]byte("data"))
		_ = ch.Close()
	}))
	stream := mustOpen(t, mustDial(t, configFor(s)))
	got, err := io.ReadAll(stream)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal("data"))
	g.Eventually(stream.Extended, patient).Should(And(HaveLen(maxExtended), HavePrefix("netconfd: not running")))
}

func TestRequestsOfTheServerAreAnswered(t *testing.T) {
	g := NewWithT(t)
	answers := make(chan bool, 2)
	s := startServer(t, with(func(ch *serverChannel) {
		ch.accept()
		ok, _, err := ch.conn.SendRequest("keepalive@openssh.com", true, nil)
		answers <- !ok && err == nil
		_, _, err = ch.conn.OpenChannel("forwarded-tcpip", nil)
		_, refused := err.(*gossh.OpenChannelError)
		answers <- refused
	}))
	mustOpen(t, mustDial(t, configFor(s)))
	g.Eventually(answers, patient).Should(Receive(BeTrue()))
	g.Eventually(answers, patient).Should(Receive(BeTrue()))
}

func TestOctetsBeforeTheConfirmation(t *testing.T) {
	g := NewWithT(t)
	early := make(chan string, 1)
	s := startServer(t, with(func(ch *serverChannel) {
		got := make([]byte, len("<hello/>"))
		_, _ = io.ReadFull(ch, got) // only then confirms
		early <- string(got)
		ch.accept()
		echo(&serverChannel{Channel: ch.Channel, conn: ch.conn, request: &gossh.Request{}})
	}))
	conn := mustDial(t, configFor(s))
	stream, err := conn.OpenEarly(testContext(t), []byte("<hello/>"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(early).To(Receive(Equal("<hello/>")))

	_, err = conn.OpenEarly(testContext(t), []byte("x"))
	g.Expect(err).To(MatchError(ContainSubstring("without other streams")))
	g.Expect(stream.Close()).To(Succeed())
}

func TestEarlyOctetsToAServerWithoutNetconf(t *testing.T) {
	g := NewWithT(t)
	conn := mustDial(t, configFor(startServer(t, with(nil))))
	_, err := conn.OpenEarly(testContext(t), []byte("<hello/>"))
	g.Expect(err).To(MatchError(ErrNoSubsystem))
}

func TestWaysToEndTheConnection(t *testing.T) {
	for name, c := range map[string]struct {
		leave func(*Conn) error
		saw   string // what the server reads last
	}{
		"close":     {(*Conn).Close, "EOF"},
		"close TCP": {(*Conn).CloseTCP, "EOF"},
		"abort":     {(*Conn).Abort, "reset"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			ended := make(chan error, 1)
			s := startServer(t, with(func(ch *serverChannel) {
				ch.accept()
				ended <- ch.conn.Wait()
			}))
			conn := mustDial(t, configFor(s))
			stream := mustOpen(t, conn)
			g.Expect(c.leave(conn)).To(Succeed())
			var err error
			g.Eventually(ended, patient).Should(Receive(&err))
			g.Expect(err).To(MatchError(ContainSubstring(c.saw)))
			g.Eventually(conn.Done(), patient).Should(BeClosed())
			g.Eventually(stream.Gone(), patient).Should(BeClosed())
			g.Expect(stream.Ended()).To(Equal(transport.EndedNot))
			g.Expect(c.leave(conn)).To(Succeed(), "ending twice is no fault")
		})
	}
}

func TestCloseTellsThePeerAboutTheChannel(t *testing.T) {
	g := NewWithT(t)
	closed := make(chan error, 1)
	s := startServer(t, with(func(ch *serverChannel) {
		ch.accept()
		_, err := io.ReadAll(ch)
		closed <- err
	}))
	conn := mustDial(t, configFor(s))
	mustOpen(t, conn)
	g.Expect(conn.Close()).To(Succeed())
	g.Eventually(closed, patient).Should(Receive(BeNil()))
}

func TestLeavingAPeerThatTakesNothing(t *testing.T) {
	g := NewWithT(t)
	s := startServer(t, with(func(ch *serverChannel) { ch.accept() }))
	conn := mustDial(t, configFor(s))
	stream := mustOpen(t, conn)
	stuck := make(chan error, 1)
	go func() {
		_, err := stream.Write([]byte(strings.Repeat("x", 8<<20))) // more than the window
		stuck <- err
	}()
	g.Expect(conn.Abort()).To(Succeed())
	g.Eventually(stuck, patient).Should(Receive(HaveOccurred()))
}
