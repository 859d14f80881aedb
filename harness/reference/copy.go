package reference

// copyConfig replaces a datastore by another or by a configuration sent along (RFC 6241 §7.3).
func (s *session) copyConfig(op *input) reply {
	p, err := s.params(op, "target", "source")
	if err != nil {
		return failed(err)
	}
	target, err := s.member(p, "target", s.copyTargets()...)
	if err != nil {
		return failed(err)
	}
	source, err := s.member(p, "source", append(s.srv.datastores(), s.sources()...)...)
	if err != nil {
		return failed(err)
	}
	if source.local == "url" || target.local == "url" {
		return failed(noURL(source))
	}
	if source.local == target.local {
		return failed(invalidValue(source, "source and target are the same datastore"))
	}
	return s.changing(func() []*rpcError { return s.copy(target.local, source) })
}

// copy replaces a datastore while the caller has the server's mutex.
func (s *session) copy(target string, source *input) []*rpcError {
	if err := s.blocked(target, "copy-config"); err != nil {
		return []*rpcError{err}
	}
	data := s.srv.store.content(source.local)
	if source.local == "config" {
		var errs []*rpcError
		if data, errs = s.wholeConfig(source); len(errs) > 0 {
			return errs
		}
	}
	if err := s.partBlocked(target, s.srv.store.content(target), data); err != nil {
		return []*rpcError{err}
	}
	s.srv.replace(target, data)
	return nil
}

// wholeConfig reads a complete configuration that was sent.
func (s *session) wholeConfig(config *input) (*element, []*rpcError) {
	e := &editor{session: s}
	data := e.config(&element{schema: s.srv.schema}, config, "merge")
	return data, e.errors
}

// copyTargets lists what copy-config may overwrite.
func (s *session) copyTargets() []string {
	var targets []string
	for _, d := range s.srv.datastores() {
		if d != running || s.profile.writable {
			targets = append(targets, d)
		}
	}
	if s.profile.lenient {
		targets = append(targets, "url")
	}
	return targets
}

// sources lists what may be a source beside the datastores.
func (s *session) sources() []string {
	if s.profile.lenient {
		return []string{"config", "url"}
	}
	return []string{"config"}
}

// noURL answers for the url capability that the junos profile claims as the documented server does: the server
// takes part in no file transfer.
func noURL(in *input) *rpcError {
	return operationFailed("this server cannot reach the URL").at(in.path())
}

// deleteConfig deletes startup; running and candidate cannot be deleted (RFC 6241 §7.4).
func (s *session) deleteConfig(op *input) reply {
	p, err := s.params(op, "target")
	if err != nil {
		return failed(err)
	}
	target, err := s.member(p, "target", s.srv.datastores()...)
	if err != nil {
		return failed(err)
	}
	if target.local != startup {
		return failed(invalidValue(target, target.local+" cannot be deleted"))
	}
	return s.changing(func() []*rpcError {
		if err := s.blocked(startup, "delete-config"); err != nil {
			return []*rpcError{err}
		}
		s.srv.replace(startup, &element{schema: s.srv.schema})
		return nil
	})
}
