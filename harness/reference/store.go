package reference

// store holds the datastores. Trees are never changed, only replaced, so a pointer is a snapshot.
type store struct {
	running   *element
	startup   *element
	candidate *element // nil while there are no uncommitted changes: then it is what running is
	editor    uint32   // session that changed candidate last
}

// content gives what a datastore holds.
func (s *store) content(datastore string) *element {
	switch {
	case datastore == startup:
		return s.startup
	case datastore == candidate && s.candidate != nil:
		return s.candidate
	}
	return s.running
}

// replace sets what a datastore holds. The caller has the server's mutex.
func (s *Server) replace(datastore string, data *element) {
	switch datastore {
	case startup:
		s.store.startup = data
	case running:
		s.store.running = data
	case candidate:
		s.store.candidate = data
		if equal(data, s.store.running) {
			s.store.candidate = nil
		}
	}
}

// snapshot gives what a datastore holds now.
func (s *Server) snapshot(datastore string) *element {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.content(datastore)
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
