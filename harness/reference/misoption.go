package reference

// overlookUnknown drops options of an edit whose value is none of theirs, for defects.
func (s *session) overlookUnknown(p params) {
	for _, o := range []struct {
		option, defect string
		values         []string
	}{
		{"default-operation", "unknown-default-operation-ignored", []string{"merge", "replace", "none"}},
		{"test-option", "unknown-test-option-ignored", []string{"test-then-set", "set", "test-only"}},
		{"error-option", "unknown-error-option-ignored", []string{"stop-on-error", "continue-on-error", "rollback-on-error"}},
	} {
		value, given := p.text(o.option)
		if given && !contains(o.values, value) && s.broken(o.defect) {
			delete(p.values, o.option)
		}
	}
}

// mistaken gives the options of an edit as the server takes them: as they are, but for defects.
func (s *session) mistaken(o editOptions, p params) editOptions {
	_, tests := p.text("test-option")
	_, minds := p.text("error-option")
	switch {
	case o.test == "test-then-set" && tests && s.broken("test-then-set-only-tests"),
		o.test == "set" && tests && s.broken("test-option-set-only-tests"):
		o.test = "test-only"
	case o.test == "test-then-set" && tests && s.broken("test-then-set-sets-valid-part"),
		o.test == "test-then-set" && !tests && s.broken("no-test-by-default"),
		o.test == "test-only" && s.broken("test-only-of-old-server-sets"):
		o.test = "set"
	case o.test == "test-only" && s.broken("test-only-sets"):
		o.test = "test-then-set"
	}
	switch {
	case o.onError == "stop-on-error" && minds && s.broken("stop-on-error-continues"):
		o.onError = "continue-on-error"
	case o.onError == "rollback-on-error" && s.broken("rollback-on-error-half-supported"):
		o.onError = "stop-on-error"
	}
	return o
}

// rollsBack tells whether an edit that fails changes nothing (RFC 6241 §7.2, §8.5).
func (s *session) rollsBack(target string, o editOptions) bool {
	if o.onError != "rollback-on-error" {
		return false
	}
	if target == candidate && s.broken("rollback-discards-candidate") {
		s.draft().data = nil
	}
	if target == running {
		return !s.broken("edit-of-running-not-rolled-back")
	}
	return !s.broken("rollback-keeps-first-part")
}

// forgiven gives the errors of an edit as they are answered: all, but for defects.
func (s *session) forgiven(o editOptions, p params, errors []*rpcError) []*rpcError {
	_, minds := p.text("error-option")
	if o.test == "test-only" && s.broken("test-only-always-ok") ||
		o.test == "set" && !minds && s.broken("errors-lost-without-error-option") ||
		o.onError == "continue-on-error" && s.broken("continue-on-error-answers-ok") {
		return nil
	}
	return errors
}
