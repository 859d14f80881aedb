package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// Option changes one request.
type Option func(*envelope)

// envelope is a request and how it is to be framed.
type envelope struct {
	request netconf.Request
	chunks  []int
}

// WithMessageID chooses the message-id (RFC 6241 §4.1).
func WithMessageID(id string) Option { return func(e *envelope) { e.request.MessageID = id } }

// WithoutMessageID leaves the message-id out, which RFC 6241 §4.1 forbids.
func WithoutMessageID() Option {
	return func(e *envelope) { e.request.MessageID, e.request.NoMessageID = "", true }
}

// WithAttribute adds an attribute to rpc; name may have a prefix or be a declaration (RFC 6241 §4.1).
func WithAttribute(name, value string) Option {
	return func(e *envelope) {
		e.request.Attributes = append(e.request.Attributes, netconf.Attribute{Name: name, Value: value})
	}
}

// WithPrefix binds the base namespace to a prefix on rpc; the operation then needs its own namespace declaration.
func WithPrefix(prefix string) Option { return func(e *envelope) { e.request.Prefix = prefix } }

// InChunks cuts the request into chunks of these sizes where chunked framing is in force; the last size repeats.
func InChunks(sizes ...int) Option { return func(e *envelope) { e.chunks = sizes } }

// Refused is the error of a request that the run's safety level or the spec's own declaration forbids.
type Refused struct{ Why error }

// Error says what was refused and why.
func (r *Refused) Error() string { return fmt.Sprintf("not sent: %v", r.Why) }

// Unwrap gives why.
func (r *Refused) Unwrap() error { return r.Why }

// RPC sends one request and waits for its reply, see Await.
func (s *Session) RPC(ctx context.Context, operation string, options ...Option) *Reply {
	return s.Await(ctx, s.Send(ctx, operation, options...))
}

// Send sends one request; operation is the XML of what stands inside rpc. What went wrong shows in Await.
func (s *Session) Send(ctx context.Context, operation string, options ...Option) *Sent {
	sent, frame := s.prepare(operation, options)
	s.dispatch(ctx, []*Sent{sent}, frame)
	return sent
}

// Pipeline sends several requests in a single write (RFC 6241 §4.5). Options hold for each of them.
func (s *Session) Pipeline(ctx context.Context, operations []string, options ...Option) []*Sent {
	var all []*Sent
	var octets []byte
	for _, operation := range operations {
		sent, frame := s.prepare(operation, options)
		all, octets = append(all, sent), append(octets, frame...)
	}
	s.dispatch(ctx, all, octets)
	return all
}

// SendAs writes pieces, each in a write of its own, that together carry the requests given in legal framing and
// well-formed XML: the replies are judged as any other.
func (s *Session) SendAs(ctx context.Context, requests []netconf.Request, pieces ...[]byte) []*Sent {
	var all []*Sent
	for _, r := range requests {
		all = append(all, &Sent{Request: r, MessageID: r.MessageID})
	}
	s.dispatch(ctx, all, pieces...)
	return all
}

// Frame gives the octets of one request as Send would write them, with the message-id that it will carry.
func (s *Session) Frame(operation string, options ...Option) (netconf.Request, []byte) {
	sent, frame := s.prepare(operation, options)
	return sent.Request, frame
}

func (s *Session) prepare(operation string, options []Option) (*Sent, []byte) {
	e := envelope{request: netconf.Request{MessageID: strconv.Itoa(s.nextID), Operation: operation}}
	s.nextID++
	for _, o := range options {
		o(&e)
	}
	frame := wire.Append(nil, s.framing, e.request.Marshal(), e.chunks...)
	return &Sent{Request: e.request, MessageID: e.request.MessageID}, frame
}

func (s *Session) dispatch(ctx context.Context, all []*Sent, pieces ...[]byte) {
	// Before the write: the first reply may come while the rest is still being written.
	s.pending = append(s.pending, all...)
	s.rpcs += len(all)
	err := s.write(ctx, pieces...)
	now := s.config.Now()
	for _, sent := range all {
		sent.at = now
		if err != nil {
			s.unsent(sent, err)
		}
	}
}

// unsent settles a request that could not be written: our doing where it was refused, else the server's end.
func (s *Session) unsent(sent *Sent, err error) {
	outcome := Ended
	var refused *Refused
	if errors.As(err, &refused) || errors.Is(err, context.Canceled) {
		outcome = Unusable
		s.forget(sent)
	} else if s.alive() {
		return // the server closed its end while we wrote: an answer may be on its way
	} else {
		outcome = outcomeOf(s.ended)
	}
	sent.reply = &Reply{Outcome: outcome, Err: err, Request: sent}
}

func (s *Session) alive() bool { return s.ended == nil }

func (s *Session) forget(sent *Sent) {
	s.pending = slices.DeleteFunc(s.pending, func(p *Sent) bool { return p == sent })
}

// Await waits for the reply to a request: the grace, and once more twice that (a slow server is no silent server).
func (s *Session) Await(ctx context.Context, sent *Sent) *Reply {
	return s.AwaitFor(ctx, sent, s.config.Grace)
}

// AwaitFor is Await with a grace of its own, for requests that may take longer.
func (s *Session) AwaitFor(ctx context.Context, sent *Sent, grace time.Duration) *Reply {
	others := len(s.others)
	s.wake(ctx, sent)
	for _, limit := range []time.Duration{grace, 2 * grace} {
		err := s.until(ctx, limit, func() bool { return sent.reply != nil || s.garbled(sent, others) })
		switch {
		case sent.reply != nil:
			return sent.reply
		case err == nil: // no use in waiting for what has come already
			return &Reply{Outcome: Silent, Request: sent, Instead: s.others[others:]}
		case ctx.Err() != nil:
			return s.settle(sent, Unusable, fmt.Errorf("waiting for the reply: %w", ctx.Err()))
		case errors.Is(err, context.DeadlineExceeded):
			s.Note("no reply to message-id %q within %v", sent.MessageID, limit)
			if s.adopt(sent) {
				return sent.reply
			}
		case err != nil:
			return s.settle(sent, outcomeOf(err), err)
		}
	}
	s.unanswered(sent, 3*grace)
	return &Reply{Outcome: Silent, Request: sent, Instead: s.others[others:], waited: 3 * grace}
}

// outcomeOf tells whether a session was ended by the server or given up by us.
func outcomeOf(err error) Outcome {
	if errors.As(err, new(*TooMuch)) {
		return Unusable
	}
	return Ended
}

// adopt takes for the answer to a request, where none comes, a reply that has come since and looks like one sent again:
// there are servers that give every reply the same message-id.
func (s *Session) adopt(sent *Sent) bool {
	if len(s.pending) == 0 || s.pending[0] != sent {
		return false
	}
	for _, r := range s.replies {
		if r.Request == nil && r.Outcome == Answered && r.Message.At.After(sent.at) {
			s.answered(r, sent)
			return true
		}
	}
	return false
}

// garbled tells whether the reply to a request must be among the messages from that one on, and cannot be read: replies
// come in the order of the requests (RFC 6241 §4.5).
func (s *Session) garbled(sent *Sent, from int) bool {
	return len(s.pending) > 0 && s.pending[0] == sent &&
		slices.ContainsFunc(s.others[from:], func(m Message) bool { return m.Document == nil && !m.Doubtful })
}

func (s *Session) settle(sent *Sent, o Outcome, err error) *Reply {
	sent.reply = &Reply{Outcome: o, Err: err, Request: sent}
	return sent.reply
}

// AwaitAll waits for the replies to several requests in turn.
func (s *Session) AwaitAll(ctx context.Context, all []*Sent) []*Reply {
	replies := make([]*Reply, len(all))
	for i, sent := range all {
		replies[i] = s.Await(ctx, sent)
	}
	return replies
}

// until receives messages until done says so, the limit runs out, or the server ends the session.
func (s *Session) until(ctx context.Context, limit time.Duration, done func() bool) error {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for !done() {
		if _, err := s.receive(within); err != nil {
			return err
		}
	}
	return nil
}
