package reference

// Users with few rights read what is not guarded, and change nothing (RFC 6241 §9). What stands for access control in
// the data is decided here.

// restricted tells whether the session's user has few rights.
func (s *session) restricted() bool { return s.user == guest && !s.trusted() }

// visible gives the part of the data that the session's user may see. What is hidden is left out without a word.
func (s *session) visible(data *element) *element {
	if !s.restricted() {
		return data
	}
	return unguarded(data)
}

// unguarded gives a tree without what is guarded; what has nothing of it stays as it is.
func unguarded(e *element) *element {
	out, changed := e.shell(), false
	for _, c := range e.children {
		if c.schema.guarded {
			changed = true
			continue
		}
		kept := unguarded(c)
		changed = changed || kept != c
		out.children = append(out.children, kept)
	}
	if !changed {
		return e
	}
	return out
}

// forbids tells whether an editor's user may not do an operation to a node. It is asked before anything that the reply
// could tell of what is there: existing and missing nodes look the same (RFC 6241 §4.3).
func (e *editor) forbids(schema *node, op string) bool {
	if e.inline || !e.session.restricted() {
		return false
	}
	passing := op == "none" || op == "merge" && schema.kind == container && !schema.presence
	return schema.guarded || !passing
}

// mayPublish refuses a user with few rights the commit of changes, whoever made them, and all that has to do with
// confirmed commits (RFC 6241 §9). The caller has the server's mutex.
func (s *session) mayPublish(c commitRequest) *rpcError {
	if !s.restricted() || s.broken("commit-by-guest-not-checked") || s.broken("copy-config-by-guest-not-checked") {
		return nil
	}
	if c.confirmed || c.persistID != nil || !equal(s.content(candidate), s.srv.store.running) {
		return accessDenied("commit for these changes")
	}
	return nil
}

// dataDenied refuses to change data.
func dataDenied(path []step) *rpcError {
	return plain(applicationLayer, "access-denied", "you may not change this").at(path)
}
