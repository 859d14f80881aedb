package reference

// closeSession ends the caller's own session: all is released, then comes ok, then the end (RFC 6241 §7.8).
func (s *session) closeSession(op *input) reply {
	if _, err := s.params(op); err != nil {
		return failed(err)
	}
	s.release()
	return reply{}
}

// killSession ends another session, whatever it is doing (RFC 6241 §7.9).
func (s *session) killSession(op *input) reply {
	p, err := s.params(op, "session-id")
	if err != nil {
		return failed(err)
	}
	in, err := p.required("session-id")
	if err != nil {
		return failed(err)
	}
	id, err := p.number(in)
	if err != nil {
		return failed(err)
	}
	if id == s.id {
		return failed(invalidValue(in, "a session cannot kill itself"))
	}
	var victim *session
	r := s.changing(func() []*rpcError {
		if victim = s.srv.sessions[id]; victim == nil {
			return []*rpcError{invalidValue(in, "there is no such session")}
		}
		victim.releaseLocked()
		return nil
	})
	if victim != nil {
		victim.end()
	}
	return r
}
