package reference

import "strings"

// What defects do to candidate, commit and confirmed commits. A correct server needs none of it. Callers have the
// server's mutex, unless it says otherwise.

// brokenToo tells whether one of two defects is built in that are the same, one of them for a server of base:1.0.
func (s *session) brokenToo(defect, old string) bool { return s.broken(defect) || s.broken(old) }

// refusesCommit refuses a commit that is to be taken.
func (s *session) refusesCommit(c commitRequest) *rpcError {
	pending, changes := s.srv.pending, s.draft().data != nil
	foreign := pending != nil && pending.session != s.id
	switch {
	case pending == nil && c.persistID == nil && !c.confirmed && !changes && s.broken("commit-of-nothing-refused"):
		return operationFailed("there is nothing to commit")
	case pending == nil:
		return nil
	case !c.confirmed && changes && s.brokenToo("confirming-commit-with-changes-refused", "old-confirming-commit-with-changes-refused"):
		return operationFailed("a confirming commit changes nothing")
	case c.confirmed && changes && s.broken("follow-up-with-changes-refused"):
		return operationFailed("a follow-up changes nothing")
	case c.confirmed && s.broken("old-second-confirmed-commit-refused"):
		return operationFailed("a confirmed commit is pending already")
	case c.persistID == nil:
		return nil
	case foreign && !c.confirmed && s.broken("persistent-commit-confirmed-by-own-session-only"),
		foreign && c.confirmed && s.broken("persistent-commit-followed-up-by-own-session-only"),
		strings.Contains(c.persistID.text, "<") && s.broken("token-with-markup-not-recognised"):
		return invalidValue(c.persistID, "no confirmed commit with this persist-id is pending")
	}
	return nil
}

// takesForeign tells whether a commit is taken that must not confirm or follow up what is pending.
func (s *session) takesForeign(c commitRequest) bool {
	pending := s.srv.pending
	switch {
	case pending == nil:
		return false
	case pending.persist == nil && c.persistID == nil && !c.confirmed:
		return s.broken("commit-of-another-session-confirms")
	case pending.persist == nil && c.persistID == nil:
		return s.broken("follow-up-of-another-session-taken")
	case pending.persist != nil && c.persistID == nil && !c.confirmed:
		return s.broken("persistent-commit-confirmed-without-persist-id")
	}
	return pending.persist != nil && c.persistID != nil && s.broken("commit-with-wrong-persist-id-confirms")
}

// keepsPeriod tells whether a commit that confirms or follows up leaves the period as it is.
func (s *session) keepsPeriod(c commitRequest, changes bool) bool {
	switch {
	case s.srv.pending == nil || changes || c.persistID != nil:
		return false
	case !c.confirmed:
		return s.broken("confirming-commit-keeps-timer")
	case c.timed:
		return s.broken("follow-up-keeps-timer")
	}
	return s.broken("follow-up-without-timeout-keeps-timer")
}

// mistimed gives the seconds that a confirmed commit waits.
func (s *session) mistimed(c commitRequest) uint32 {
	if !c.timed && s.broken("default-confirm-timeout-of-three-seconds") {
		return 3
	}
	if c.timed && s.brokenToo("confirm-timeout-taken-as-minutes", "old-confirm-timeout-taken-as-minutes") {
		return c.timeout * 60
	}
	if c.timeout >= 1<<31 && s.broken("longest-confirm-timeout-is-over-at-once") {
		return 0
	}
	return c.timeout
}

// afterCommit does what a commit has nothing to do with.
func (s *session) afterCommit(confirms bool) {
	if s.srv.locks[running] == s.id && s.broken("commit-ends-lock-on-running") {
		delete(s.srv.locks, running)
	}
	if confirms && s.broken("confirming-commit-saves-startup") {
		s.srv.store.startup = s.srv.store.running
	}
}

// publishesPart lets what is valid by itself in a candidate that is not valid reach running.
func (s *session) publishesPart() {
	if !s.broken("failed-commit-publishes-part") {
		return
	}
	for _, top := range s.content(candidate).children {
		if whole := s.srv.store.running.with(top); len(invalid(whole)) == 0 {
			s.srv.store.running = whole
		}
	}
}

// oneChange gives before with the first of several changes that after has below its top-level nodes, and after where
// there is one only.
func oneChange(before, after *element) *element {
	var first *element
	changes := 0
	for _, top := range after.children {
		was := orEmpty(before.instance(top), top.schema)
		for _, c := range top.children {
			if !equal(was.instance(c), c) {
				if changes++; changes == 1 {
					first = before.with(was.with(c))
				}
			}
		}
	}
	if changes > 1 {
		return first
	}
	return after
}

// manyRequests is what no client asks while it merely waits for a timeout.
const manyRequests = 60

// endsOnTime tells whether a confirmed commit is reverted when its time is over.
func (s *Server) endsOnTime(c *confirmedCommit) bool {
	_, locked := s.locks[running]
	busy := s.requests.Load()-c.asked > manyRequests
	return !(locked && s.broken("lock-stops-reversion") || busy && s.broken("requests-stop-reversion"))
}

// misrevert does to the pending commit what the end of a session must not do; true where that is all.
func (s *Server) misrevert(sess *session) bool {
	own, persists := s.pending.session == sess.id, s.pending.persist != nil
	switch {
	case own && persists && s.broken("persistent-commit-ends-with-session"),
		!own && !persists && s.broken("end-of-another-session-reverts-commit"):
		s.revert()
	case own && persists && s.broken("persistent-commit-of-ended-session-never-times-out"):
		s.pending.stop()
	case own && !persists && sess.cause == "" && s.broken("transport-loss-confirms-commit"),
		own && !persists && s.broken("old-session-end-confirms-commit"),
		own && !persists && sess.cause != "" && s.broken(sess.cause+"-confirms-commit"):
		s.stopPending()
	default:
		return false
	}
	return true
}

// miscancels does to the pending commit what cancel-commit must not do, and tells the outcome; done is false where that
// is nothing.
func (s *session) miscancels(persistID *input) (done bool, err *rpcError) {
	pending := s.srv.pending
	if pending == nil {
		if s.overruled != nil && s.broken("cancel-commit-reverts-what-is-confirmed") {
			s.srv.store.running = s.overruled
			return true, nil
		}
		return false, nil
	}
	own, persists := pending.session == s.id, pending.persist != nil
	switch {
	case own && !persists && persistID == nil && s.broken("cancel-commit-confirms"):
		s.srv.stopPending()
		return true, nil
	case !own && persists && persistID != nil && s.broken("persistent-commit-cancelled-by-own-session-only"):
		return true, invalidValue(persistID, "no confirmed commit with this persist-id is pending")
	case !own && !persists && persistID == nil && s.broken("cancel-commit-of-another-session-granted"),
		own && !persists && persistID != nil && s.broken("needless-persist-id-ignored"),
		own && persists && persistID == nil && s.broken("persistent-commit-cancelled-without-persist-id"),
		persists && persistID != nil && strings.EqualFold(persistID.text, *pending.persist) && s.broken("persist-id-compared-without-case"):
		s.srv.revert()
		return true, nil
	}
	return false, nil
}

// pretends tells whether an operation is answered with ok that the server does not have.
func (s *session) pretends(in *input) bool {
	return in.local == "commit" && s.broken("commit-without-candidate-granted") ||
		in.local == "discard-changes" && s.broken("discard-changes-without-candidate-granted") ||
		in.local == "cancel-commit" && s.broken("cancel-commit-without-capability-granted") ||
		in.local == "validate" && s.broken("validate-without-capability")
}

// misdiscards discards in a wrong way; done is false where it does not.
func (s *session) misdiscards() (done bool, err *rpcError) {
	d := s.draft()
	switch {
	case d.data == nil && s.later("discard-of-nothing-refused"):
		return true, operationFailed("there is nothing to discard")
	case d.data != nil && s.later("discard-changes-spares-one-change"):
		if left := oneChange(s.srv.store.running, d.data); left != d.data {
			d.data = left
			return true, nil
		}
	case d.data != nil && s.later("discarded-changes-shown-in-running"):
		s.ghost = d.data
	}
	return false, nil
}

// losesEdit tells whether an edit of candidate is lost: the first request of a session is. It needs no mutex.
func (s *session) losesEdit(target string) bool {
	return target == candidate && s.messages == 2 && s.broken("edit-as-first-request-lost")
}

// keepsChanges tells whether the changes in candidate outlive its lock.
func (s *session) keepsChanges() bool {
	switch {
	case s.alive():
		return s.broken("unlock-keeps-changes")
	case s.cause == "close-session":
		return s.broken("close-session-keeps-changes")
	}
	return s.broken("session-failure-keeps-changes")
}

// misfree does to configurations what the release of a lock must not do.
func (s *session) misfree(name string) {
	if name == running && s.alive() && s.broken("unlock-of-running-discards-candidate") {
		s.draft().data = nil
	}
	if name == s.lockName(candidate) && s.alive() && s.broken("unlock-takes-back-commit") {
		s.srv.store.running = s.found
	}
}

// misdeniesCandidate tells whether the lock on candidate is refused to a session for having been denied before.
func (s *session) misdeniesCandidate(target string) bool {
	return target == candidate && s.denied[candidate] && s.broken("denied-lock-on-candidate-stays-denied")
}

// misnamed changes how the hello names the capabilities that have to do with candidate.
func (s *session) misnamed(claims []string) []string {
	switch {
	case s.broken("candidate-capability-misspelt"):
		return append(without(claims, urn+"candidate:1.0"), urn+"candidate")
	case s.broken("confirmed-commit-capability-misspelt"):
		return append(without(claims, urn+"confirmed-commit:1.1"), urn+"confirm-commit:1.1")
	case s.broken("confirmed-commit-not-announced"):
		return without(claims, urn+"confirmed-commit:1.1")
	}
	return claims
}

// gotten is the datastore whose configuration get gives: running (RFC 6241 §7.7).
func (s *session) gotten() string {
	if s.broken("get-shows-candidate") && s.profile.candidate {
		return candidate
	}
	return running
}

// failures makes a list of an error that may be nil.
func failures(err *rpcError) []*rpcError {
	if err == nil {
		return nil
	}
	return []*rpcError{err}
}
