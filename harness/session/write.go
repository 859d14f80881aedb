package session

import (
	"bytes"
	"context"
	"fmt"
)

// write sends pieces, each in a write of its own, if the run permits what they can be read as.
func (s *Session) write(ctx context.Context, pieces ...[]byte) error {
	if err := s.stream.allow(bytes.Join(pieces, nil)); err != nil {
		s.Note("%v", err)
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
		if _, err := s.stream.Stream.Write(piece); err != nil {
			if limited.Err() != nil {
				err = limited.Err()
			}
			return fmt.Errorf("writing to the session: %w", err)
		}
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
