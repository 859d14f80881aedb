package reference

import "strings"

// misshape is what a broken server gets wrong in the rpc-errors with one error-tag.
type misshape struct {
	defect, tag string
	layer       string // it gives instead, "" the right one
	without     string // the child of error-info that it leaves out, "" none
}

func misshapes() []misshape {
	return []misshape{
		{"in-use-of-the-layer-rpc", "in-use", rpcLayer, ""},
		{"invalid-value-of-the-layer-rpc", "invalid-value", rpcLayer, ""},
		{"missing-attribute-without-element", "missing-attribute", "", "bad-element"},
		{"bad-attribute-without-attribute", "bad-attribute", "", "bad-attribute"},
		{"unknown-attribute-without-element", "unknown-attribute", "", "bad-element"},
		{"missing-element-without-name", "missing-element", "", "bad-element"},
		{"unknown-element-without-name", "unknown-element", "", "bad-element"},
		{"unknown-element-of-the-transport", "unknown-element", "transport", ""},
		{"unknown-namespace-without-namespace", "unknown-namespace", "", "bad-namespace"},
		{"access-denied-of-the-transport", "access-denied", "transport", ""},
		{"lock-denied-of-the-application", "lock-denied", applicationLayer, ""},
		{"data-exists-of-the-protocol", "data-exists", protocolLayer, ""},
		{"data-missing-of-the-protocol", "data-missing", protocolLayer, ""},
		{"operation-not-supported-of-the-transport", "operation-not-supported", "transport", ""},
		{"operation-failed-of-the-transport", "operation-failed", "transport", ""},
		{"malformed-message-of-the-protocol", "malformed-message", protocolLayer, ""},
	}
}

// misshaped gives an rpc-error as a broken server sends it.
func (s *session) misshaped(e *rpcError) *rpcError {
	e2 := *e
	for _, m := range misshapes() {
		if m.tag != e.tag || !s.broken(m.defect) {
			continue
		}
		if m.layer != "" {
			e2.layer = m.layer
		}
		e2.info = withoutInfo(e.info, m.without)
	}
	if e.tag == "lock-denied" && s.broken("lock-denied-with-error-path") {
		e2.path = []step{{name: base("running")}}
	}
	if e.appTag != "" && s.broken("app-tag-of-the-implementation") {
		e2.appTag = "see-manual"
	}
	return &e2
}

func withoutInfo(all []info, element string) []info {
	var kept []info
	for _, i := range all {
		if i.element != element {
			kept = append(kept, i)
		}
	}
	return kept
}

// rooted gives an error-path as a broken server sends it: no more than its first step.
func (s *session) rooted(path string) string {
	if path == "" || !s.broken("error-path-ends-at-its-root") {
		return path
	}
	first, _, _ := strings.Cut(path[1:], "/")
	return "/" + first
}

// denied is access-denied for data, which tells nothing of it.
func (e *editor) denied(parent *element, schema *node, path []step) *rpcError {
	err := dataDenied(path)
	if e.session.broken("access-denied-quotes-data") {
		err.message += ": " + quoted(parent.child(schema))
	}
	return err
}

func quoted(e *element) string {
	if e == nil {
		return ""
	}
	all := []string{e.value}
	for _, c := range e.children {
		all = append(all, quoted(c))
	}
	return strings.Join(all, " ")
}

// withoutID answers a request without message-id: it is not carried out (RFC 6241 §4.3).
func (s *session) withoutID(rpc *input) reply {
	if len(rpc.children) == 1 && s.broken("request-without-message-id-carried-out") {
		s.invoke(rpc.children[0])
	}
	return failed(missingAttribute(name{"", "message-id"}, base("rpc")))
}

// hasID tells whether a request has a message-id: the attribute is unqualified (RFC 6241 Appendix B).
func (s *session) hasID(rpc *input) bool {
	_, qualified := rpc.attribute(base("message-id"))
	_, ok := rpc.attribute(name{"", "message-id"})
	return ok || qualified && s.broken("qualified-message-id-accepted")
}

// overwhelmed refuses what a broken server takes for too much.
func (s *session) overwhelmed(rpc *input) *rpcError {
	id, _ := rpc.attribute(name{"", "message-id"})
	switch {
	case len(id) > 4000 && s.broken("message-id-of-4095-refused"):
		return plain(protocolLayer, "invalid-value", "the message-id is too long")
	case s.broken("full-server-serves-nobody") && s.srv.full():
		return plain(applicationLayer, "resource-denied", "too many sessions are open")
	}
	return nil
}

// longest is the length in octets of a request that is carried out.
func (s *session) longest() int64 {
	if s.broken("too-big-as-warning") {
		return 256 << 10
	}
	return s.srv.options.MaxRequest
}

// partially gives the errors of an edit that went on behind the first one.
func (s *session) partially(o editOptions, errors []*rpcError) []*rpcError {
	if o.onError != "continue-on-error" || len(errors) == 0 {
		return errors
	}
	switch {
	case s.broken("partial-operation-sent"):
		return []*rpcError{plain(applicationLayer, "partial-operation", "not all was done")}
	case s.broken("old-partial-operation-of-the-protocol"):
		return []*rpcError{plain(protocolLayer, "partial-operation", "not all was done")}
	}
	return errors
}

// misreadSource answers a get-config whose source a broken server does not look at as it should.
func (s *session) misreadSource(p params) (reply, bool) {
	in := p.values["source"]
	missing := in == nil && s.broken("get-config-without-source-answered")
	url := in != nil && in.child(base("url")) != nil && s.broken("get-config-of-url-answered")
	if missing || url {
		return dataReply(s.visible(s.seen(running)).children), true
	}
	return reply{}, false
}

// voids tells whether an attribute makes a broken server forget the filter.
func (s *session) voids(filter *input) bool {
	_, qualified := filter.attribute(base("type"))
	kind, _ := filter.attribute(name{"", "type"})
	_, selects := filter.attribute(name{"", "select"})
	return qualified && s.broken("qualified-filter-type-voids-filter") || selects && kind != "xpath" && s.broken("select-without-xpath-voids-filter")
}

// ofTwo tells whether a broken server takes the first of two where one alone may be.
func (s *session) ofTwo(op string) bool {
	defects := map[string]string{"get-config": "first-of-two-sources-read", "edit-config": "first-of-two-targets-edited",
		"lock": "first-of-two-targets-locked", "validate": "first-of-two-sources-validated", "copy-config": "first-of-two-copied"}
	return defects[op] != "" && s.broken(defects[op])
}
