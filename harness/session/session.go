// Package session holds one live NETCONF session (RFC 6241 §4, §8.1): the hello exchange, requests and their
// replies, raw octets, and how the server ends it. Every wait has a limit and everything is recorded.
//
// A request that the server does not answer is a result, not a Go error: a Reply says what came instead.
package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/effect"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/wire"
)

// DefaultGrace is how long a server may take before a wait is repeated with twice the time and then given up.
const DefaultGrace = 5 * time.Second

// Config is what a session needs to know of its run; the zero value is of use in tests.
type Config struct {
	Name   string        // in recordings; "" is "session"
	Grace  time.Duration // see DefaultGrace; 0 is the default
	Limits wire.Limits
	Settle time.Duration // pause behind the exchange of hellos, for servers that lose a request sent at once; 0 none
	// HearFirst has our hello wait for the server's, for servers that lose one which comes before theirs.
	HearFirst bool
	Permit    func(Outgoing) error // asked before any octet leaves; nil permits all
	Witness   Witness              // sees every message; nil nobody
	Tape      Tape                 // records every octet; nil nothing
	Now       func() time.Time     // nil is time.Now
	Waited    func(time.Duration)  // told of each wait for the server; nil is not
}

// Outgoing is what is about to be sent on a stream.
type Outgoing struct {
	Octets []byte
	Whole  []byte        // the octets behind those of the same message that were sent before them
	Effect effect.Effect // what can be read in all of them
}

// Witness sees what a server sends on every session of a run. Calls come from the goroutine that uses the session.
type Witness interface {
	Opened(*Session)
	Received(*Session, Message)
	Violated(*Session, wire.Violation)
	Ended(*Session, string)
}

// Tape records what passes on a session; see the recorder of the DSL.
type Tape interface {
	Sent(session string, f wire.Framing, octets []byte, at time.Time)
	Received(session string, f wire.Framing, octets []byte, at time.Time)
	Note(session, text string, at time.Time)
}

// Session is one NETCONF session. One goroutine may use it at a time; Close may be called from any.
type Session struct {
	config  Config
	stream  *checked
	conn    transport.Conn // closed with the session when it is the session's own
	ownConn bool
	source  *source
	decoder *wire.Decoder

	hello     *netconf.Hello // the server's
	announced netconf.Capabilities
	framing   wire.Framing
	agreed    bool
	guessed   bool // the framing of what comes is a guess
	unsettled bool // the next octets are to wait, see pause
	settled   bool // they have waited

	rest     []byte // read, not yet decoded
	restAt   time.Time
	message  gathered // of the message being decoded
	frame    []byte   // its octets on the wire
	offset   int64    // where the frame begins
	doubtful bool     // a framing error since the last message makes this one doubtful
	pending  []*Sent
	replies  []*Reply // received for a request that nobody has awaited yet
	others   []Message
	nextID   int
	deviated bool   // we broke the rules on purpose: what answers is no longer judged as a reply
	handled  bool   // a spec has dealt with the stream or the connection by itself
	greeting []byte // our hello as it was sent
	ended    error
	endedAt  time.Time
	closing  sync.Once
	rpcs     int
	troubles troubles
}

// New starts reading a stream. The session ends the connection too when it is given one as its own.
func New(stream transport.Stream, own transport.Conn, config Config) *Session {
	if config.Grace <= 0 {
		config.Grace = DefaultGrace
	}
	if config.Name == "" {
		config.Name = "session"
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Limits.Message == 0 {
		config.Limits.Message = messageLimit + largestRead // a message that is too long is for mindLimits
	}
	s := &Session{config: config, stream: check(stream, config.Permit), conn: own, ownConn: own != nil, source: newSource(stream),
		decoder: wire.NewDecoder(wire.EndOfMessage, config.Limits), nextID: 1}
	if config.Witness != nil {
		config.Witness.Opened(s)
	}
	return s
}

// Name is what recordings call the session.
func (s *Session) Name() string { return s.config.Name }

// ID is the session-id of the server's hello as a decimal number, "" before it came or where it gave none
// (RFC 6241 §8.1).
func (s *Session) ID() string {
	if s.hello == nil || s.hello.SessionID == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(s.hello.SessionID), 10)
}

// Hello is the server's hello, nil before it came.
func (s *Session) Hello() *netconf.Hello { return s.hello }

// Framing is the framing in force for the next message (RFC 6242 §4.1).
func (s *Session) Framing() wire.Framing { return s.framing }

// Grace is the limit of an ordinary wait.
func (s *Session) Grace() time.Duration { return s.config.Grace }

// Deviated tells whether we broke the rules on this session on purpose.
func (s *Session) Deviated() bool { return s.deviated }

// RPCs counts the requests sent.
func (s *Session) RPCs() int { return s.rpcs }

// Conn is the connection that the session owns, nil when it shares one.
func (s *Session) Conn() transport.Conn {
	s.handled = true
	return s.conn
}

// Stream is the session's stream, for probes that end it in their own way.
func (s *Session) Stream() transport.Stream {
	s.handled = true
	return s.stream
}

// Note puts a remark into the recording.
func (s *Session) Note(format string, args ...any) {
	if s.config.Tape != nil {
		s.config.Tape.Note(s.config.Name, fmt.Sprintf(format, args...), s.config.Now())
	}
}

// Close ends the session at our end without a word to the server, after it has read what has arrived already.
// It may be called more than once.
func (s *Session) Close() error {
	var err error
	s.closing.Do(func() {
		s.drain()
		s.source.close()
		if s.config.Witness != nil && s.ended == nil {
			s.config.Witness.Ended(s, "closed by the harness")
		}
		err = s.stream.Close()
		if s.ownConn {
			err = errors.Join(err, s.conn.Close())
		}
	})
	if err != nil {
		return fmt.Errorf("closing session %s: %w", s.config.Name, err)
	}
	return nil
}

// Leave ends the session in good order: close-session where the session still takes requests, and then Close.
func (s *Session) Leave(ctx context.Context) error {
	if s.agreed && !s.deviated && s.ended == nil && len(s.pending) == 0 {
		if s.RPC(ctx, netconf.CloseSession()).Normal() {
			s.AwaitEnd(ctx)
		}
	}
	return s.Close()
}
