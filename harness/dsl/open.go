package dsl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/onsi/ginkgo/v2"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/transport"
	"github.com/ncspec/ncspec/harness/verdict"
)

// opening is how a session is to be opened.
type opening struct {
	name         string
	capabilities []string
	mute         bool
	second       bool
	fresh        bool
	conn         transport.Conn
}

// OpenOption changes how a session is opened.
type OpenOption func(*opening)

// Named names the session in the recording, such as "holder".
func Named(name string) OpenOption { return func(o *opening) { o.name = name } }

// Announcing makes the client announce just these capabilities.
func Announcing(capabilities ...string) OpenOption {
	return func(o *opening) { o.capabilities = capabilities }
}

// Mute opens the session without a hello in either direction: the spec makes them itself.
func Mute() OpenOption { return func(o *opening) { o.mute = true } }

// AsSecondUser logs in as the target's second user, who has fewer rights.
func AsSecondUser() OpenOption { return func(o *opening) { o.second = true } }

// On opens the session on a connection that is there already.
func On(conn transport.Conn) OpenOption { return func(o *opening) { o.conn = conn } }

// Open opens a session to the target, on a connection of its own unless On says otherwise, and exchanges hellos; or it
// gives one that a spec before has left clean, unless Fresh or another option forbids that, or a session of this spec has
// ended. It is closed when the spec
// is over. Failing is an error of the spec, no verdict on the server.
func Open(ctx context.Context, options ...OpenOption) *session.Session {
	s := current()
	o := opening{}
	for _, option := range options {
		option(&o)
	}
	opened, err := s.open(ctx, o)
	if err != nil {
		fail(fmt.Sprintf("opening a session: %v", err), 1)
	}
	return opened
}

// Connect opens a connection without a session on it; it is closed when the spec is over.
func Connect(ctx context.Context) transport.Conn {
	s := current()
	conn, err := s.run.dial(ctx, s.run.Dialer)
	if err != nil {
		fail(fmt.Sprintf("connecting: %v", err), 1)
	}
	ginkgo.DeferCleanup(func() { _ = conn.Close() })
	return session.CheckedConn(conn, s.run.Guard.Permit)
}

// ConnectTo connects to another address as the same user; the connection is closed when the spec is over.
func ConnectTo(ctx context.Context, address string) (transport.Conn, error) {
	moved, able := current().run.Dialer.(transport.Mover)
	if !able {
		return nil, fmt.Errorf("this transport has one address only")
	}
	return kept(moved.At(address).Dial(ctx))
}

// ConnectAsOddUser connects as the user whose name cannot be written in XML.
func ConnectAsOddUser(ctx context.Context) (transport.Conn, error) {
	return kept(current().run.Odd.Dial(ctx))
}

func kept(conn transport.Conn, err error) (transport.Conn, error) {
	if err != nil {
		return nil, err
	}
	ginkgo.DeferCleanup(func() { _ = conn.Close() })
	return session.CheckedConn(conn, current().run.Guard.Permit), nil
}

// Adopt makes a session of a stream that the spec has opened itself; no hello is exchanged.
func Adopt(stream transport.Stream) *session.Session {
	s := current()
	s.sessions++
	s.run.Counters.Sessions.Add(1)
	opened := session.New(stream, nil, s.run.config(fmt.Sprintf("S%d", s.sessions), s.tape))
	s.run.open.Store(opened, true)
	s.opened = append(s.opened, opened)
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.noting(opened, func() { s.close(ctx, opened) }) })
	return opened
}

func (s *state) open(ctx context.Context, o opening) (*session.Session, error) {
	s.sessions++
	if o.name == "" {
		o.name = fmt.Sprintf("S%d", s.sessions)
	}
	opened, err := s.find(ctx, o)
	if err != nil {
		return nil, err
	}
	s.run.open.Store(opened, true)
	s.opened = append(s.opened, opened)
	ginkgo.DeferCleanup(func(ctx ginkgo.SpecContext) { s.end(ctx, opened, o) })
	return opened, nil
}

// find gives a session that a spec before has left clean, or opens one. Once a session of the spec has ended only a new one
// shows that the server goes on: the end of all others, where it has died, may be on the way.
func (s *state) find(ctx context.Context, o opening) (*session.Session, error) {
	if o.ordinary() && !slices.ContainsFunc(s.opened, gone) {
		if idle := s.run.spares.take(); idle != nil {
			idle.Again(o.name, s.tape)
			return idle, nil
		}
	}
	return s.run.reach(ctx, o, s.tape)
}

// reach opens a session, and exchanges hellos on one that is not mute.
func (r *Run) reach(ctx context.Context, o opening, t session.Tape) (*session.Session, error) {
	open := func() (*session.Session, error) { return r.start(ctx, o, t) }
	if o.mute {
		return open()
	}
	opened, err := r.greeted(ctx, open, o.capabilities...)
	if err != nil {
		return nil, err
	}
	r.Guard.Own(opened.ID())
	return opened, nil
}

// start opens the stream and wraps it.
func (r *Run) start(ctx context.Context, o opening, t session.Tape) (*session.Session, error) {
	conn, own := o.conn, transport.Conn(nil)
	if conn == nil {
		dialer := r.Dialer
		if o.second {
			dialer = r.Second
		}
		dialed, err := r.dial(ctx, dialer)
		if err != nil {
			return nil, err
		}
		conn, own = dialed, dialed
	}
	stream, err := r.stream(ctx, conn)
	if err != nil {
		if own != nil {
			_ = own.Close()
		}
		return nil, err
	}
	return session.New(stream, own, r.config(o.name, t)), nil
}

// stream opens a channel with the subsystem.
func (r *Run) stream(ctx context.Context, conn transport.Conn) (transport.Stream, error) {
	began := time.Now()
	defer func() { r.Counters.Connecting.Add(int64(time.Since(began))) }()
	stream, err := conn.Open(ctx)
	if err == nil {
		r.Counters.Sessions.Add(1)
	}
	return stream, err
}

func (r *Run) config(name string, t session.Tape) session.Config {
	return session.Config{Name: name, Grace: r.Grace(), Settle: r.Settle, HearFirst: r.HearFirst, Limits: r.Limits, Permit: r.Guard.Permit, Witness: r.Monitor, Tape: t, Waited: r.waited}
}

// dial connects. A server that was there before and now refuses connections is tried again for a while: it may be
// starting after a crash that the spec before this one has caused. What trying again cannot mend is final.
func (r *Run) dial(ctx context.Context, d transport.Dialer) (transport.Conn, error) {
	within, cancel := context.WithTimeout(ctx, redial)
	defer cancel()
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		began := time.Now()
		conn, err := d.Dial(within)
		r.Counters.Connecting.Add(int64(time.Since(began)))
		if err == nil {
			r.Counters.Handshakes.Add(1)
			r.outages.over()
			for k, v := range conn.Security() {
				r.security.LoadOrStore(k, v)
			}
			return conn, nil
		}
		if !errors.Is(err, transport.ErrUnreachable) || r.Counters.Handshakes.Load() == 0 {
			return nil, err
		}
		r.outages.refused()
		select {
		case <-ticker.C:
		case <-within.Done():
			return nil, err
		}
	}
}

// end keeps a session after its spec for the next one, or closes it.
func (s *state) end(ctx context.Context, opened *session.Session, o opening) {
	s.noting(opened, func() {
		if !s.keep(ctx, opened, o) {
			s.close(ctx, opened)
			return
		}
		s.run.open.Delete(opened)
		s.count(opened)
	})
}

// close ends a session after its spec. It gives back locks by leaving in good order, as some servers need a while to
// notice a lost connection.
func (s *state) close(ctx context.Context, opened *session.Session) {
	s.run.open.Delete(opened)
	s.lost = s.lost || gone(opened)
	_ = opened.Leave(ctx)
	s.run.Guard.Disown(opened.ID())
	s.count(opened)
}

// count counts what the spec has asked on a session.
func (s *state) count(opened *session.Session) {
	s.run.Counters.RPCs.Add(int64(opened.RPCs()))
	s.answered += len(opened.Replies())
	for _, r := range opened.Replies() {
		if r.Request != nil {
			ginkgo.AddReportEntry(verdict.RPCEntry, verdict.RPC{Operation: operationName(r.Request.Request.Operation),
				Milliseconds: float64(r.Elapsed().Microseconds()) / 1000}, ginkgo.ReportEntryVisibilityNever)
		}
	}
}

// OpenPlain opens a session for the run itself, outside any spec: nothing is asked of the guard.
func (r *Run) OpenPlain(ctx context.Context, name string) (*session.Session, error) {
	return r.greeted(ctx, func() (*session.Session, error) { return r.openMute(ctx, name) })
}

// OpenAsking is OpenPlain with a request in one write with our hello, see session.ExchangeWith.
func (r *Run) OpenAsking(ctx context.Context, name, operation string) (*session.Session, *session.Sent, error) {
	opened, err := r.openMute(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	sent, err := opened.ExchangeWith(ctx, operation)
	if err != nil {
		_ = opened.Close()
		return nil, nil, withoutHello(err)
	}
	r.met.Store(true)
	return opened, sent, nil
}

// openMute opens a session without a hello in either direction.
func (r *Run) openMute(ctx context.Context, name string) (*session.Session, error) {
	conn, err := r.dial(ctx, r.Dialer)
	if err != nil {
		return nil, err
	}
	stream, err := r.stream(ctx, conn)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return session.New(stream, conn, session.Config{Name: name, Grace: r.Grace(), Settle: r.Settle, HearFirst: r.HearFirst,
		Limits: r.Limits, Tape: ear{r.Redactor}, Waited: r.waited}), nil
}

// withoutHello says what can be done where no hello came; one that cannot be read is the server's fault.
func withoutHello(err error) error {
	const advice = "the connection is there: see that a NETCONF server is behind it, and is well"
	unreadable := new(session.Unreadable)
	switch {
	case errors.As(err, &unreadable):
		return err
	case errors.Is(err, io.EOF):
		return fmt.Errorf("the server ended the session instead of saying hello (%w); %s", err, advice)
	}
	return fmt.Errorf("%w; %s", err, advice)
}
