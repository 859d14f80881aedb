package session

import (
	"context"
	"errors"
	"time"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// Some servers lose a request that reaches them in one read with the client's hello: they answer it once more octets have
// come. On such a target every session pauses behind the hellos (Config.Settle), so that what a spec finds is due to what
// it does.

// ExchangeWith exchanges hellos and sends a request in one write with ours, which shows whether the server is one of those.
// The server's hello comes first: it tells which framing the request takes (RFC 6242 §4.1). Where none has come within the
// grace ours goes alone, and nothing is asked: the request is nil then.
func (s *Session) ExchangeWith(ctx context.Context, operation string) (*Sent, error) {
	s.Announce(Versions()...)
	within, cancel := context.WithTimeout(ctx, s.config.Grace)
	defer cancel()
	switch _, err := s.ReceiveHello(within); {
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil, s.Exchange(ctx)
	case err != nil:
		return nil, err
	}
	if err := s.Agree(); err != nil {
		return nil, err
	}
	r, request := s.Frame(operation)
	hello := wire.Append(nil, wire.EndOfMessage, netconf.MarshalHello(0, Versions()...))
	return s.SendAs(ctx, []netconf.Request{r}, append(hello, request...))[0], nil
}

// pause waits ahead of the first octets behind the hellos.
func (s *Session) pause(ctx context.Context) {
	if !s.unsettled {
		return
	}
	s.unsettled, s.settled = false, true
	timer := time.NewTimer(s.config.Settle)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// overdue is how long the first request behind a pause may take, in pauses, before another one is sent after it.
const overdue = 20

// wake sends another request where the pause was too short and the session's first request got lost all the same, as may
// happen on a busy machine.
func (s *Session) wake(ctx context.Context, sent *Sent) {
	if !s.settled || s.deviated || s.rpcs != 1 || sent.reply != nil {
		return
	}
	err := s.until(ctx, overdue*s.config.Settle, func() bool { return sent.reply != nil })
	if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
		return
	}
	s.Note("the first request seems to be lost: another one may wake the server")
	another := s.Send(ctx, Nothing())
	_ = s.until(ctx, s.config.Grace, func() bool { return another.reply != nil })
}
