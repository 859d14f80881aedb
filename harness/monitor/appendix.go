package monitor

import "slices"

// errorChildren are the children of rpc-error in the order of RFC 6241 Appendix B.
func errorChildren() []string {
	return []string{"error-type", "error-tag", "error-severity", "error-app-tag", "error-path", "error-message", "error-info"}
}

// infoChildren are the children of error-info that RFC 6241 Appendix B knows.
func infoChildren() []string {
	return []string{"session-id", "bad-attribute", "bad-element", "ok-element", "err-element", "noop-element", "bad-namespace"}
}

// errorTypes are the layers of RFC 6241 §4.3.
func errorTypes() []string { return []string{"transport", "rpc", "protocol", "application"} }

// standardError is one entry of RFC 6241 Appendix A.
type standardError struct {
	tag   string
	types []string
	info  []string // mandatory children of error-info
}

// standardErrors is the list of RFC 6241 Appendix A.
func standardErrors() []standardError {
	any, content, layers := errorTypes(), []string{"protocol", "application"}, []string{"rpc", "protocol", "application"}
	application, attribute, element := []string{"application"}, []string{"bad-attribute", "bad-element"}, []string{"bad-element"}
	return []standardError{
		{"in-use", content, nil},
		{"invalid-value", content, nil},
		{"too-big", any, nil},
		{"missing-attribute", layers, attribute},
		{"bad-attribute", layers, attribute},
		{"unknown-attribute", layers, attribute},
		{"missing-element", content, element},
		{"bad-element", content, element},
		{"unknown-element", content, element},
		{"unknown-namespace", content, []string{"bad-element", "bad-namespace"}},
		{"access-denied", content, nil},
		{"lock-denied", []string{"protocol"}, []string{"session-id"}},
		{"resource-denied", any, nil},
		{"rollback-failed", content, nil},
		{"data-exists", application, nil},
		{"data-missing", application, nil},
		{"operation-not-supported", content, nil},
		{"operation-failed", layers, nil},
		{"partial-operation", application, []string{"ok-element", "err-element", "noop-element"}},
		{"malformed-message", []string{"rpc"}, nil},
	}
}

// standard gives the entry of a tag.
func standard(tag string) (standardError, bool) {
	all := standardErrors()
	i := slices.IndexFunc(all, func(e standardError) bool { return e.tag == tag })
	if i < 0 {
		return standardError{}, false
	}
	return all[i], true
}

func errorTags() []string {
	var tags []string
	for _, e := range standardErrors() {
		tags = append(tags, e.tag)
	}
	return tags
}
