package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// mostRounds bounds how often AwaitEnd waits on because something is still coming.
const mostRounds = 10

// AwaitEnd waits for the server to end the session: the grace, and once more twice that; and then as long as octets keep
// coming, up to ten times the grace: the end of a session stands behind what was sent before it. What comes before the
// end is gathered.
func (s *Session) AwaitEnd(ctx context.Context) *Ending {
	return s.AwaitEndFor(ctx, s.config.Grace)
}

// AwaitEndFor is AwaitEnd with a grace of its own.
func (s *Session) AwaitEndFor(ctx context.Context, grace time.Duration) *Ending {
	began := s.config.Now()
	ending := &Ending{}
	seen := len(s.replies)
	for round := range mostRounds {
		heard, limit := s.decoder.Offset(), grace
		if round == 1 {
			limit = 2 * grace
		}
		err := s.gather(ctx, limit, ending, never)
		if err != nil && !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
			break
		}
		if round >= 1 && s.decoder.Offset() == heard {
			break
		}
	}
	ending.Replies = s.replies[seen:]
	s.conclude(ctx, ending, "waiting for the end of the session")
	ending.elapsed = s.config.Now().Sub(began)
	return ending
}

// Quiet listens for as long as the duration and gives what came; a session that ends cuts it short.
func (s *Session) Quiet(ctx context.Context, listen time.Duration) *Ending {
	return s.listen(ctx, listen, never)
}

// Aftermath is Quiet behind octets that should have no effect: a request that is carried out cuts it short too.
func (s *Session) Aftermath(ctx context.Context, listen time.Duration) *Ending {
	seen := len(s.replies)
	return s.listen(ctx, listen, func() bool { return slices.ContainsFunc(s.replies[seen:], (*Reply).Normal) })
}

// mostPatience bounds Patience.
const mostPatience = 2 * time.Second

// Patience is how long to listen for what must not come: the grace, and two seconds at the most.
func (s *Session) Patience() time.Duration { return min(s.config.Grace, mostPatience) }

func (s *Session) listen(ctx context.Context, listen time.Duration, enough func() bool) *Ending {
	ending := &Ending{}
	seen := len(s.replies)
	began := s.config.Now()
	_ = s.gather(ctx, listen, ending, enough)
	ending.Replies = s.replies[seen:]
	s.conclude(ctx, ending, "listening to the session")
	ending.elapsed = s.config.Now().Sub(began)
	return ending
}

// conclude says how it ended. A session that we have given up is not one that the server has ended.
func (s *Session) conclude(ctx context.Context, ending *Ending, doing string) {
	switch {
	case s.GaveUp() != nil:
		ending.Err = fmt.Errorf("%s: %w", doing, s.ended)
	case s.ended != nil:
		ending.Ended, ending.How = true, s.how()
	case ctx.Err() != nil:
		ending.Err = fmt.Errorf("%s: %w", doing, ctx.Err())
	}
}

func never() bool { return false }

func (s *Session) gather(ctx context.Context, limit time.Duration, into *Ending, enough func() bool) error {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		m, err := s.receive(within)
		if err != nil {
			return err
		}
		if into.Messages = append(into.Messages, m); enough() {
			return nil
		}
	}
}

// HasEnded tells whether the server was seen to end the session, without waiting.
func (s *Session) HasEnded() bool { return s.ended != nil }

// Over tells whether the server has ended the session, taking in what has arrived.
func (s *Session) Over() bool {
	s.drain()
	return s.ended != nil || s.stream.Ended() != ""
}

// Receiving tells whether part of a message has been seen, and not yet its end.
func (s *Session) Receiving() bool { return len(s.frame) > 0 || s.message.length > 0 }

// Replies gives all replies seen so far, in the order of their arrival.
func (s *Session) Replies() []*Reply { return s.replies }

// Others gives the messages seen so far that were no rpc-reply, the hello included.
func (s *Session) Others() []Message { return s.others }
