package reference

// get gives running and the state data (RFC 6241 §7.7).
func (s *session) get(op *input) reply {
	p, err := s.params(op, "filter")
	if err != nil {
		return failed(err)
	}
	if p.values["filter"] == nil && s.broken("get-requires-filter") {
		return failed(missingElement(base("filter"), op))
	}
	if err := s.readBlocked(); err != nil {
		return failed(err)
	}
	return s.filtered(p, s.read(op, running, s.srv.withState(s.seen(s.gotten()))))
}

// getConfig gives a datastore (RFC 6241 §7.1).
func (s *session) getConfig(op *input) reply {
	p, err := s.params(op, "source", "filter")
	if err != nil {
		return failed(err)
	}
	if r, wrong := s.misgot(op); wrong {
		return r
	}
	if r, wrong := s.misreadSource(p); wrong {
		return r
	}
	source, err := s.member(p, "source", s.taking(s.srv.datastores(), "startup-not-readable", startup)...)
	if err != nil {
		return failed(err)
	}
	if err := s.readBlocked(); err != nil {
		return failed(err)
	}
	if p.values["filter"] == nil && source.local == running && s.later("unfiltered-get-config-refused") {
		return failed(missingElement(base("filter"), op))
	}
	if source.local == candidate && s.broken("filter-on-candidate-ignored") {
		delete(p.values, "filter")
	}
	return s.filtered(p, s.read(op, source.local, s.oldRunning(source.local, s.seen(source.local))))
}

// filtered answers with the part of the data that the filter selects, all of it without a filter. What the user may not
// see is not there for the filter either.
func (s *session) filtered(p params, data *element) reply {
	data = s.visible(data)
	filter := p.values["filter"]
	if filter == nil || s.voids(filter) {
		return dataReply(s.unfiltered(p.op, data))
	}
	if r, wrong := s.misfiltered(p.op, filter, data); wrong {
		return r
	}
	if err := s.filterAttributes(filter); err != nil {
		return failed(err)
	}
	if kind, _ := filter.attribute(name{"", "type"}); kind == "xpath" {
		if s.broken("xpath-refused") || p.op.local == "get" && s.broken("xpath-refused-in-get") {
			return failed(badAttribute(name{"", "type"}, filter, "this server does not know that type of filter"))
		}
		return s.selected(filter, data)
	}
	if len(filter.children) == 0 && s.broken("empty-filter-returns-a-part") {
		return dataReply(data.children[:1])
	}
	found := s.evaluated(p.op, filter, data)
	if wrong, ok := s.nothingFound(p.op, filter); ok && len(found) == 0 {
		return wrong
	}
	return s.delivered(p.op, found)
}

// seen gives a datastore as it is now.
func (s *session) seen(datastore string) *element {
	if ghost := s.ghost; ghost != nil && datastore == running {
		s.ghost = nil
		return ghost
	}
	if s.stale != nil {
		return s.stale.content(datastore)
	}
	return s.snapshot(datastore)
}

// readBlocked gives a reason not to read, which there is none for: locks stop changes only (RFC 6241 §7.5).
func (s *session) readBlocked() *rpcError {
	if !s.broken("lock-blocks-reads") {
		return nil
	}
	s.srv.mu.Lock()
	defer s.srv.mu.Unlock()
	return s.blocked(running, "reading")
}

// filterAttributes takes type="subtree", which is the default, and, where xpath is claimed, type="xpath" with select.
func (s *session) filterAttributes(filter *input) *rpcError {
	kind, _ := filter.attribute(name{"", "type"})
	for _, a := range filter.attributes {
		switch {
		case a.ns == xmlNS:
		case a.name == name{"", "select"} && kind == "xpath" && s.profile.xpath:
		case a.name != name{"", "type"}:
			return unknownAttribute(a.name, filter)
		case a.value != "subtree" && (a.value != "xpath" || !s.profile.xpath):
			return badAttribute(a.name, filter, "this server does not know that type of filter")
		}
	}
	return nil
}
