package reference

import (
	"io"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/wire"
)

// session is one NETCONF session on one channel of its transport. A single goroutine reads, executes and answers, so the
// requests of a session are processed one after the other and answered in order (RFC 6241 §4.5).
type session struct {
	firstRunning *element // for a defect
	stopIdle     func()   // for a defect
	srv          *Server
	profile      profile
	id           uint32
	user         string
	since        time.Time
	transport    string    // as netconf-state has it (RFC 6022 §2.1.4)
	conn         io.Closer // what the channel is on
	channel      channel
	decoder      *wire.Decoder
	message      []byte // what has come of the message being received
	greeted      bool   // the client's hello was accepted
	own          draft  // of a candidate of its own, where the profile has that; guarded by the server's mutex

	ended   chan struct{} // closed when the session is over, for whatever reason
	endOnce sync.Once
	cause   string // of the end: close-session, kill-session, framing-error; "" is loss of the transport

	misdeeds // what defects need to remember
}

// newSession gives a session the next id; ids begin at 1 and none is used twice (RFC 6241 §8.1).
func (s *Server) newSession(user, transport string, conn io.Closer, channel channel) *session {
	sess := &session{srv: s, profile: s.profile, user: user, transport: transport, conn: conn, channel: channel,
		since: s.options.Clock.Now(), ended: make(chan struct{}),
		decoder: wire.NewDecoder(wire.EndOfMessage, wire.Limits{Message: s.options.MaxMessage})}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	sess.id = s.lastID
	s.sessions[sess.id] = sess
	sess.found = s.store.running
	return sess
}

func (s *session) broken(defect string) bool { return s.srv.broken(defect) }

func (s *session) framing() wire.Framing { return s.decoder.Framing() }

// alive tells whether the session has not ended yet.
func (s *session) alive() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// run serves the session from its hello to its end. The hello is sent without waiting for the client's.
func (s *session) run() {
	defer s.end()
	buffer := make([]byte, 32<<10)
	if !s.sendsLate() && !s.broken("hello-waits-for-client") && s.sendHello() != nil {
		return
	}
	for {
		n, err := s.channel.Read(buffer)
		if n > 0 && !s.consume(buffer[:n]) {
			return
		}
		if err != nil {
			s.executeRemains()
			return
		}
	}
}

// consume decodes octets and handles each message that is complete; false ends the session.
func (s *session) consume(octets []byte) bool {
	if s.profile.stub || !s.payDebt() {
		return false
	}
	s.newRead()
	octets = s.mistreated(octets)
	for {
		chunked := s.framing() == wire.Chunked
		n, event := s.decoder.Decode(octets)
		if chunked {
			s.chunks.follow(octets[:n])
			s.minded()
		}
		octets = octets[n:]
		switch event.Kind {
		case wire.None:
			return s.afterRead()
		case wire.Data:
			s.message = append(s.message, event.Data...)
			if !s.executeEarly() {
				return false
			}
		case wire.End:
			s.more = len(octets) > 0
			if !s.complete() {
				return false
			}
			if s.forgetsRest() {
				octets = nil
			}
		case wire.Violated:
			if !s.tolerates(event.Violation, octets) {
				return false
			}
		}
	}
}

// complete handles a message whose end has come.
func (s *session) complete() bool {
	if s.joinsFragments() {
		s.message = append(s.message, wire.EndOfMessageMark...)
		return true
	}
	message := s.message
	s.message = nil
	defer func() { s.chunks.sizes = nil }()
	if s.refusesCut(message) {
		return false
	}
	for _, m := range s.misjoined(message) {
		if !s.receive(m) {
			return false
		}
	}
	return true
}

func (s *session) receive(message []byte) bool {
	if told := s.srv.options.Received; told != nil {
		told(s.id, message)
	}
	if s.deaf || s.ignores() {
		return true
	}
	if !s.greeted {
		return s.greet(message)
	}
	if hostile := s.srv.hostile.befalls(s.srv.requests.Add(1)); hostile != "" {
		return s.mistreat(hostile, message)
	}
	return s.handle(message)
}

// answer sends a reply; false means that the session is over.
func (s *session) answer(req *request, r reply) bool {
	if !s.waitLatency() {
		return false
	}
	s.failed = len(r.errors) > 0
	if s.postponed(req, r) {
		return true
	}
	for range s.times() {
		if !s.send(req, r) {
			return false
		}
	}
	return s.sendLate()
}

func (s *session) send(req *request, r reply) bool {
	frame := s.replyFrame(r)
	return s.writeReply(frame, req, r) == nil && frame.Close() == nil
}

// waitLatency waits as the options say; false means that the session ended meanwhile.
func (s *session) waitLatency() bool {
	if s.srv.options.Latency <= 0 {
		return true
	}
	passed := make(chan struct{})
	stop := s.srv.options.Clock.AfterFunc(s.srv.options.Latency, func() { close(passed) })
	defer stop()
	ended := s.ended
	if !s.alive() {
		ended = nil // by the request itself, which is answered all the same (RFC 6241 §7.8)
	}
	select {
	case <-passed:
		return true
	case <-ended:
		return false
	}
}

// end releases what the session holds and closes its channel, and no more than that: other sessions may be on
// the same connection (RFC 6242 §4.2, §5).
func (s *session) end() {
	s.release()
	s.channel.CloseWrite()
	if s.cause == "close-session" && s.broken("close-session-ends-output-only") {
		return
	}
	s.channel.Close()
}

// abort is end for another goroutine than the session's own, which may be writing: an end of file would follow what
// it writes, a close does not wait.
func (s *session) abort() {
	s.release()
	s.channel.Close()
}

// release gives up locks, an unconfirmed commit and the session-id, whatever ended the session
// (RFC 6241 §7.5, §8.3.5.2, §8.4.1). It may be called again.
func (s *session) release() {
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	s.releaseLocked()
}

// releaseLocked is release for a caller that has the server's mutex.
func (s *session) releaseLocked() {
	s.endOnce.Do(func() {
		close(s.ended)
		delete(s.srv.sessions, s.id)
		s.srv.revertOf(s)
		s.srv.unlockAll(s)
	})
}
