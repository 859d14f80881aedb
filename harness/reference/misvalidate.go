package reference

// misvalidated is what a broken server says of a source before it looks; judged is false where it looks.
func (s *session) misvalidated(source *input) (r reply, judged bool) {
	refused := failed(operationFailed("this source is not validated"))
	switch {
	case source.local == "config" && s.broken("validation-finds-no-fault"),
		source.local == "config" && s.broken("old-validation-finds-no-fault"),
		source.local == "url" && s.broken("validation-of-file-finds-no-fault"):
		return reply{}, true
	case source.local == running && s.broken("validation-of-running-refused"),
		source.local == "config" && s.broken("validation-of-inline-refused"):
		return refused, true
	case source.local == startup && (s.broken("validation-of-startup-refused") || s.broken("old-validation-of-startup-refused")):
		return failed(unknownElement(source)), true
	}
	return reply{}, false
}

// invalidFor gives what is wrong in a source, as far as a broken server sees it, and what comes with looking.
func (s *session) invalidFor(source *input, data *element) []*rpcError {
	if source.local == candidate && s.broken("validation-discards-candidate") {
		s.srv.mu.Lock()
		defer s.srv.mu.Unlock()
		*s.draft() = draft{}
	}
	if s.broken("validation-misses-constraints") {
		return nil
	}
	return invalid(data)
}
