package dsl

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/target"
	"github.com/ncspec/ncspec/harness/transport/ssh"
	"github.com/ncspec/ncspec/harness/wire"
)

// silent is a stream that ends with nothing but what the server said before.
type silent struct{ io.Reader }

func (silent) Write(octets []byte) (int, error) { return len(octets), nil }
func (silent) Close() error                     { return nil }
func (silent) CloseWrite() error                { return nil }
func (silent) Ended() string                    { return "eof" }
func (silent) Gone() <-chan struct{}            { return nil }

// starting opens sessions on a server that ends the first ones without a word.
func starting(refusals int, tried *int) func() (*session.Session, error) {
	return func() (*session.Session, error) {
		said, says := io.Pipe()
		if *tried++; *tried <= refusals {
			_ = says.Close()
		} else {
			hello := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(7, netconf.Base11))
			go func() { _, _ = says.Write(hello) }()
		}
		return session.New(silent{said}, nil, session.Config{Grace: time.Second}), nil
	}
}

func TestAServerThatWasThereIsWaitedFor(t *testing.T) {
	g := gomega.NewWithT(t)
	r, tried := &Run{}, 0
	r.met.Store(true)
	s, err := r.greeted(context.Background(), starting(2, &tried))
	g.Expect(err).NotTo(gomega.HaveOccurred())
	g.Expect(s.ID()).To(gomega.Equal("7"))
	g.Expect(tried).To(gomega.Equal(3))
	g.Expect(r.outages.note("lock/x", outage{lost: true, before: "5", after: "1"})).
		To(gomega.MatchRegexp(`^ended the run's own session too \(session-id 5, then 1\) and refused sessions for \d+m?s$`))
	g.Expect(r.Outages()).To(gomega.HavePrefix("The server went away and came back, as one does that died (1 in all). During lock/x the server ended"))
	g.Expect(r.outages.note("lock/y", outage{})).To(gomega.BeEmpty())
	for range mostTold {
		r.outages.note("lock/z", outage{lost: true})
	}
	g.Expect(r.Outages()).To(gomega.ContainSubstring("(6 in all)"))
	g.Expect(r.Outages()).To(gomega.HaveSuffix("; and 1 times more."))
}

func TestAServerThatHasTooManySessionsIsAskedAgain(t *testing.T) {
	for _, refusal := range []error{ssh.ErrChannelRefused, ssh.ErrNoSubsystem} {
		t.Run(refusal.Error(), func(t *testing.T) {
			g := gomega.NewWithT(t)
			r, opened, refused := &Run{Target: &target.Target{Grace: 5 * time.Second}}, 0, 0
			r.met.Store(true)
			open := func() (*session.Session, error) {
				if refused++; refused <= 2 {
					return nil, &ssh.Error{Kind: refusal}
				}
				return starting(0, &opened)()
			}
			s, err := r.greeted(context.Background(), open)
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(s.ID()).To(gomega.Equal("7"))
			g.Expect(refused).To(gomega.Equal(3))
			g.Expect(r.outages.note("lock/x", outage{})).To(gomega.BeEmpty(), "it was there all the time")
		})
	}
}

func TestAServerThatTakesNoMoreSessionsIsGivenUp(t *testing.T) {
	g := gomega.NewWithT(t)
	r, tried := &Run{Target: &target.Target{Grace: time.Millisecond}}, 0
	r.met.Store(true)
	_, err := r.greeted(context.Background(), func() (*session.Session, error) {
		tried++
		return nil, &ssh.Error{Kind: ssh.ErrChannelRefused}
	})
	g.Expect(err).To(gomega.MatchError(ssh.ErrChannelRefused))
	g.Expect(tried).To(gomega.BeNumerically(">", 1))
}

func TestAServerThatHasNeverGreetedIsNot(t *testing.T) {
	g := gomega.NewWithT(t)
	r, tried := &Run{}, 0
	_, err := r.greeted(context.Background(), starting(2, &tried))
	g.Expect(err).To(gomega.MatchError(io.EOF))
	g.Expect(tried).To(gomega.Equal(1))
	g.Expect(r.Outages()).To(gomega.BeEmpty())
}
