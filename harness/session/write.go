package session

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ncspec/ncspec/harness/effect"
)

// remembered bounds what a session remembers of octets sent, so that an operation cut over several writes is still
// seen for what it is.
const remembered = 64 << 10

// write sends pieces, each in a write of its own, if the run permits what they can be read as.
func (s *Session) write(ctx context.Context, pieces ...[]byte) error {
	if err := s.permit(pieces); err != nil {
		return err
	}
	s.pause(ctx)
	if ctx.Err() != nil {
		return fmt.Errorf("writing to the session: %w", ctx.Err())
	}
	limited, cancel := context.WithTimeout(ctx, 6*s.config.Grace+writeFloor)
	defer cancel()
	// A server that stops reading would block the write for ever.
	stop := context.AfterFunc(limited, func() { _ = s.stream.Close() })
	defer stop()
	for _, piece := range pieces {
		if s.config.Tape != nil {
			s.config.Tape.Sent(s.config.Name, s.framing, piece, s.config.Now())
		}
		if _, err := s.stream.Write(piece); err != nil {
			if limited.Err() != nil {
				err = limited.Err()
			}
			return fmt.Errorf("writing to the session: %w", err)
		}
	}
	return nil
}

func (s *Session) permit(pieces [][]byte) error {
	whole := bytes.Join(pieces, nil)
	seen := append(s.tail, whole...)
	if s.config.Permit != nil {
		if err := s.config.Permit(Outgoing{Session: s, Octets: whole, Whole: seen, Effect: effect.OfOctets(seen)}); err != nil {
			s.Note("not sent: %v", err)
			return &Refused{Why: err}
		}
	}
	// What is complete has been judged; only what may be the beginning of something is kept.
	s.tail = nil
	if !bytes.HasSuffix(whole, []byte("##\n")) && !bytes.HasSuffix(whole, []byte("]]>")) {
		s.tail = seen[max(0, len(seen)-remembered):]
	}
	return nil
}

// Break writes octets that break the rules on purpose, each piece in a write of its own. From here on the monitors
// no longer judge what answers as replies. An error means that nothing or not all was sent: refused by the safety
// level, or the server had gone already.
func (s *Session) Break(ctx context.Context, pieces ...[]byte) error {
	s.deviated = true
	return s.write(ctx, pieces...)
}

// Write writes octets that keep the rules but are no request: part of one, or white space.
func (s *Session) Write(ctx context.Context, pieces ...[]byte) error {
	s.handled = true
	return s.write(ctx, pieces...)
}
