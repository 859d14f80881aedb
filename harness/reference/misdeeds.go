package reference

import (
	"sync/atomic"

	"github.com/ncspec/ncspec/harness/wire"
)

// misdeeds is what a session has to remember for the sake of defects. A correct server needs none of it.
type misdeeds struct {
	chunks   chunkWatch
	messages int  // received, the hello included
	replies  int  // sent
	more     bool // octets behind the message at hand have come with it
	deaf     bool // what comes is read and ignored
	closing  bool // the session ends when what has come is executed
	early    bool // the message at hand was executed before its end
	failed   bool // a request of this read failed
	awaited  bool // something has come from the client
	owed     string
	kept     []byte
	stale    *store // the datastores when this read began
	late     func() bool
	twice    bool            // the reply at hand is sent twice
	asleep   atomic.Bool     // what comes is lost
	busy     atomic.Bool     // in an operation that takes time, or with more to do
	denied   map[string]bool // locks asked for in vain; guarded by the server's mutex, as is found
	found    *element        // running when the session began

	overruled *element // what was to come back of the confirmed commit that the last commit followed
	ghost     *element // shown once in place of running
}

// later tells whether a defect is built in that keeps a client from using the server at all. It spares the three
// sessions that a run of the suites begins with, so that the run gets as far as its specs.
func (s *session) later(defect string) bool { return s.id > 3 && s.broken(defect) }

// newRead begins a read.
func (s *session) newRead() {
	s.failed = false
	if s.broken("pipelined-reads-see-old-data") {
		s.srv.mu.Lock()
		defer s.srv.mu.Unlock()
		now := s.srv.store
		s.stale = &now
	}
}

// afterRead ends a read; false ends the session.
func (s *session) afterRead() bool {
	return !s.closing && !s.impatient() && s.sendLate()
}

// executeEarly executes a message as soon as its root is closed.
func (s *session) executeEarly() bool {
	if !s.broken("requests-executed-before-end") || !s.greeted || s.early || s.faults(s.message) != "" {
		return true
	}
	s.early = true
	return s.handle(append([]byte(nil), s.message...))
}

// executeRemains executes a message whose end has never come.
func (s *session) executeRemains() {
	if s.broken("message-executed-at-channel-end") && s.greeted && len(s.message) > 0 {
		s.handle(s.message)
	}
}

// ignores tells whether a message is neither executed nor answered.
func (s *session) ignores() bool {
	s.messages++
	if s.early {
		s.early = false
		return true
	}
	return s.failed && s.broken("error-drops-pipelined-requests")
}

// forgetsRest tells whether what has come behind a message is lost.
func (s *session) forgetsRest() bool {
	switch {
	case s.messages == 1:
		return s.broken("octets-behind-hello-lost")
	case s.framing() == wire.Chunked:
		return s.broken("octets-behind-message-lost") || s.broken("rest-of-record-lost")
	}
	return s.broken("octets-behind-end-mark-lost")
}

// times tells how often a reply is sent: once.
func (s *session) times() int {
	if s.twice || s.replies == 39 && s.broken("fortieth-reply-sent-twice") {
		return 2
	}
	return 1
}

// postponed keeps the reply to a long operation until a later one has been sent.
func (s *session) postponed(req *request, r reply) bool {
	if !s.more || s.late != nil || !req.is("get") || !s.broken("reply-overtaken-by-next") && !s.broken("tls-reply-overtaken-by-next") {
		return false
	}
	s.late = func() bool { return s.send(req, r) }
	return true
}

// sendLate sends the reply that was postponed.
func (s *session) sendLate() bool {
	late := s.late
	s.late = nil
	return late == nil || late()
}

// because notes why the session is about to end.
func (s *session) because(cause string) {
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	s.cause = cause
}

// keepsLocks tells whether a session's lock on running outlives it. The caller has the server's mutex.
func (s *session) keepsLocks() bool {
	switch {
	case s.cause == "framing-error":
		return s.broken("framing-error-keeps-lock")
	case !s.srv.awaits(running):
		return false
	case s.cause == "close-session":
		return s.broken("close-session-keeps-lock")
	case s.cause == "kill-session":
		return s.broken("kill-session-keeps-lock")
	}
	return s.broken("transport-loss-keeps-lock")
}

// awaits tells whether a session that is open was denied the lock on a datastore.
func (s *Server) awaits(datastore string) bool {
	for _, other := range s.sessions {
		if other.denied[datastore] {
			return true
		}
	}
	return false
}

// releasesOf tells whether the end of a session releases a lock of another: none does. Locks that have outlived their
// session end with the one that waited for them, so that they leave other checks alone.
func (s *session) releasesOf(datastore string, holder uint32) bool {
	if !s.denied[datastore] {
		return false
	}
	_, open := s.srv.sessions[holder]
	outlived := holder != 0 && !open
	return outlived || s.cause == "" && s.broken("loss-of-denied-session-releases-lock")
}
