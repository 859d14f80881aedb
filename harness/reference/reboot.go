package reference

import "net"

// Reboot does what switching a device off and on does: all sessions end without a word, running becomes what startup
// holds, or loses no more than an unconfirmed commit where there is no startup, and locks and the changes to candidate
// are gone (RFC 6241 §8.4.1, §8.7.1). Session-ids go on. When it returns, NETCONF is served again.
func (s *Server) Reboot() {
	s.forget()
	s.connections.Lock()
	defer s.connections.Unlock()
	for c := range s.connections.open {
		reset(c)
	}
}

// forget puts the server's memory into the state after a boot.
func (s *Server) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sess := range s.sessions {
		sess.releaseLocked()
	}
	if s.pending != nil && s.broken("reboot-confirms-commit") {
		s.store.startup = s.store.running
		s.stopPending()
	}
	if s.pending != nil {
		s.revert()
	}
	if s.profile.startup && !s.broken("startup-not-loaded-at-boot") {
		s.store.running = s.store.startup
	}
	s.store.draft = draft{}
	clear(s.locks)
	s.partial = nil
}

// reset ends a connection as a device does that has lost power and answers again: with a TCP reset.
func reset(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	c.Close()
}
