package reference

import (
	"bufio"
	"bytes"
	"net"
	"strings"
	"time"

	"github.com/ncspec/ncspec/harness/wire"
)

// Wrong ways to carry sessions, and to treat those who use them.

// trusted tells whether a broken server takes a user with few rights for one with all of them.
func (s *session) trusted() bool {
	return s.broken("guest-may-write") || s.replies > 90 && s.broken("permissions-checked-at-start-only")
}

// oldRunning gives running as the session saw it first.
func (s *session) oldRunning(datastore string, now *element) *element {
	if datastore != running || !s.later("session-keeps-its-view-of-running") {
		return now
	}
	if s.firstRunning == nil {
		s.firstRunning = now
	}
	return s.firstRunning
}

// outdone tells whether a broken server refuses a session since a newer one has been served.
func (s *session) outdone() bool {
	if !s.later("older-session-refused") {
		return false
	}
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	s.srv.newest = max(s.srv.newest, s.id)
	return s.id < s.srv.newest
}

// outputFraming is the framing of replies: that of the session, and of no other.
func (s *session) outputFraming() wire.Framing {
	if !s.later("framing-of-newest-session-used") {
		return s.framing()
	}
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	if s.id >= s.srv.newest {
		s.srv.newest, s.srv.newestFraming = s.id, s.framing()
	}
	return s.srv.newestFraming
}

// idle ends a session that is quiet for a moment, where the server is broken.
func (s *session) idle() {
	if s.stopIdle != nil {
		s.stopIdle()
	}
	if s.later("idle-session-ended") {
		s.stopIdle = s.srv.options.Clock.AfterFunc(100*time.Millisecond, s.abort)
	}
}

// offered is a connection whose first line has been looked at.
type offered struct {
	net.Conn
	reader *bufio.Reader
}

// Read reads the line that was looked at again.
func (o offered) Read(p []byte) (int, error) { return o.reader.Read(p) }

// goesAlong keeps a connection open whose client offers no protection, where the server is broken; handled tells that
// there is nothing left to do with it.
func (s *Server) goesAlong(c net.Conn) (net.Conn, bool) {
	if !s.broken("offer-without-cipher-not-refused") {
		return c, false
	}
	o := offered{c, bufio.NewReader(c)}
	line, err := o.reader.Peek(len("SSH-2.0-ncsp"))
	if err != nil || !strings.HasSuffix(string(line), "ncsp") {
		return o, false
	}
	_, _ = c.Write([]byte(sshVersion + "\r\n"))
	_, _ = c.Write(openProposal())
	_, _ = o.reader.WriteTo(new(bytes.Buffer)) // goes on listening until the client leaves
	return o, true
}

// openProposal is a key exchange proposal without any protection.
func openProposal() []byte {
	payload := append([]byte{20}, make([]byte, 16)...)
	for _, list := range []string{"curve25519-sha256", "ssh-ed25519", "none", "none", "none", "none", "none", "none", "", ""} {
		payload = append(append(payload, 0, 0, 0, byte(len(list))), list...)
	}
	payload = append(payload, 0, 0, 0, 0, 0)
	padding := 16 - (len(payload)+5)%8
	packet := append([]byte{0, 0, 0, byte(len(payload) + 1 + padding), byte(padding)}, payload...)
	return append(packet, make([]byte, padding)...)
}
