package reference

// lock locks a whole datastore (RFC 6241 §7.5).
func (s *session) lock(op *input) reply {
	target, err := s.lockTarget(op)
	if err != nil {
		return failed(err)
	}
	r := s.changing(func() []*rpcError {
		if err := s.lockRefused(target); err != nil {
			return []*rpcError{err}
		}
		if _, held := s.srv.locks[target]; !held {
			s.srv.locks[target] = s.id
		}
		return nil
	})
	return s.withData(r, "failed-lock-answered-with-data-too")
}

// unlock releases a lock of this session (RFC 6241 §7.6).
func (s *session) unlock(op *input) reply {
	target, err := s.lockTarget(op)
	if err != nil {
		return failed(err)
	}
	r := s.changing(func() []*rpcError { return s.giveUp(target) })
	return s.withData(r, "failed-unlock-answered-with-data-too")
}

// giveUp releases one lock. The caller has the server's mutex.
func (s *session) giveUp(target string) []*rpcError {
	holder, locked := s.srv.locks[target]
	if !locked && s.broken("unlock-ignores-target") && s.holdsAny() {
		s.srv.unlockAll(s)
		return nil
	}
	if !locked && !s.broken("unlock-without-lock-granted") {
		return []*rpcError{operationFailed(target + " is not locked")}
	}
	if locked && holder != s.id && !s.broken("unlock-of-others-granted") {
		return []*rpcError{operationFailed("the lock on " + target + " is not yours")}
	}
	if locked && !s.later("unlock-without-effect") {
		s.srv.unlock(target)
	}
	return nil
}

// holdsAny tells whether the session has locked any datastore. The caller has the server's mutex.
func (s *session) holdsAny() bool {
	for _, holder := range s.srv.locks {
		if holder == s.id {
			return true
		}
	}
	return false
}

// withData adds data to an error, which no lock or unlock has, for a defect.
func (s *session) withData(r reply, defect string) reply {
	if len(r.errors) > 0 && s.broken(defect) {
		r.body = func(x *xmlWriter) { x.empty("data") }
	}
	return r
}

func (s *session) lockTarget(op *input) (string, *rpcError) {
	p, err := s.params(op, "target")
	if err != nil {
		return "", err
	}
	if in := p.values["target"]; (in == nil || len(in.children) == 0) && s.broken(op.local+"-without-target-granted") {
		return running, nil
	}
	target, err := s.member(p, "target", s.srv.datastores()...)
	if err != nil {
		return "", err
	}
	return target.local, nil
}

// lockRefused gives the reason not to grant a lock. The caller has the server's mutex.
func (s *session) lockRefused(target string) *rpcError {
	holder, locked := s.srv.locks[target]
	if s.broken("lock-covers-all-datastores") && len(s.srv.locks) > 0 && !locked {
		return inUse("another datastore is locked")
	}
	if locked && !s.takesHeld(holder) {
		s.noteDenied(target)
		return lockDenied(s.namedHolder(holder))
	}
	switch target {
	case running:
		return s.runningRefused()
	case candidate:
		return s.candidateRefused()
	}
	return nil
}

// takesHeld tells whether a lock is granted that is held already. None is.
func (s *session) takesHeld(holder uint32) bool {
	if holder == s.id {
		return s.broken("own-lock-granted-again")
	}
	return holder != 0 && s.broken("lock-granted-twice")
}

// namedHolder is the session-id that lock-denied names: the holder's.
func (s *session) namedHolder(holder uint32) uint32 {
	if holder == 0 && s.broken("outside-lock-named-as-session") {
		return s.id
	}
	if holder != 0 && holder != s.id && s.broken("lock-denied-names-requester") {
		return s.id
	}
	return holder
}

func (s *session) noteDenied(target string) {
	if s.denied == nil {
		s.denied = map[string]bool{}
	}
	s.denied[target] = true
}

func (s *session) runningRefused() *rpcError {
	if s.broken("lock-on-running-refused") {
		return operationFailed("running cannot be locked")
	}
	if p := s.srv.partOfOther(s.id); p != nil && !s.broken("partial-lock-ignored-by-lock") {
		return lockDenied(p.holder)
	}
	pending := s.srv.pending
	if pending != nil && pending.session != s.id && !s.broken("pending-commit-ignored-by-lock") {
		return inUse("another session has a confirmed commit pending")
	}
	return nil
}

func (s *session) candidateRefused() *rpcError {
	ignoring := "modified-candidate-locked-by-other"
	if s.srv.store.editor == s.id {
		ignoring = "own-modified-candidate-locked"
	}
	if s.srv.store.candidate != nil && !s.broken(ignoring) {
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
		if holder == sess.id && !(datastore == running && sess.keepsLocks()) {
			s.unlock(datastore)
		}
		if holder != sess.id && sess.releasesOf(datastore, holder) {
			s.unlock(datastore)
		}
	}
	s.unlockParts(sess.id)
}
