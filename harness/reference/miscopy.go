package reference

// withheld tells whether a broken server answers ok to a copy and leaves the target as it was.
func (s *session) withheld(target string, source *input, fetched bool) bool {
	switch {
	case fetched && s.broken("copy-from-url-without-effect"):
		return true
	case target == candidate:
		return source.local == running && s.broken("copy-to-candidate-without-effect")
	case target == running:
		return s.broken("copy-to-running-without-effect")
	}
	return s.broken("copy-to-startup-without-effect")
}

// retained adds what a broken server keeps of the target: the top-level nodes that the source does not have.
func (s *session) retained(target string, source *input, data *element) *element {
	if source.local != "config" || !s.broken("inline-copy-keeps-other-nodes") {
		return data
	}
	for _, child := range s.content(target).children {
		if len(data.instances(child.schema)) == 0 {
			data = data.with(child)
		}
	}
	return data
}

// unchecked tells whether a broken server takes an inline configuration in which it has found faults.
func (s *session) unchecked(source *input) bool {
	return source.local == "config" && s.broken("inline-copy-unchecked")
}

// overlooked tells whether a broken server answers ok to a copy whose source or target is missing, empty or unknown, and
// does nothing.
func (s *session) overlooked(p params) bool {
	source, target := p.values["source"], p.values["target"]
	switch {
	case source == nil:
		return s.broken("copy-config-without-source-answered-ok")
	case target == nil:
		return s.broken("copy-config-without-target-answered-ok")
	case len(source.children) == 0:
		return s.broken("copy-config-with-empty-source-answered-ok")
	case len(target.children) == 0:
		return s.broken("copy-config-with-empty-target-answered-ok")
	case !contains(s.sources(), source.children[0].local):
		return s.broken("copy-config-with-unknown-source-answered-ok")
	case !contains(append(s.srv.datastores(), s.urls()...), target.children[0].local):
		return s.broken("copy-config-with-unknown-target-answered-ok")
	}
	return false
}

// missed tells whether a broken server takes no notice of a parameter that is missing or empty.
func (s *session) missed(p params, local, defect string) bool {
	in := p.values[local]
	return (in == nil || len(in.children) == 0) && s.broken(defect)
}

// misdeleted tells whether a broken server answers ok to a deletion, and does what comes with it.
func (s *session) misdeleted(target *input) bool {
	switch target.local {
	case running:
		return s.broken("deletion-of-running-answered-ok")
	case candidate:
		if s.broken("deletion-of-candidate-discards") {
			s.srv.mu.Lock()
			defer s.srv.mu.Unlock()
			*s.draft() = draft{}
			return true
		}
	case startup:
		return s.broken("deletion-of-startup-without-effect")
	case "url":
		return s.broken("deletion-of-file-without-effect")
	}
	return false
}

// taking gives datastores but for one that a broken server does not take.
func (s *session) taking(all []string, defect, datastore string) []string {
	if s.broken(defect) {
		return without(all, datastore)
	}
	return all
}

// saveUnasked saves running to startup, where the server is broken.
func (s *Server) saveUnasked() {
	if s.broken("running-saved-by-itself") {
		s.store.startup = s.store.running
	}
}
