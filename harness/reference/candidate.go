package reference

import "strconv"

// draft holds the changes to candidate that are not committed.
type draft struct {
	data   *element // nil while there are none: then candidate is what running is
	editor uint32   // session that changed it last
}

// draft gives the changes that the session sees in candidate: the server's, or its own where the profile has a candidate
// for each session (RFC 6241 §8.3.1 allows both). The caller has the server's mutex.
func (s *session) draft() *draft {
	if s.profile.private {
		return &s.own
	}
	return &s.srv.store.draft
}

// content gives what a datastore holds for the session. The caller has the server's mutex.
func (s *session) content(datastore string) *element {
	switch {
	case datastore == startup:
		return s.srv.store.startup
	case datastore == candidate && s.draft().data != nil:
		return s.draft().data
	}
	return s.srv.store.running
}

// replace sets what a datastore holds. The caller has the server's mutex.
func (s *session) replace(datastore string, data *element) {
	if datastore != candidate {
		s.srv.replace(datastore, data)
		return
	}
	d := s.draft()
	d.data, d.editor = data, s.id
	if equal(data, s.srv.store.running) {
		d.data = nil
	}
}

// lockName is what a datastore's lock is known by: a candidate for one session alone is locked for that session alone.
func (s *session) lockName(datastore string) string {
	if datastore == candidate && s.profile.private {
		return candidate + " of session " + strconv.FormatUint(uint64(s.id), 10)
	}
	return datastore
}
