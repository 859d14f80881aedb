package session_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func TestASecondReplyAnswersNothingElse(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{Hostile: "answers-twice@1"}), session.Config{Name: "S1"})
	g.Expect(s.Ping(context.Background()).Normal()).To(BeTrue())
	refused := s.RPC(context.Background(), "<no-such-operation/>")
	g.Expect(refused.Errors).To(HaveLen(1))
	g.Expect(s.Excess()).To(Equal(`the server, on session S1, answered twice: a second reply with message-id "1" came`))
	g.Expect(s.Clean()).To(BeFalse())
}

func TestAReplyToSomebodyElseIsNamed(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{Hostile: "answers-other@2"}), session.Config{Name: "S1"})
	g.Expect(s.Ping(context.Background()).Misdirected()).To(BeFalse())
	g.Expect(s.Ping(context.Background()).Misdirected()).To(BeTrue())
	g.Expect(s.Trouble()).To(ContainSubstring(`answered message-id "2" with a reply to message-id "somebody-else-7"`))
	g.Expect(s.Ping(context.Background()).Normal()).To(BeTrue())
}

func TestTroubleOfOursIsNotTheServers(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{}), session.Config{Grace: 20 * time.Millisecond})
	g.Expect(s.Break(context.Background(), []byte("\n#0\n"))).To(Succeed())
	g.Expect(s.Ping(context.Background()).Outcome).NotTo(Equal(session.Answered))
	g.Expect(s.Trouble()).To(BeEmpty())
}

func TestMoreThanCanBeTakenIsNoVerdictOnTheServer(t *testing.T) {
	for hostility, said := range map[string]string{"floods-octets": "octets of one message, and ncspec takes 67108864",
		"floods-garbage": "67108864 octets and more that belong to no message"} {
		g := NewWithT(t)
		s := open(t, dial(t, reference.Options{Hostile: hostility}), session.Config{Grace: time.Minute})
		reply := s.Ping(context.Background())
		g.Expect(reply.Outcome).To(Equal(session.Unusable))
		g.Expect(reply.HarnessError()).To(MatchError(ContainSubstring(said)))
		ending := s.AwaitEnd(context.Background())
		g.Expect(ending.Ended).To(BeFalse())
		g.Expect(ending.HarnessError()).To(MatchError(ContainSubstring(said)))
	}
}

func TestAFloodOfRepliesEnds(t *testing.T) {
	g := NewWithT(t)
	s := open(t, dial(t, reference.Options{Hostile: "floods-replies"}), session.Config{Grace: time.Minute})
	g.Expect(s.Ping(context.Background()).Misdirected()).To(BeTrue())
	ending := s.Quiet(context.Background(), time.Minute)
	g.Expect(ending.HarnessError()).To(MatchError(ContainSubstring("flooded it: 10001 messages")))
}

// stubborn is a server that gives every reply the same message-id and content.
type stubborn struct {
	*io.PipeReader
	answers *io.PipeWriter
}

func newStubborn() stubborn {
	r, w := io.Pipe()
	go func() {
		_, _ = w.Write(wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(1, netconf.Base11)))
	}()
	return stubborn{r, w}
}

func (s stubborn) Write(octets []byte) (int, error) {
	if strings.Contains(string(octets), "<rpc") {
		go func() {
			_, _ = s.answers.Write(wire.Append(nil, wire.Chunked, []byte(`<rpc-reply xmlns="`+netconf.BaseNamespace+`" message-id="1"><ok/></rpc-reply>`)))
		}()
	}
	return len(octets), nil
}

func (stubborn) CloseWrite() error     { return nil }
func (stubborn) Ended() string         { return "" }
func (stubborn) Gone() <-chan struct{} { return nil }

func TestOneMessageIDForAllIsStillAnAnswer(t *testing.T) {
	g := NewWithT(t)
	s := session.New(newStubborn(), nil, session.Config{Grace: 20 * time.Millisecond})
	t.Cleanup(func() { _ = s.Close() })
	g.Expect(s.Exchange(context.Background())).To(Succeed())
	for range 3 {
		g.Expect(s.Ping(context.Background()).OK).To(BeTrue())
	}
}
