package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// writeFloor is added to the limit of a write: big requests take their time whatever the grace.
const writeFloor = 10 * time.Second

// Versions are the base capabilities that an ordinary session announces.
func Versions() []string { return []string{netconf.Base10, netconf.Base11} }

// Exchange sends a hello without waiting for the server's (but see Config.HearFirst), receives that, and agrees on the
// version (RFC 6241 §8.1). Without capabilities it announces Versions.
func (s *Session) Exchange(ctx context.Context, capabilities ...string) error {
	send := func() error { return s.SendHello(ctx, capabilities...) }
	receive := func() error {
		_, err := s.ReceiveHello(ctx)
		return err
	}
	steps := []func() error{send, receive, s.Agree}
	if s.config.HearFirst {
		steps = []func() error{receive, send, s.Agree}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// SendHello announces capabilities, Versions without any, in end-of-message framing (RFC 6242 §4.1).
func (s *Session) SendHello(ctx context.Context, capabilities ...string) error {
	if len(capabilities) == 0 {
		capabilities = Versions()
	}
	s.Announce(capabilities...)
	hello := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, capabilities...))
	s.greeting = hello
	if err := s.write(ctx, hello); err != nil {
		return fmt.Errorf("sending our hello: %w", err)
	}
	return nil
}

// Announce notes what a hello written in some other way announces.
func (s *Session) Announce(capabilities ...string) {
	s.announced = nil
	for _, c := range capabilities {
		s.announced = append(s.announced, netconf.ParseCapability(c))
	}
}

// ReceiveHello waits for the server's hello. The error says what came instead, or that nothing did.
func (s *Session) ReceiveHello(ctx context.Context) (*netconf.Hello, error) {
	m, err := s.Next(ctx)
	if err != nil {
		return nil, fmt.Errorf("waiting for the server's hello: %w", err)
	}
	if m.Document == nil {
		return nil, &Unreadable{Why: firstFault(m.Faults)}
	}
	hello, err := netconf.ParseHello(m.Document)
	if err != nil {
		return nil, &Unreadable{Why: err}
	}
	s.hello = hello
	return hello, nil
}

// Unreadable is the error of a first message from the server that is no hello.
type Unreadable struct{ Why error }

// Error says what is wrong with it.
func (u *Unreadable) Error() string { return fmt.Sprintf("reading the server's hello: %v", u.Why) }

// Unwrap gives why.
func (u *Unreadable) Unwrap() error { return u.Why }

func firstFault(faults []netconf.Fault) error {
	if len(faults) == 0 {
		return errors.New("it is no XML document")
	}
	return faults[0]
}

// Agree settles the framing from the two hellos: chunked if both announced base:1.1 (RFC 6242 §4.1). The error says
// that there is no version in common.
func (s *Session) Agree() error {
	if s.hello == nil {
		return errors.New("no hello has come from the server yet")
	}
	theirs, ours := s.hello.Capabilities, s.announced
	switch {
	case theirs.Has("base:1.1") && ours.Has("base:1.1"):
		s.Assume(wire.Chunked)
	case theirs.Has("base:1.0") && ours.Has("base:1.0"):
		s.Assume(wire.EndOfMessage)
	default:
		return &Unreadable{Why: errors.New("the two hellos have no base capability in common")}
	}
	return nil
}

// Assume puts a framing in force whatever the hellos said, for both directions.
func (s *Session) Assume(f wire.Framing) {
	s.framing, s.agreed, s.guessed, s.unsettled = f, true, false, s.config.Settle > 0
	s.decoder.Switch(f)
}

// ExpectFraming makes a guess at the framing of what comes from the server, where nothing was agreed on. A server that
// answers in the other one does nothing wrong, so the witness is not told of framing errors.
func (s *Session) ExpectFraming(f wire.Framing) {
	s.guessed, s.unsettled = true, s.config.Settle > 0
	s.decoder.Switch(f)
}

// Next waits for the next message of whatever kind: the grace, and once more twice that.
func (s *Session) Next(ctx context.Context) (Message, error) {
	var last error
	for _, limit := range []time.Duration{s.config.Grace, 2 * s.config.Grace} {
		within, cancel := context.WithTimeout(ctx, limit)
		m, err := s.receive(within)
		cancel()
		if err == nil {
			return m, nil
		}
		last = err
		if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			break
		}
	}
	if errors.Is(last, context.DeadlineExceeded) && ctx.Err() == nil {
		if len(s.pending) > 0 {
			s.unanswered(s.pending[0], 3*s.config.Grace)
		}
		return Message{}, fmt.Errorf("nothing complete came within %v: %w", 3*s.config.Grace, last)
	}
	return Message{}, last
}
