package reference

// closeSession ends the caller's own session: all is released, then comes ok, then the end (RFC 6241 §7.8).
func (s *session) closeSession(op *input) reply {
	if _, err := s.params(op); err != nil {
		return failed(err)
	}
	s.closing = s.broken("requests-after-close-session-executed")
	s.deaf = s.broken("close-session-leaves-channel-open")
	if s.closing {
		return reply{}
	}
	s.because("close-session")
	s.release()
	if s.broken("close-session-answered-with-data") {
		return dataReply(nil)
	}
	return reply{}
}

// killSession ends another session, whatever it is doing (RFC 6241 §7.9).
func (s *session) killSession(op *input) reply {
	p, err := s.params(op, "session-id")
	if err != nil {
		return failed(err)
	}
	in, err := p.required("session-id")
	if err != nil && s.broken("kill-session-without-id-granted") {
		return reply{}
	}
	if err != nil {
		return failed(err)
	}
	id, err := s.number(in)
	if err != nil {
		return failed(err)
	}
	if id == s.id {
		return s.killSelf(in)
	}
	return s.kill(id, in)
}

// killSelf refuses the caller's own session-id.
func (s *session) killSelf(in *input) reply {
	if s.broken("kill-session-of-own-granted") {
		return reply{}
	}
	return failed(invalidValue(in, "a session cannot kill itself"))
}

// kill ends the session with that id.
func (s *session) kill(id uint32, in *input) reply {
	var victim *session
	r := s.changing(func() []*rpcError {
		victim = s.srv.sessions[id]
		if victim == nil && s.broken("kill-session-of-nobody-granted") || victim != nil && s.spares(victim) {
			victim = nil
			return nil
		}
		if victim == nil {
			return []*rpcError{invalidValue(in, "there is no such session")}
		}
		if s.broken("kill-session-rolls-back") && s.srv.locks[running] == id {
			s.srv.replace(running, victim.found)
		}
		victim.cause = "kill-session"
		victim.releaseLocked()
		return nil
	})
	if victim != nil && !s.broken("kill-session-leaves-channel-open") {
		victim.abort()
	}
	return r
}

// spares tells whether a session is not killed while an operation of it is in progress.
func (s *session) spares(victim *session) bool {
	return victim.busy.Load() && s.broken("kill-session-spares-busy-session")
}
