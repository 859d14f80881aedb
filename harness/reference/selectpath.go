package reference

import "strings"

// selectPath reads an absolute location path with key predicates, an instance-identifier as YANG has it, and
// finds the instance in running (RFC 5717 §2.4.1).
func (s *session) selectPath(in *input) ([]*element, *rpcError) {
	at := s.srv.store.running
	rest := in.content()
	var path []*element
	for rest != "" {
		if !strings.HasPrefix(rest, "/") {
			return nil, invalidValue(in, "select is no absolute location path with key predicates")
		}
		var stepText string
		stepText, rest = cutStep(rest[1:])
		wanted, err := s.readStep(in, at.schema, stepText)
		if err != nil {
			return nil, err
		}
		if at = at.instance(wanted); at == nil {
			return nil, notFound()
		}
		path = append(path, at)
	}
	if len(path) == 0 {
		return nil, invalidValue(in, "select is empty")
	}
	return path, nil
}

// cutStep parts the first step from the rest; a slash inside a literal is none.
func cutStep(path string) (string, string) {
	quote := byte(0)
	for i := range len(path) {
		switch c := path[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '/':
			return path[:i], path[i:]
		}
	}
	return path, ""
}

// readStep makes the element that a step speaks of.
func (s *session) readStep(in *input, parent *node, text string) (*element, *rpcError) {
	qname, predicates, tested := strings.Cut(text, "[")
	ns, local, ok := s.qname(in, qname)
	if !ok {
		return nil, invalidValue(in, "select uses a prefix that is not declared")
	}
	if local == "" {
		return nil, notKeys(in)
	}
	schema := parent.child(ns, local)
	if schema == nil {
		return nil, notFound()
	}
	wanted := &element{schema: schema}
	for tested {
		one, rest, closed := strings.Cut(predicates, "]")
		key, value, ok := s.readPredicate(in, one)
		predicates, tested = strings.CutPrefix(strings.TrimSpace(rest), "[")
		if !closed || !ok || !schema.isKey(key) || !tested && predicates != "" {
			return nil, notKeys(in)
		}
		wanted.children = append(wanted.children, &element{schema: schema.named(key), value: value})
	}
	return wanted, nil
}

// notKeys refuses what is no instance-identifier.
func notKeys(in *input) *rpcError {
	err := invalidValue(in, "select takes names and tests of keys for equality with a literal")
	err.appTag = "invalid-lock-specification"
	return err
}

func notFound() *rpcError {
	err := operationFailed("select matches nothing in running")
	err.appTag = "no-matches"
	return err
}

// qname resolves a name where the expression stands; XPath knows no default namespace.
func (s *session) qname(in *input, text string) (ns, local string, ok bool) {
	prefix, local, qualified := strings.Cut(strings.TrimSpace(text), ":")
	if !qualified {
		return "", prefix, true
	}
	ns, ok = in.resolve(prefix)
	return ns, local, ok
}

func (s *session) readPredicate(in *input, text string) (key, value string, ok bool) {
	left, right, found := strings.Cut(text, "=")
	right = strings.TrimSpace(right)
	if !found || len(right) < 2 || right[0] != right[len(right)-1] || !strings.ContainsAny(right[:1], `'"`) {
		return "", "", false
	}
	_, key, ok = s.qname(in, left)
	return key, right[1 : len(right)-1], ok
}
