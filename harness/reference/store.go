package reference

// store holds the datastores. Trees are never changed, only replaced, so a pointer is a snapshot.
type store struct {
	running *element
	startup *element
	draft   draft // of the candidate that all sessions share
}

// content gives what a datastore holds.
func (s *store) content(datastore string) *element {
	switch {
	case datastore == startup:
		return s.startup
	case datastore == candidate && s.draft.data != nil:
		return s.draft.data
	}
	return s.running
}

// replace sets what running or startup holds. The caller has the server's mutex.
func (s *Server) replace(datastore string, data *element) {
	if datastore == startup {
		s.store.startup = data
		return
	}
	s.store.running = data
	s.saveUnasked()
}

// snapshot gives what a datastore holds now for the session.
func (s *session) snapshot(datastore string) *element {
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	return s.content(datastore)
}

// datastores lists the datastores that are there.
func (s *Server) datastores() []string {
	var out []string
	for _, d := range []string{running, candidate, startup} {
		if s.hasDatastore(d) {
			out = append(out, d)
		}
	}
	return out
}

// changing runs f while no other session can change anything, unless the session is over already: a request of
// a session that was killed must not take effect any more (RFC 6241 §7.9).
func (s *session) changing(f func() []*rpcError) reply {
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	if !s.alive() {
		return failed(operationFailed("the session was ended"))
	}
	return failed(f()...)
}
