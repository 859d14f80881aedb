package reference

// validate checks a configuration (RFC 6241 §8.6.4.1): each node by itself, which datastores have behind them, and the
// constraints between nodes.
func (s *session) validate(op *input) reply {
	p, err := s.params(op, "source")
	if err != nil {
		return failed(err)
	}
	if s.missed(p, "source", "validate-without-source-answered-ok") {
		return reply{}
	}
	source, err := s.member(p, "source", s.sources()...)
	if err != nil {
		return failed(err)
	}
	if r, judged := s.misvalidated(source); judged {
		return r
	}
	if source.local == "url" {
		if source, err = s.fetch(source); err != nil {
			return failed(err)
		}
	}
	if source.local == candidate && s.broken("validate-of-candidate-refused") {
		return failed(invalidValue(source, "candidate cannot be validated"))
	}
	s.srv.mu.Lock()
	data, errs := s.sourceData(source)
	s.srv.mu.Unlock()
	if len(errs) > 0 {
		return failed(errs...)
	}
	return failed(s.invalidFor(source, data)...)
}
