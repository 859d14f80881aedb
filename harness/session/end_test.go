package session_test

import (
	"context"
	"io"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// drip gives one octet at each tick, and then ends.
type drip struct {
	octets []byte
	ticks  <-chan time.Time
}

func (d *drip) Read(p []byte) (int, error) {
	if len(d.octets) == 0 {
		return 0, io.EOF
	}
	<-d.ticks
	p[0], d.octets = d.octets[0], d.octets[1:]
	return 1, nil
}

func (d *drip) Write(octets []byte) (int, error) { return len(octets), nil }
func (d *drip) Close() error                     { return nil }
func (d *drip) CloseWrite() error                { return nil }
func (d *drip) Ended() string                    { return "" }
func (d *drip) Gone() <-chan struct{}            { return nil }

func TestAnEndBehindOctetsOnTheirWayIsWaitedFor(t *testing.T) {
	g := NewWithT(t)
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	server := &drip{octets: make([]byte, 100), ticks: ticker.C} // half a second, and three graces are 300 ms
	s := session.New(server, nil, session.Config{Grace: 100 * time.Millisecond})
	s.Assume(wire.EndOfMessage)
	ending := s.AwaitEnd(context.Background())
	g.Expect(ending.Ended).To(BeTrue())
}

func TestASilentSessionDoesNotEnd(t *testing.T) {
	g := NewWithT(t)
	hello := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(1, netconf.Base11))
	server := &drip{octets: append(hello, '\n'), ticks: full(len(hello))}
	s := session.New(server, nil, session.Config{Grace: 20 * time.Millisecond})
	ending := s.AwaitEnd(context.Background())
	g.Expect(ending.Ended).To(BeFalse())
}

// full is so many ticks, and no more.
func full(n int) <-chan time.Time {
	ticks := make(chan time.Time, n)
	for range n {
		ticks <- time.Time{}
	}
	return ticks
}
