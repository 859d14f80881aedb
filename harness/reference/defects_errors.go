package reference

// errorsDefects break what the suite errors judges.
func errorsDefects() []Defect {
	var all []Defect
	for _, table := range []func() []Defect{reportingDefects, shapeDefects, schemaDefects, moduleDefects, oldErrorsDefects} {
		all = append(all, table()...)
	}
	return all
}

func reportingDefects() []Defect {
	return []Defect{
		{Name: "get-config-without-source-answered",
			Summary: "Answers get-config without source with running.",
			Breaks:  []string{"rfc6241-4.3-error-always-reported"},
			Follows: []string{"rfc6241-A-missing-element"}},
		{Name: "access-denied-quotes-data",
			Summary: "Says what is there in its refusal to change it.",
			Breaks:  []string{"rfc6241-4.3-no-unauthorised-detail"}},
		{Name: "app-tag-of-the-implementation",
			Summary: "Gives an error-app-tag of its own where the model has one.",
			Breaks:  []string{"rfc6241-4.3-error-app-tag-model-first"}},
		{Name: "error-path-ends-at-its-root",
			Summary: "Gives no more of an error-path than its first step.",
			Breaks:  []string{"rfc6241-4.3-error-path-context-node"}},
		{Name: "lock-denied-with-error-path",
			Summary: "Gives an error-path that leads nowhere where a lock is held.",
			Breaks:  []string{"rfc6241-4.3-error-path-absent-if-unrelated"}},
		{Name: "request-without-message-id-carried-out",
			Summary: "Carries out a request that it refuses for lack of a message-id.",
			Breaks:  []string{"rfc6241-4.3-missing-message-id-not-executed"}},
	}
}

// shapeDefects break what Appendix A lists for a tag. The monitors of all rpc-errors see the same.
func shapeDefects() []Defect {
	const kind, info = "rfc6241-A-type-allowed-for-tag", "rfc6241-A-mandatory-error-info-present"
	return []Defect{
		{Name: "in-use-of-the-layer-rpc",
			Summary: "Gives in-use with error-type rpc.",
			Breaks:  []string{"rfc6241-A-in-use"}, Follows: []string{kind}},
		{Name: "invalid-value-of-the-layer-rpc",
			Summary: "Gives invalid-value with error-type rpc.",
			Breaks:  []string{"rfc6241-A-invalid-value"}, Follows: []string{kind, "rfc6241-A-bad-element"}},
		{Name: "too-big-as-warning",
			Summary: "Takes requests of 256 KiB at the most, and gives too-big as a warning.",
			Breaks:  []string{"rfc6241-A-too-big"}, Follows: []string{"rfc6241-4.3-error-severity-present-valid"}},
		{Name: "missing-attribute-without-element",
			Summary: "Does not say where an attribute is missing.",
			Breaks:  []string{"rfc6241-A-missing-attribute"}, Follows: []string{info, "rfc6241-4.3-missing-message-id"}},
		{Name: "bad-attribute-without-attribute",
			Summary: "Does not say which attribute is bad.",
			Breaks:  []string{"rfc6241-A-bad-attribute"}, Follows: []string{info}},
		{Name: "unknown-attribute-without-element",
			Summary: "Does not say where an attribute is that it does not know.",
			Breaks:  []string{"rfc6241-A-unknown-attribute"}, Follows: []string{info}},
		{Name: "missing-element-without-name",
			Summary: "Does not say which element is missing.",
			Breaks:  []string{"rfc6241-A-missing-element", info}},
		{Name: "bad-number-answered-with-operation-failed",
			Summary: "Gives operation-failed for a number that is none.",
			Breaks:  []string{"rfc6241-A-bad-element"}},
		{Name: "unknown-element-without-name",
			Summary: "Does not say which element it does not know.",
			Breaks:  []string{"rfc6241-A-unknown-element"}, Follows: []string{info}},
		{Name: "unknown-namespace-without-namespace",
			Summary: "Does not say which namespace it does not know.",
			Breaks:  []string{"rfc6241-A-unknown-namespace"}, Follows: []string{info}},
		{Name: "access-denied-of-the-transport",
			Summary: "Gives access-denied with error-type transport.",
			Breaks:  []string{"rfc6241-A-access-denied"}, Follows: []string{kind}},
		{Name: "lock-denied-of-the-application",
			Summary: "Gives lock-denied with error-type application.",
			Breaks:  []string{"rfc6241-A-lock-denied"}, Follows: []string{kind, "rfc6241-7.5-lock-denied-session-id"}},
		{Name: "full-server-serves-nobody",
			Summary: "Answers nothing but resource-denied while as many sessions are open as it takes.",
			Breaks:  []string{"rfc6241-A-resource-denied"}},
		{Name: "data-exists-of-the-protocol",
			Summary: "Gives data-exists with error-type protocol.",
			Breaks:  []string{"rfc6241-A-data-exists", kind}},
		{Name: "data-missing-of-the-protocol",
			Summary: "Gives data-missing with error-type protocol.",
			Breaks:  []string{"rfc6241-A-data-missing"}, Follows: []string{kind}},
		{Name: "operation-not-supported-of-the-transport",
			Summary: "Gives operation-not-supported with error-type transport.",
			Breaks:  []string{"rfc6241-A-operation-not-supported"}, Follows: []string{kind}},
		{Name: "operation-failed-of-the-transport",
			Summary: "Gives operation-failed with error-type transport.",
			Breaks:  []string{"rfc6241-A-operation-failed"}, Follows: []string{kind}},
		{Name: "partial-operation-sent",
			Summary: "Answers an edit that went on behind an error with partial-operation.",
			Breaks:  []string{"rfc6241-A-partial-operation"}},
		{Name: "malformed-message-of-the-protocol",
			Summary: "Gives malformed-message with error-type protocol.",
			Breaks:  []string{"rfc6241-A-malformed-message"}},
		{Name: "malformed-message-sent-to-old-clients",
			Summary: "Gives malformed-message to clients that know base:1.0 alone.",
			Breaks:  []string{"rfc6241-A-malformed-message-not-to-old-clients"}},
	}
}

func schemaDefects() []Defect {
	return []Defect{
		{Name: "text-between-children-of-rpc-error",
			Summary: "Puts text between the children of rpc-error.",
			Breaks:  []string{"rfc6241-B-schema-valid-messages"}},
		{Name: "message-id-of-4095-refused",
			Summary: "Refuses message-ids of more than 4000 characters.",
			Breaks:  []string{"rfc6241-B-message-id-length"}},
		{Name: "qualified-message-id-accepted",
			Summary: "Takes an attribute message-id of the base namespace for the message-id.",
			Breaks:  []string{"rfc6241-B-message-id-unqualified"}},
		{Name: "second-operation-ignored",
			Summary: "Carries out the first operation of an rpc, and does not look at others.",
			Breaks:  []string{"rfc6241-B-rpc-one-operation"},
			Follows: []string{"rfc6241-4.1-operation-name-is-child"}},
		{Name: "hello-without-capabilities-accepted",
			Summary: "Takes a hello without capabilities for one of a client that knows base:1.1.",
			Breaks:  []string{"rfc6241-B-hello-without-capabilities"}},
		{Name: "text-in-rpc-ends-other-sessions",
			Summary: "Ends all other sessions at text beside an operation.",
			Breaks:  []string{"rfc6241-B-text-in-rpc"}},
	}
}

func moduleDefects() []Defect {
	return []Defect{
		{Name: "feature-without-capability",
			Summary: "Names no feature xpath of ietf-netconf, though it claims the capability.",
			Breaks:  []string{"rfc6241-C-features-match-capabilities"}},
		{Name: "qualified-filter-type-voids-filter",
			Summary: "Gives all data where the attributes of filter are qualified.",
			Breaks:  []string{"rfc6241-C-filter-attributes-unqualified"}},
		{Name: "select-without-xpath-voids-filter",
			Summary: "Gives all data where select stands without type xpath.",
			Breaks:  []string{"rfc6241-C-select-needs-xpath-type"}},
		{Name: "first-of-two-sources-read",
			Summary: "Reads the first of two sources of get-config.",
			Breaks:  []string{"rfc6241-C-get-config-source-choice"}},
		{Name: "get-config-of-url-answered",
			Summary: "Answers get-config of a URL with running.",
			Breaks:  []string{"rfc6241-C-get-config-url-source"}},
		{Name: "unknown-parameters-ignored",
			Summary: "Ignores parameters that it does not know.",
			Breaks:  []string{"rfc6241-C-unknown-parameter"},
			Follows: []string{"rfc6241-A-unknown-element"}},
		{Name: "namespaces-of-parameters-ignored",
			Summary: "Takes parameters of any namespace.",
			Breaks:  []string{"rfc6241-C-parameter-wrong-namespace"}},
		{Name: "first-of-two-targets-edited",
			Summary: "Edits the first of two targets of edit-config.",
			Breaks:  []string{"rfc6241-C-edit-config-target-choice"}},
		{Name: "startup-edited",
			Summary: "Takes startup as target of edit-config.",
			Breaks:  []string{"rfc6241-C-edit-config-target-startup"}},
		{Name: "last-of-two-parameters-taken",
			Summary: "Takes the last of two parameters of one name.",
			Breaks:  []string{"rfc6241-C-edit-config-content-choice", "rfc6241-C-one-filter"}},
		{Name: "first-of-two-copied",
			Summary: "Takes the first of two sources, and of two targets, of copy-config.",
			Breaks:  []string{"rfc6241-C-copy-config-source-choice", "rfc6241-C-copy-config-target-choice"}},
		{Name: "first-of-two-targets-locked",
			Summary: "Locks the first of two targets.",
			Breaks:  []string{"rfc6241-C-lock-target-choice"}},
		{Name: "first-of-two-sources-validated",
			Summary: "Validates the first of two sources.",
			Breaks:  []string{"rfc6241-C-validate-source-choice"}},
		{Name: "numbers-cut-to-32-bits",
			Summary: "Takes no more than 32 bits of a number.",
			Breaks:  []string{"rfc6241-C-kill-session-id-type"}},
		{Name: "confirm-timeout-of-nothing-accepted",
			Summary: "Takes an empty confirm-timeout for the default.",
			Breaks:  []string{"rfc6241-C-confirm-timeout-range"}},
		{Name: "longest-confirm-timeout-is-over-at-once",
			Summary: "Takes a confirm-timeout of more than 31 bits for one that is over.",
			Breaks:  []string{"rfc6241-C-confirm-timeout-max"}},
	}
}

// oldErrorsDefects are those of a server with base:1.0 alone.
func oldErrorsDefects() []Defect {
	return []Defect{
		{Name: "unknown-element-of-the-transport", Profile: "base10",
			Summary: "Gives unknown-element with error-type transport.",
			Breaks:  []string{"rfc4741-A-error-type-rpc-allowed"}, Follows: []string{"rfc6241-A-unknown-element"}},
		{Name: "old-server-sends-malformed-message", Profile: "base10",
			Summary: "Gives malformed-message, which RFC 4741 does not have.",
			Breaks:  []string{"rfc4741-A-no-malformed-message"}},
		{Name: "old-partial-operation-of-the-protocol", Profile: "base10",
			Summary: "Gives partial-operation with error-type protocol.",
			Breaks:  []string{"rfc4741-A-partial-operation"}},
	}
}
