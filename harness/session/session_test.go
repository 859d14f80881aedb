package session_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/datastore"
	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/wire"
)

// dial connects to a reference server of its own.
func dial(t *testing.T, o reference.Options) transport.Conn {
	t.Helper()
	g := NewWithT(t)
	server, err := reference.Start(context.Background(), o)
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = server.Close() })
	dialer, err := ssh.New(ssh.Config{Address: server.Addr(), User: "admin", Auth: ssh.Auth{Password: ssh.FixedPassword("admin")},
		HostKey: ssh.Pinned(gossh.FingerprintSHA256(server.HostKey()))})
	g.Expect(err).NotTo(HaveOccurred())
	conn, err := dialer.Dial(context.Background())
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func open(t *testing.T, conn transport.Conn, c session.Config, capabilities ...string) *session.Session {
	t.Helper()
	g := NewWithT(t)
	stream, err := conn.Open(context.Background())
	g.Expect(err).NotTo(HaveOccurred())
	if c.Grace == 0 {
		c.Grace = time.Second
	}
	s := session.New(stream, nil, c)
	t.Cleanup(func() { _ = s.Close() })
	g.Expect(s.Exchange(context.Background(), capabilities...)).To(Succeed())
	return s
}

func TestBothFramings(t *testing.T) {
	g := NewWithT(t)
	conn := dial(t, reference.Options{})
	old, new := open(t, conn, session.Config{}, netconf.Base10), open(t, conn, session.Config{})
	g.Expect(old.Framing()).To(Equal(wire.EndOfMessage))
	g.Expect(new.Framing()).To(Equal(wire.Chunked))
	for _, s := range []*session.Session{old, new} {
		reply := s.Ping(context.Background())
		g.Expect(reply.Outcome).To(Equal(session.Answered))
		g.Expect(reply.Data).NotTo(BeNil())
		g.Expect(reply.Elapsed()).To(BeNumerically(">", 0))
	}
	g.Expect(old.ID()).NotTo(Equal(new.ID()))
}

func TestPipelinedRepliesFindTheirRequests(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{})
	sent := s.Pipeline(context.Background(), []string{session.Nothing(), "<no-such-operation/>", session.Nothing()})
	replies := s.AwaitAll(context.Background(), sent)
	g.Expect(replies[0].Data).NotTo(BeNil())
	g.Expect(replies[1].Errors).NotTo(BeEmpty())
	g.Expect(replies[2].Data).NotTo(BeNil())
	for i, r := range replies {
		g.Expect(r.Request).To(BeIdenticalTo(sent[i]))
	}
}

func TestRequestsInChunksOfOneOctet(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{})
	reply := s.RPC(context.Background(), session.Nothing(), session.InChunks(1), session.WithAttribute("xmlns:ex", "urn:x"), session.WithMessageID("a b"))
	g.Expect(reply.Data).NotTo(BeNil())
	g.Expect(reply.MessageID).To(Equal("a b"))
	g.Expect(string(reply.Document.StartTag())).To(ContainSubstring(`xmlns:ex="urn:x"`))
}

func TestBrokenFramingEndsTheSession(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{})
	g.Expect(s.Break(context.Background(), []byte("\n#0\n"))).To(Succeed())
	ending := s.AwaitEnd(context.Background())
	g.Expect(ending.Ended).To(BeTrue())
	g.Expect(ending.Carried()).To(BeEmpty())
	g.Expect(s.Ping(context.Background()).Outcome).To(Equal(session.Ended))
}

func TestCloseSession(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{})
	g.Expect(s.CloseSession(context.Background()).OK).To(BeTrue())
	g.Expect(s.AwaitEnd(context.Background()).Ended).To(BeTrue())
}

func TestASilentServerIsWaitedForTwice(t *testing.T) {
	g := NewWithT(t)
	notes := &notes{}
	s := open(t, dial(t, reference.Options{}), session.Config{Grace: 20 * time.Millisecond, Tape: notes})
	request, frame := s.Frame(session.Nothing())
	sent := s.SendAs(context.Background(), []netconf.Request{request}, frame[:len(frame)-2]) // the end is missing
	reply := s.Await(context.Background(), sent[0])
	g.Expect(reply.Outcome).To(Equal(session.Silent))
	g.Expect(strings.Count(strings.Join(notes.texts, "\n"), "no reply")).To(Equal(2))
}

func TestWhatIsNotPermittedIsNotSent(t *testing.T) {
	g := NewWithT(t)
	refuse := errors.New("not today")
	s := open(t, dial(t, reference.Options{}), session.Config{Permit: func(o session.Outgoing) error {
		if o.Effect >= effect.Lock {
			return refuse
		}
		return nil
	}})
	reply := s.Lock(context.Background(), datastore.Running)
	g.Expect(reply.Outcome).To(Equal(session.Unusable))
	g.Expect(reply.HarnessError()).To(MatchError(refuse))
	var refused *session.Refused
	g.Expect(errors.As(s.Break(context.Background(), []byte("\n#9\n<lock><ta")), &refused)).To(BeTrue())
	g.Expect(s.Ping(context.Background()).Outcome).To(Equal(session.Answered))
}

func TestAnOperationCutOverWritesIsSeen(t *testing.T) {
	g := NewWithT(t)
	var strongest effect.Effect
	s := open(t, dial(t, reference.Options{}), session.Config{Permit: func(o session.Outgoing) error {
		strongest = max(strongest, o.Effect)
		return nil
	}})
	for _, piece := range []string{"\n#15\n<rpc><edit-conf", "\n#9\nig><targe", "\n#16\nt><candidate/></t"} {
		g.Expect(s.Break(context.Background(), []byte(piece))).To(Succeed())
	}
	g.Expect(strongest).To(BeNumerically(">=", effect.Candidate))
}

func TestAnInterruptIsNotTheServersDoing(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g.Expect(s.Ping(ctx).HarnessError()).To(HaveOccurred())
	g.Expect(s.AwaitEnd(ctx).HarnessError()).To(HaveOccurred())
}

func TestTextAheadOfTheHelloIsSkipped(t *testing.T) {
	g := NewWithT(t)
	conn := dial(t, reference.Options{Defects: []string{"banner-before-hello"}})
	s := open(t, conn, session.Config{})
	g.Expect(string(s.Others()[0].Octets)).To(HavePrefix("Welcome"))
	g.Expect(s.Hello().Capabilities.Has("base:1.1")).To(BeTrue())
	g.Expect(s.Ping(context.Background()).Data).NotTo(BeNil())
}

func TestAGuessAtTheFramingAccusesNobody(t *testing.T) {
	g := NewWithT(t)
	conn := dial(t, reference.Options{Defects: []string{"rpc-before-hello-answered"}})
	stream, err := conn.Open(context.Background())
	g.Expect(err).NotTo(HaveOccurred())
	seen := &violations{}
	s := session.New(stream, nil, session.Config{Grace: 100 * time.Millisecond, Witness: seen})
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.ReceiveHello(context.Background())
	g.Expect(err).NotTo(HaveOccurred())
	s.ExpectFraming(wire.Chunked)
	r := netconf.Request{MessageID: "1", Operation: session.Nothing()}
	g.Expect(s.Break(context.Background(), wire.Append(nil, wire.EndOfMessage, r.Marshal()))).To(Succeed())
	g.Expect(s.Quiet(context.Background(), s.Grace()).Carried()).To(HaveLen(1))
	g.Expect(seen.count).To(BeZero())
}

// violations counts framing errors.
type violations struct{ count int }

func (v *violations) Opened(*session.Session)                    {}
func (v *violations) Received(*session.Session, session.Message) {}
func (v *violations) Violated(*session.Session, wire.Violation)  { v.count++ }
func (v *violations) Ended(*session.Session, string)             {}

// notes is a tape that keeps remarks only.
type notes struct{ texts []string }

func (n *notes) Sent(string, wire.Framing, []byte, time.Time)     {}
func (n *notes) Received(string, wire.Framing, []byte, time.Time) {}
func (n *notes) Note(_, text string, _ time.Time)                 { n.texts = append(n.texts, text) }
