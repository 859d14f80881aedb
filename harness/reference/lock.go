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
		if _, held := s.srv.locks[s.lockName(target)]; !held {
			s.srv.locks[s.lockName(target)] = s.id
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
	holder, locked := s.srv.locks[s.lockName(target)]
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
		s.free(s.lockName(target))
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
	target, err := s.member(p, "target", s.taking(s.srv.datastores(), "startup-not-lockable", startup)...)
	if err != nil {
		return "", err
	}
	return target.local, nil
}

// lockRefused gives the reason not to grant a lock. The caller has the server's mutex.
func (s *session) lockRefused(target string) *rpcError {
	holder, locked := s.srv.locks[s.lockName(target)]
	if s.broken("lock-covers-all-datastores") && len(s.srv.locks) > 0 && !locked {
		return inUse("another datastore is locked")
	}
	if locked && !s.takesHeld(holder) {
		s.noteDenied(target)
		return lockDenied(s.namedHolder(holder))
	}
	if s.misdeniesCandidate(target) {
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
	return holder != 0 && (s.broken("lock-granted-twice") || s.broken("old-server-grants-held-lock"))
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
	if s.draft().editor == s.id {
		ignoring = "own-modified-candidate-locked"
	}
	if s.draft().data != nil && !s.broken(ignoring) {
		return operationFailed("candidate has changes that are neither committed nor discarded")
	}
	return nil
}

// free takes a lock away, by the name it is known by. What was changed in a locked candidate and not committed goes with
// it (RFC 6241 §8.3.5.2).
func (s *session) free(name string) {
	delete(s.srv.locks, name)
	s.misfree(name)
	if name == s.lockName(candidate) && !s.keepsChanges() {
		s.draft().data = nil
	}
}

// unlockAll frees all that a session has locked. The caller has the server's mutex.
func (s *Server) unlockAll(sess *session) {
	for name, holder := range s.locks {
		if holder == sess.id && !(name == running && sess.keepsLocks()) {
			sess.free(name)
		}
		if holder != sess.id && sess.releasesOf(name, holder) {
			sess.free(name)
		}
	}
	s.unlockParts(sess.id)
}
