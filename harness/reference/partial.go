package reference

import (
	"strconv"
	"strings"
)

const partialLockNS = "urn:ietf:params:xml:ns:netconf:partial-lock:1.0"

// partial is a lock on one subtree of running (RFC 5717).
type partial struct {
	id     uint32
	holder uint32
	path   []*element // what it was taken on: instances from the top, of which only identity counts
}

// partialLock locks the subtree that one absolute location path selects (RFC 5717 §2.4.1).
func (s *session) partialLock(op *input) reply {
	p, err := s.params(op, "select")
	if err != nil {
		return failed(err)
	}
	expression, err := p.required("select")
	if err != nil {
		return failed(err)
	}
	var granted partial
	r := s.changing(func() []*rpcError {
		granted, err = s.takePart(expression)
		if err != nil {
			return []*rpcError{err}
		}
		return nil
	})
	if err != nil || len(r.errors) > 0 {
		return r
	}
	return reply{body: func(x *xmlWriter) { writePart(x, granted) }}
}

// takePart grants a partial lock or says why not. The caller has the server's mutex.
func (s *session) takePart(expression *input) (partial, *rpcError) {
	path, err := s.selectPath(expression)
	if err != nil {
		return partial{}, err
	}
	if holder, locked := s.srv.locks[running]; locked {
		return partial{}, lockDenied(holder)
	}
	if s.srv.pending != nil {
		err := inUse("a confirmed commit is pending")
		err.appTag = "outstanding-confirmed-commit"
		return partial{}, err
	}
	for _, p := range s.srv.partial {
		if p.holder != s.id && overlap(p.path, path) {
			return partial{}, lockDenied(p.holder)
		}
	}
	s.srv.lastLock++
	granted := partial{id: s.srv.lastLock, holder: s.id, path: path}
	s.srv.partial = append(s.srv.partial, granted)
	return granted, nil
}

// partialUnlock releases a partial lock of this session (RFC 5717 §2.4.2).
func (s *session) partialUnlock(op *input) reply {
	p, err := s.params(op, "lock-id")
	if err != nil {
		return failed(err)
	}
	in, err := p.required("lock-id")
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError {
		for i, p := range s.srv.partial {
			if strconv.FormatUint(uint64(p.id), 10) == in.content() && p.holder == s.id {
				s.srv.partial = append(s.srv.partial[:i:i], s.srv.partial[i+1:]...)
				return nil
			}
		}
		return []*rpcError{invalidValue(in, "you hold no partial lock with this lock-id")}
	})
}

// unlockParts frees the partial locks of a session.
func (s *Server) unlockParts(holder uint32) {
	var kept []partial
	for _, p := range s.partial {
		if p.holder != holder {
			kept = append(kept, p)
		}
	}
	s.partial = kept
}

// partOfOther gives a partial lock, of another session if there is one: a global lock is refused to the
// holder of a partial lock too (RFC 5717 §2.4.1).
func (s *Server) partOfOther(id uint32) *partial {
	for i := range s.partial {
		if s.partial[i].holder != id {
			return &s.partial[i]
		}
	}
	if len(s.partial) > 0 {
		return &s.partial[0]
	}
	return nil
}

// partBlocked tells whether a change of running touches what another session has locked in part.
func (s *session) partBlocked(target string, before, after *element) *rpcError {
	if target != running {
		return nil
	}
	for _, p := range s.srv.partial {
		if p.holder != s.id && !equal(instanceAt(before, p.path), instanceAt(after, p.path)) {
			err := inUse("a part that this changes is locked by another session").as(applicationLayer)
			err.appTag = "locked"
			return err
		}
	}
	return nil
}

// instanceAt follows a path; nil when it leads nowhere.
func instanceAt(root *element, path []*element) *element {
	for _, e := range path {
		root = root.instance(e)
	}
	return root
}

// overlap tells whether one path is the beginning of the other.
func overlap(a, b []*element) bool {
	for i := range min(len(a), len(b)) {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

func writePart(x *xmlWriter, p partial) {
	ns := ` xmlns="` + partialLockNS + `"`
	x.raw("<lock-id", ns, ">", strconv.FormatUint(uint64(p.id), 10), "</lock-id>")
	names := &prefixes{base: x.prefix, bound: map[string]string{}}
	var steps []step
	for _, e := range p.path {
		steps = append(steps, stepTo(e))
	}
	path := names.path(steps)
	x.raw("<locked-node", ns, " ", strings.Join(names.declarations(), " "), ">", escaped(path), "</locked-node>")
}
