package reference

// options of one edit-config (RFC 6241 §7.2).
type editOptions struct {
	defaultOperation string
	test             string // test-then-set, set, test-only
	onError          string // stop-on-error, continue-on-error, rollback-on-error
	plain            bool   // default-operation is not given
}

// editConfig changes a datastore by the config sent along.
func (s *session) editConfig(op *input) reply {
	p, err := s.params(op, s.editParams()...)
	if err != nil {
		return failed(err)
	}
	target, err := s.editTarget(p)
	if err != nil {
		return failed(err)
	}
	o, err := s.editOptions(p)
	if err != nil {
		return failed(err)
	}
	config, err := s.editContent(p)
	if err != nil && s.passesOver(op) {
		return reply{}
	}
	if err != nil {
		return failed(err)
	}
	return s.changing(func() []*rpcError { return s.forgiven(o, p, s.edit(target, o, config)) })
}

// editTarget gives the datastore that an edit-config names.
func (s *session) editTarget(p params) (string, *rpcError) {
	if in := p.values["target"]; (in == nil || len(in.children) == 0) && s.broken("edit-without-target-accepted") {
		return s.editTargets()[0], nil
	}
	target, err := s.member(p, "target", s.editTargets()...)
	if err != nil {
		return "", err
	}
	return target.local, nil
}

// editParams lists the parameters of edit-config; test-option comes with validate (RFC 6241 §7.2).
func (s *session) editParams() []string {
	known := []string{"target", "default-operation", "error-option", "config"}
	if s.profile.validate {
		known = append(known, "test-option")
	}
	if s.broken("edit-by-url-without-capability") {
		known = append(known, "url")
	}
	return append(known, s.urls()...)
}

// editContent gives the config that was sent, or the one at the url that was sent instead (RFC 6241 §8.8.5.1).
func (s *session) editContent(p params) (*input, *rpcError) {
	url := p.values["url"]
	if url == nil && p.values["config"] == nil && s.broken("edit-without-config-accepted") {
		return &input{name: base("config")}, nil
	}
	if url == nil {
		return p.required("config")
	}
	if p.values["config"] != nil {
		return nil, badElement(url, "config and url exclude each other")
	}
	if s.broken("edit-by-url-without-capability") {
		return s.emptied(nil), nil
	}
	config, err := s.fetch(url)
	if err != nil {
		return nil, err
	}
	return s.emptied(config), nil
}

// editTargets lists the datastores that edit-config may change (RFC 6241 §8.2.5.1, §8.3.5.1).
func (s *session) editTargets() []string {
	var targets []string
	if s.profile.candidate {
		targets = append(targets, candidate)
	}
	if s.profile.writable && !s.broken("edit-of-running-refused") || s.broken("edit-of-running-without-capability") {
		targets = append(targets, running)
	}
	if s.broken("startup-edited") {
		targets = append(targets, startup)
	}
	return targets
}

func (s *session) editOptions(p params) (o editOptions, err *rpcError) {
	s.overlookUnknown(p)
	o.plain = p.values["default-operation"] == nil
	if o.defaultOperation, err = p.choose("default-operation", "merge", "merge", "replace", "none"); err != nil {
		return o, err
	}
	tests := []string{"test-then-set", "set"}
	untested := "set"
	if s.profile.testOnly && !s.broken("test-only-refused") || s.broken("test-only-of-old-server-sets") {
		tests = append(tests, "test-only")
	}
	if s.profile.validate {
		untested = "test-then-set"
	}
	if o.test, err = p.choose("test-option", untested, tests...); err != nil {
		return o, err
	}
	onError := []string{"stop-on-error", "continue-on-error"}
	if s.profile.rollback && !s.broken("rollback-on-error-refused") || s.broken("rollback-on-error-half-supported") {
		onError = append(onError, "rollback-on-error")
	}
	o.onError, err = p.choose("error-option", "stop-on-error", onError...)
	return s.mistaken(o, p), err
}

// edit works on a datastore while the caller has the server's mutex.
func (s *session) edit(target string, o editOptions, config *input) []*rpcError {
	if err := s.blocked(target, "edit-config"); err != nil {
		return []*rpcError{err}
	}
	if s.losesEdit(target) {
		return nil
	}
	before := s.content(target)
	e := &editor{session: s, carryOn: o.onError == "continue-on-error", misedits: misedits{target: target, options: o}}
	after := e.config(before, config, o.defaultOperation)
	e.errors = s.partially(o, e.errors)
	if len(e.errors) > 0 && (o.test != "set" || s.rollsBack(target, o)) {
		return e.errors
	}
	if err := s.changeRefused(target, o, before, after); len(err) > 0 {
		return append(e.errors, err...)
	}
	if o.test != "test-only" && !(target == running && s.broken("edit-of-running-without-effect")) {
		s.replace(target, after)
	}
	return e.errors
}

// changeRefused gives the reasons not to let an edit have its effect, as far as they are seen from the effect alone. Of
// candidate a test-option may ask for a valid one; running is valid always (RFC 6241 §7.2, RFC 7950 §8.3.3).
func (s *session) changeRefused(target string, o editOptions, before, after *element) []*rpcError {
	if s.restricted() && !equal(before, after) {
		return []*rpcError{dataDenied(nil)}
	}
	if err := s.partBlocked(target, before, after); err != nil {
		return []*rpcError{err}
	}
	if err := s.tooMuchData(after); err != nil {
		return []*rpcError{err}
	}
	if target == running || o.test != "set" {
		return invalid(after)
	}
	return nil
}

// blocked tells whether another session or entity has locked a datastore (RFC 6241 §7.5).
func (s *session) blocked(target, operation string) *rpcError {
	holder, locked := s.srv.locks[s.lockName(target)]
	own := holder == s.id && !(operation == "edit-config" && s.broken("lock-blocks-owner"))
	if locked && !own && !s.overlooks(target, operation) {
		return inUse(operation + " is not possible: " + target + " is locked by another")
	}
	return nil
}

// overlooks tells whether a lock does not stop an operation. It stops all that change the datastore.
func (s *session) overlooks(target, operation string) bool {
	switch operation {
	case "edit-config":
		return target == running && s.broken("locked-running-edited-by-others") ||
			target == candidate && s.broken("locked-candidate-edited-by-others")
	case "copy-config", "delete-config":
		if target == startup {
			return s.broken("locked-startup-overwritten")
		}
		return s.broken("locked-datastore-overwritten-by-copy")
	case "commit":
		return target == running && s.brokenToo("commit-ignores-lock-on-running", "old-commit-ignores-lock-on-running") ||
			target == candidate && s.broken("commit-ignores-lock-on-candidate")
	case "discard-changes":
		return s.broken("discard-changes-ignores-lock")
	}
	return false
}
