package reference

// copyConfig replaces a datastore or what is at a URL by another, or by a configuration sent along (RFC 6241 §7.3).
func (s *session) copyConfig(op *input) reply {
	p, err := s.params(op, "target", "source")
	if err != nil {
		return failed(err)
	}
	if s.overlooked(p) {
		return reply{}
	}
	target, err := s.member(p, "target", s.taking(s.copyTargets(), "startup-refused-as-target", startup)...)
	if err != nil {
		return failed(err)
	}
	source, err := s.member(p, "source", s.taking(s.sources(), "startup-refused-as-source", startup)...)
	if err != nil {
		return failed(err)
	}
	if err := s.distinct(source, target); err != nil {
		return failed(err)
	}
	fetched := source.local == "url"
	if fetched {
		if source, err = s.fetch(source); err != nil {
			if s.passesOver(op) {
				return reply{}
			}
			return failed(err)
		}
	}
	if target.local == "url" {
		return failed(s.copyOut(target, source)...)
	}
	if s.withheld(target.local, source, fetched) {
		return reply{}
	}
	return s.changing(func() []*rpcError { return s.copy(target.local, source) })
}

// distinct refuses to copy something to itself (RFC 6241 §7.3).
func (s *session) distinct(source, target *input) *rpcError {
	if source.local != target.local || s.broken("copy-to-itself-accepted") && source.local != "url" {
		return nil
	}
	if source.local == "url" {
		from, err := s.locate(source)
		if err != nil {
			return err
		}
		to, err := s.locate(target)
		if err != nil || from != to || s.broken("copy-of-file-to-itself-accepted") {
			return err
		}
	}
	return invalidValue(source, "source and target are the same")
}

// copy replaces a datastore while the caller has the server's mutex.
func (s *session) copy(target string, source *input) []*rpcError {
	if err := s.blocked(target, "copy-config"); err != nil {
		return []*rpcError{err}
	}
	data, errs := s.sourceData(source)
	if len(errs) > 0 && !s.unchecked(source) {
		return errs
	}
	data = s.retained(target, source, data)
	if err := s.partBlocked(target, s.content(target), data); err != nil {
		return []*rpcError{err}
	}
	if err := s.tooMuchData(data); err != nil {
		return []*rpcError{err}
	}
	if target != candidate {
		if wrong := invalid(data); len(wrong) > 0 {
			return wrong
		}
	}
	s.replace(target, data)
	return nil
}

// copyOut writes to a URL.
func (s *session) copyOut(target, source *input) []*rpcError {
	s.srv.mu.Lock()
	data, errs := s.sourceData(source)
	s.srv.mu.Unlock()
	if len(errs) > 0 {
		return errs
	}
	if err := s.deliver(target, data); err != nil {
		return []*rpcError{err}
	}
	return nil
}

// sourceData gives what a source holds: a datastore, or a config that was sent or fetched. The caller has the server's
// mutex.
func (s *session) sourceData(source *input) (*element, []*rpcError) {
	if source.local == "config" {
		return s.wholeConfig(source)
	}
	if source.local == candidate && s.broken("copy-config-from-candidate-copies-running") {
		return s.content(running), nil
	}
	return s.content(source.local), nil
}

// wholeConfig reads a complete configuration.
func (s *session) wholeConfig(config *input) (*element, []*rpcError) {
	e := &editor{session: s, inline: true}
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
	return append(targets, s.urls()...)
}

// sources lists what copy-config and validate may read.
func (s *session) sources() []string {
	return append(append(s.srv.datastores(), "config"), s.urls()...)
}

// urls is the parameter url where the capability is claimed (RFC 6241 §8.8).
func (s *session) urls() []string {
	if len(s.profile.schemes) == 0 {
		return nil
	}
	return []string{"url"}
}

// deleteConfig deletes a file of the server's, or startup, which then is as when the server left the factory
// (RFC 6241 §7.4, §8.7.5.1); running and candidate cannot be deleted.
func (s *session) deleteConfig(op *input) reply {
	p, err := s.params(op, "target")
	if err != nil {
		return failed(err)
	}
	if s.missed(p, "target", "delete-config-without-target-answered-ok") {
		return reply{}
	}
	target, err := s.member(p, "target", append(s.srv.datastores(), s.urls()...)...)
	if err != nil {
		return failed(err)
	}
	if s.misdeleted(target) {
		return reply{}
	}
	switch target.local {
	case "url":
		if err := s.discardFile(target); err != nil {
			return failed(err)
		}
		return reply{}
	case startup:
		return s.changing(s.deleteStartup)
	}
	return failed(invalidValue(target, target.local+" cannot be deleted"))
}

func (s *session) deleteStartup() []*rpcError {
	if err := s.blocked(startup, "delete-config"); err != nil {
		return []*rpcError{err}
	}
	s.replace(startup, s.profile.config(s.srv.schema))
	return nil
}
