package reference

import "time"

// defaultConfirmTimeout is what holds when confirm-timeout is not given (RFC 6241 §8.4.1).
const defaultConfirmTimeout = 600

// confirmedCommit is one that waits to be confirmed (RFC 6241 §8.4).
type confirmedCommit struct {
	session uint32
	persist *string // the token; nil when the commit ends with its session
	before  *element
	stop    func() // takes back the timeout
	asked   uint64 // requests that the server had got by then
}

// commitRequest holds the parameters of commit.
type commitRequest struct {
	confirmed bool
	timeout   uint32 // seconds
	timed     bool   // confirm-timeout was given
	persist   *input
	persistID *input
}

// commit makes candidate running (RFC 6241 §8.3.4.1, §8.4.5.1).
func (s *session) commit(op *input) reply {
	c, err := s.commitParams(op)
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		if err := s.commitRefused(c); err != nil {
			return []*rpcError{err}
		}
		if wrong := invalid(s.content(candidate)); len(wrong) > 0 {
			s.publishesPart()
			return wrong
		}
		s.publish(c)
		return nil
	})
}

func (s *session) commitParams(op *input) (c commitRequest, err *rpcError) {
	var known []string
	if s.profile.confirmed {
		known = append(known, "confirmed", "confirm-timeout")
	}
	if s.profile.confirmed11 {
		known = append(known, "persist", "persist-id")
	}
	p, err := s.params(op, known...)
	if err != nil {
		return c, err
	}
	c = commitRequest{confirmed: p.values["confirmed"] != nil, timeout: defaultConfirmTimeout, persist: p.values["persist"],
		persistID: p.values["persist-id"]}
	if err := s.isEmpty(p.values["confirmed"]); err != nil {
		return c, err
	}
	if in := p.values["confirm-timeout"]; in != nil {
		c.timed = true
		if in.content() == "" && s.broken("confirm-timeout-of-nothing-accepted") {
			return c, nil
		}
		c.timeout, err = s.number(in)
	}
	return c, err
}

// commitRefused gives the reason not to commit. The caller has the server's mutex.
func (s *session) commitRefused(c commitRequest) *rpcError {
	for _, datastore := range []string{candidate, running} {
		if err := s.blocked(datastore, "commit"); err != nil {
			return err
		}
	}
	if err := s.partBlocked(running, s.srv.store.running, s.content(candidate)); err != nil {
		return err
	}
	if err := s.mayPublish(c); err != nil {
		return err
	}
	if err := s.refusesCommit(c); err != nil || s.takesForeign(c) {
		return err
	}
	return s.notMine(c.persistID)
}

// notMine refuses to follow up, confirm or cancel the pending commit of another: without a token it belongs to
// its session, with one to all who know the token (RFC 6241 §8.4.1, §8.4.4.1).
func (s *session) notMine(persistID *input) *rpcError {
	pending := s.srv.pending
	switch {
	case persistID != nil && (pending == nil || pending.persist == nil || *pending.persist != persistID.text):
		return invalidValue(persistID, "no confirmed commit with this persist-id is pending")
	case pending == nil || persistID != nil:
		return nil
	case pending.persist != nil:
		return plain(protocolLayer, "invalid-value", "the pending commit wants its persist-id")
	case pending.session != s.id:
		return inUse("another session has a confirmed commit pending")
	}
	return nil
}

// publish carries the commit out.
func (s *session) publish(c commitRequest) {
	before := s.srv.store.running
	keeps := s.keepsPeriod(c, s.draft().data != nil)
	if changed := s.draft(); changed.data != nil {
		if s.broken("commit-publishes-one-of-two-changes") {
			changed.data = oneChange(before, changed.data)
		}
		s.srv.store.running, changed.data = changed.data, nil
		s.srv.saveUnasked()
		if s.broken("commit-leaves-candidate-modified") {
			changed.data = s.srv.store.running
		}
	}
	s.afterCommit(!c.confirmed && s.srv.pending != nil)
	if keeps {
		return
	}
	if pending := s.srv.pending; pending != nil {
		if !s.broken("follow-up-overwrites-original") {
			before = pending.before
		}
		s.srv.stopPending()
		s.overruled = before
	}
	if !c.confirmed {
		return
	}
	pending := &confirmedCommit{session: s.id, before: before, asked: s.srv.requests.Load()}
	if c.persist != nil {
		pending.persist = &c.persist.text
	} else if c.persistID != nil {
		pending.persist = &c.persistID.text
	}
	timeout := time.Duration(s.mistimed(c)) * time.Second
	pending.stop = s.srv.options.Clock.AfterFunc(timeout, func() { s.srv.timedOut(pending) })
	s.srv.pending = pending
}

// stopPending makes the pending commit, if any, permanent. The caller has the server's mutex.
func (s *Server) stopPending() {
	if s.pending != nil {
		s.pending.stop()
		s.pending = nil
	}
}

// timedOut reverts a commit that nobody confirmed in time.
func (s *Server) timedOut(c *confirmedCommit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.pending != c:
	case s.endsOnTime(c):
		s.revert()
	default:
		s.stopPending()
	}
}

// revert restores running as it was before the pending commit. The caller has the server's mutex.
func (s *Server) revert() {
	s.store.running = s.pending.before
	s.stopPending()
}

// revertOf reverts the pending commit of a session that ends, unless it was to persist (RFC 6241 §8.4.1).
func (s *Server) revertOf(sess *session) {
	if s.pending == nil || s.misrevert(sess) || s.pending.session != sess.id || s.pending.persist != nil {
		return
	}
	s.revert()
}

// cancelCommit reverts the pending commit (RFC 6241 §8.4.4.1).
func (s *session) cancelCommit(op *input) reply {
	p, err := s.params(op, "persist-id")
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		if done, err := s.miscancels(p.values["persist-id"]); done {
			return failures(err)
		}
		if err := s.notMine(p.values["persist-id"]); err != nil {
			return []*rpcError{err}
		}
		if s.srv.pending == nil {
			return []*rpcError{operationFailed("no confirmed commit is pending")}
		}
		s.srv.revert()
		return nil
	})
}

// discardChanges makes candidate what running is (RFC 6241 §8.3.4.2).
func (s *session) discardChanges(op *input) reply {
	if _, err := s.params(op); err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		if err := s.blocked(candidate, "discard-changes"); err != nil {
			return []*rpcError{err}
		}
		if done, err := s.misdiscards(); done {
			return failures(err)
		}
		s.draft().data = nil
		return nil
	})
}
