package session_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func TestARequestInOneWriteWithTheHello(t *testing.T) {
	for defect, answered := range map[string]bool{"": true, "octets-behind-hello-lost": false} {
		g := NewWithT(t)
		o := reference.Options{}
		if defect != "" {
			o.Defects = []string{defect}
		}
		stream, err := dial(t, o).Open(context.Background())
		g.Expect(err).NotTo(HaveOccurred())
		s := session.New(stream, nil, session.Config{Grace: 100 * time.Millisecond})
		t.Cleanup(func() { _ = s.Close() })
		sent, err := s.ExchangeWith(context.Background(), session.Nothing())
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(s.Await(context.Background(), sent).Normal()).To(Equal(answered), defect)
	}
}

// sleepy is a server that answers its first request only once the second one has come.
type sleepy struct {
	*io.PipeReader
	answers *io.PipeWriter
	octets  []byte
}

func newSleepy() *sleepy {
	r, w := io.Pipe()
	s := &sleepy{PipeReader: r, answers: w}
	hello := netconf.MarshalHello(1, netconf.Base11)
	go func() { _, _ = w.Write(wire.Append(nil, wire.EndOfMessage, hello)) }()
	return s
}

func (s *sleepy) Write(octets []byte) (int, error) {
	s.octets = append(s.octets, octets...)
	if bytes.Count(s.octets, []byte(wire.EndOfChunks)) == 2 {
		for _, id := range []string{"1", "2"} {
			reply := `<rpc-reply xmlns="` + netconf.BaseNamespace + `" message-id="` + id + `"><ok/></rpc-reply>`
			go func() { _, _ = s.answers.Write(wire.Append(nil, wire.Chunked, []byte(reply))) }()
		}
	}
	return len(octets), nil
}

func (s *sleepy) CloseWrite() error     { return nil }
func (s *sleepy) Ended() string         { return "" }
func (s *sleepy) Gone() <-chan struct{} { return nil }

func TestAServerThatIsBusyBehindThePauseIsWoken(t *testing.T) {
	g := NewWithT(t)
	s := session.New(newSleepy(), nil, session.Config{Grace: 5 * time.Second, Settle: time.Millisecond})
	t.Cleanup(func() { _ = s.Close() })
	g.Expect(s.Exchange(context.Background())).To(Succeed())
	g.Expect(s.Ping(context.Background()).OK).To(BeTrue())
	g.Expect(s.RPCs()).To(Equal(2))
}
