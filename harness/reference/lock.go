package reference

// lock locks a whole datastore (RFC 6241 §7.5).
func (s *session) lock(op *input) reply {
	target, err := s.lockTarget(op)
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		if err := s.lockRefused(target); err != nil {
			return []*rpcError{err}
		}
		s.srv.locks[target] = s.id
		return nil
	})
}

// unlock releases a lock of this session (RFC 6241 §7.6).
func (s *session) unlock(op *input) reply {
	target, err := s.lockTarget(op)
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		holder, locked := s.srv.locks[target]
		if !locked {
			return []*rpcError{operationFailed(target + " is not locked")}
		}
		if holder != s.id {
			return []*rpcError{operationFailed("the lock on " + target + " is not yours")}
		}
		s.srv.unlock(target)
		return nil
	})
}

func (s *session) lockTarget(op *input) (string, *rpcError) {
	p, err := s.params(op, "target")
	if err != nil {
		return "", err
	}
	target, err := s.member(p, "target", s.srv.datastores()...)
	if err != nil {
		return "", err
	}
	return target.local, nil
}

// lockRefused gives the reason not to grant a lock. The caller has the server's mutex.
func (s *session) lockRefused(target string) *rpcError {
	if holder, locked := s.srv.locks[target]; locked {
		return lockDenied(holder)
	}
	if target == running {
		if p := s.srv.partOfOther(s.id); p != nil {
			return lockDenied(p.holder)
		}
		if s.srv.pending != nil && s.srv.pending.session != s.id {
			return inUse("another session has a confirmed commit pending")
		}
	}
	if target == candidate && s.srv.store.candidate != nil {
		return operationFailed("candidate has changes that are neither committed nor discarded")
	}
	return nil
}

// unlock frees a datastore. What was changed in a locked candidate and not committed goes with the lock
// (RFC 6241 §8.3.5.2).
func (s *Server) unlock(datastore string) {
	delete(s.locks, datastore)
	if datastore == candidate {
		s.store.candidate = nil
	}
}

// unlockAll frees all that a session has locked. The caller has the server's mutex.
func (s *Server) unlockAll(sess *session) {
	for datastore, holder := range s.locks {
		if holder == sess.id {
			s.unlock(datastore)
		}
	}
	s.unlockParts(sess.id)
}
