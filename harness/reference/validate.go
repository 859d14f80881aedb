package reference

// validate checks a configuration (RFC 6241 §8.6.4.1). What a datastore holds has been checked on its way in.
func (s *session) validate(op *input) reply {
	p, err := s.params(op, "source")
	if err != nil {
		return failed(err)
	}
	source, err := s.member(p, "source", append(s.srv.datastores(), s.sources()...)...)
	if err != nil {
		return failed(err)
	}
	switch source.local {
	case "url":
		return failed(noURL(source))
	case "config":
		_, errs := s.wholeConfig(source)
		return failed(errs...)
	}
	return reply{}
}
