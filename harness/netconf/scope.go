package netconf

// scope holds the namespace declarations in force. Leaving an element undoes its own, whatever their number, so
// hostile documents cost no more than their length.
type scope struct {
	bound map[string]string
	undo  []binding
}

type binding struct {
	prefix, uri string
	bound       bool
}

func newScope() scope {
	return scope{bound: map[string]string{"": "", "xml": xmlNamespace}}
}

// mark is the state to leave to.
func (s *scope) mark() int { return len(s.undo) }

func (s *scope) declare(prefix, uri string) {
	old, was := s.bound[prefix]
	s.undo = append(s.undo, binding{prefix, old, was})
	s.bound[prefix] = uri
}

func (s *scope) leave(mark int) {
	for len(s.undo) > mark {
		last := s.undo[len(s.undo)-1]
		s.undo = s.undo[:len(s.undo)-1]
		if last.bound {
			s.bound[last.prefix] = last.uri
		} else {
			delete(s.bound, last.prefix)
		}
	}
}

// resolve gives the namespace of a prefix, "" for the default one.
func (s *scope) resolve(prefix string) (string, bool) {
	uri, ok := s.bound[prefix]
	return uri, ok
}

// refuseDeclaration says why prefix must not be bound to uri, "" when it may (Namespaces in XML 1.0 §2.2, §3).
func refuseDeclaration(prefix, uri string) string {
	switch {
	case prefix == "xmlns":
		return "the prefix xmlns must not be declared"
	case prefix == "xml" && uri != xmlNamespace:
		return "the prefix xml must not be bound to another namespace"
	case prefix != "xml" && uri == xmlNamespace:
		return "no prefix but xml may be bound to " + xmlNamespace
	case uri == xmlnsNamespace:
		return "nothing may be bound to " + xmlnsNamespace
	case prefix != "" && uri == "":
		return "the prefix " + prefix + " is bound to an empty namespace"
	}
	return ""
}
