package reference

// datastoreDefects break what the suite datastore judges.
func datastoreDefects() []Defect {
	var all []Defect
	for _, table := range []func() []Defect{copyDefects, deleteDefects, writableDefects, validateDefects, startupDefects, urlDefects, oldDatastoreDefects} {
		all = append(all, table()...)
	}
	return all
}

func copyDefects() []Defect {
	return []Defect{
		{Name: "copy-to-candidate-without-effect",
			Summary: "Answers ok to a copy of running to candidate and leaves candidate as it is.",
			Breaks:  []string{"rfc6241-7.3-replaces-entire-target"}},
		{Name: "file-not-created",
			Summary: "Answers ok to a copy to a file that is not there, and writes none.",
			Breaks:  []string{"rfc6241-7.3-create-target"},
			Follows: []string{"rfc6241-8.8.5.2-copy-config-url-target", "rfc6241-8.8.5.2-copy-config-url-source", "rfc6241-8.8.5.3-delete-config-url",
				"rfc6241-8.8.5.4-validate-url"}},
		{Name: "copy-to-itself-accepted",
			Summary: "Copies a datastore to itself.",
			Breaks:  []string{"rfc6241-7.3-same-datastore"}},
		{Name: "copy-of-file-to-itself-accepted",
			Summary: "Copies a file to itself.",
			Breaks:  []string{"rfc6241-7.3-same-url"}},
		{Name: "inline-copy-keeps-other-nodes",
			Summary: "Keeps the top-level nodes of the target that an inline configuration does not have.",
			Breaks:  []string{"rfc6241-7.3-inline-config-source"}},
		{Name: "inline-copy-unchecked",
			Summary: "Copies what it can read of an inline configuration, whatever else there is.",
			Breaks:  []string{"rfc6241-7.3-inline-config-invalid"}},
		{Name: "copy-config-without-source-answered-ok",
			Summary: "Answers ok to copy-config without a source.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
		{Name: "copy-config-without-target-answered-ok",
			Summary: "Answers ok to copy-config without a target.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
		{Name: "copy-config-with-empty-source-answered-ok",
			Summary: "Answers ok to copy-config with an empty source.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
		{Name: "copy-config-with-empty-target-answered-ok",
			Summary: "Answers ok to copy-config with an empty target.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
		{Name: "copy-config-with-unknown-source-answered-ok",
			Summary: "Answers ok to copy-config from a datastore that there is none of.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
		{Name: "copy-config-with-unknown-target-answered-ok",
			Summary: "Answers ok to copy-config to a datastore that there is none of.",
			Breaks:  []string{"rfc6241-7.3-bad-parameter"}},
	}
}

func deleteDefects() []Defect {
	return []Defect{
		{Name: "deletion-of-running-answered-ok",
			Summary: "Answers ok to a deletion of running.",
			Breaks:  []string{"rfc6241-7.4-running-not-deletable"}},
		{Name: "deletion-of-candidate-discards",
			Summary: "Takes a deletion of candidate for discard-changes.",
			Breaks:  []string{"rfc6241-7.4-candidate-not-a-target"}},
		{Name: "delete-config-without-target-answered-ok",
			Summary: "Answers ok to delete-config without a target.",
			Breaks:  []string{"rfc6241-7.4-missing-target"}},
	}
}

func writableDefects() []Defect {
	return []Defect{
		{Name: "edit-of-running-without-effect",
			Summary: "Answers ok to an edit of running and leaves running as it is.",
			Breaks:  []string{"rfc6241-8.2.1-direct-write"}},
		{Name: "writable-running-capability-misspelt",
			Summary: "Announces :writable-running under a URN that is misspelt.",
			Breaks:  []string{"rfc6241-8.2.3-identifier"},
			Follows: []string{"rfc6241-8-standard-uri-format", "rfc6241-8.2.5.1-not-without-capability"}},
		{Name: "edit-of-running-refused",
			Summary: "Claims :writable-running and does not know running as the target of edit-config.",
			Breaks:  []string{"rfc6241-8.2.5.1-edit-config-running"},
			Follows: []string{"rfc6241-8.2.1-direct-write"}},
		{Name: "edit-of-running-without-capability",
			Summary: "Edits running without claiming :writable-running.",
			Breaks:  []string{"rfc6241-8.2.5.1-not-without-capability"},
			Profile: "candidate-only"},
		{Name: "copy-to-running-without-effect",
			Summary: "Answers ok to a copy to running and leaves running as it is.",
			Breaks:  []string{"rfc6241-8.2.5.2-copy-config-running"}},
	}
}

func validateDefects() []Defect {
	return []Defect{
		{Name: "validation-finds-no-fault",
			Summary: "Finds every inline configuration valid.",
			Breaks:  []string{"rfc6241-8.6.1-validate-supported"}},
		{Name: "validate-capability-misspelt",
			Summary: "Announces :validate under a URN that is misspelt.",
			Breaks:  []string{"rfc6241-8.6.3-identifier"},
			Follows: []string{"rfc6241-8-standard-uri-format", "rfc6241-8.6.4.1-validate-unavailable"}},
		{Name: "validation-of-running-refused",
			Summary: "Does not validate running.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-running"}},
		{Name: "validation-of-inline-refused",
			Summary: "Does not validate an inline configuration.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-inline"},
			Follows: []string{"rfc6241-8.6.1-validate-supported"}},
		{Name: "validation-misses-constraints",
			Summary: "Does not look at rules between nodes when it validates.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-failure-reported"}},
		{Name: "validation-discards-candidate",
			Summary: "Discards the changes to candidate when it validates it.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-changes-nothing"},
			Follows: []string{"rfc6241-8.6.4.1-validate-failure-reported"}},
		{Name: "validate-without-source-answered-ok",
			Summary: "Answers ok to validate without a source.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-missing-source"}},
		{Name: "validate-without-capability",
			Summary: "Answers ok to validate without claiming it.",
			Breaks:  []string{"rfc6241-8.6.4.1-validate-unavailable"},
			Profile: "running-only"},
		{Name: "test-only-refused",
			Summary: "Does not know test-only in edit-config.",
			Breaks:  []string{"rfc6241-8.6.5.1-test-option-accepted"}},
	}
}

func startupDefects() []Defect {
	return []Defect{
		{Name: "running-saved-by-itself",
			Summary: "Saves each change of running to startup.",
			Breaks:  []string{"rfc6241-8.7.1-startup-separate"}},
		{Name: "copy-to-startup-without-effect",
			Summary: "Answers ok to a copy to startup and leaves startup as it is.",
			Breaks:  []string{"rfc6241-8.7.1-startup-updated-by-copy"}},
		{Name: "startup-not-loaded-at-boot",
			Summary: "Goes on with running after a boot.",
			Breaks:  []string{"rfc6241-8.7.1-startup-loaded-at-boot"}},
		{Name: "startup-not-readable",
			Summary: "Does not know startup as the source of get-config.",
			Breaks:  []string{"rfc6241-8.7.5.1-get-config-startup"}},
		{Name: "startup-refused-as-source",
			Summary: "Does not know startup as the source of copy-config.",
			Breaks:  []string{"rfc6241-8.7.5.1-copy-config-startup-source"}},
		{Name: "startup-refused-as-target",
			Summary: "Does not know startup as the target of copy-config.",
			Breaks:  []string{"rfc6241-8.7.5.1-copy-config-startup-target"},
			Follows: []string{"rfc6241-8.7.1-startup-updated-by-copy"}},
		{Name: "startup-not-lockable",
			Summary: "Does not know startup as the target of lock and unlock.",
			Breaks:  []string{"rfc6241-8.7.5.1-lock-unlock-startup"}},
		{Name: "validation-of-startup-refused",
			Summary: "Does not know startup as the source of validate.",
			Breaks:  []string{"rfc6241-8.7.5.1-validate-startup"}},
		{Name: "deletion-of-startup-without-effect",
			Summary: "Answers ok to a deletion of startup and keeps startup as it is.",
			Breaks:  []string{"rfc6241-8.7.5.1-delete-config-startup"}},
	}
}

func urlDefects() []Defect {
	return []Defect{
		{Name: "listed-scheme-refused",
			Summary: "Lists http, and makes nothing of what HTTP servers answer.",
			Breaks:  []string{"rfc6241-8.8.1-url-accepted"}},
		{Name: "url-capability-without-schemes",
			Summary: "Announces :url without its list of schemes.",
			Breaks:  []string{"rfc6241-8.8.3-identifier-scheme"}},
		{Name: "unlisted-scheme-answered-ok",
			Summary: "Answers ok to a copy to a URL of a scheme that it does not list.",
			Breaks:  []string{"rfc6241-8.8.3-unlisted-scheme"}},
		{Name: "edit-by-url-without-effect",
			Summary: "Answers ok to an edit by a file and changes nothing.",
			Breaks:  []string{"rfc6241-8.8.5.1-edit-config-url"}},
		{Name: "edit-by-broken-file-answered-ok",
			Summary: "Answers ok to an edit by a file that it cannot read.",
			Breaks:  []string{"rfc6241-8.8.5.1-edit-config-url-bad-root"}},
		{Name: "edit-by-url-without-capability",
			Summary: "Takes url in edit-config without claiming it.",
			Breaks:  []string{"rfc6241-8.8.5.1-url-unavailable"},
			Profile: "candidate-only"},
		{Name: "file-written-without-config",
			Summary: "Writes files whose root is not config.",
			Breaks:  []string{"rfc6241-8.8.5.2-copy-config-url-target"},
			Follows: []string{"rfc6241-7.3-create-target", "rfc6241-8.8.5.2-copy-config-url-source", "rfc6241-8.8.5.4-validate-url"}},
		{Name: "file-written-incomplete",
			Summary: "Writes a part of a datastore to files.",
			Breaks:  []string{"rfc6241-8.8.5.2-copy-config-url-target"},
			Follows: []string{"rfc6241-8.8.5.2-copy-config-url-source"}},
		{Name: "copy-from-url-without-effect",
			Summary: "Answers ok to a copy of a file and leaves the target as it is.",
			Breaks:  []string{"rfc6241-8.8.5.2-copy-config-url-source"}},
		{Name: "unreadable-url-answered-ok",
			Summary: "Answers ok to a copy of a file that it cannot read.",
			Breaks:  []string{"rfc6241-8.8.5.2-url-unreachable"}},
		{Name: "deletion-of-file-without-effect",
			Summary: "Answers ok to a deletion of a file and keeps it.",
			Breaks:  []string{"rfc6241-8.8.5.3-delete-config-url"}},
		{Name: "validation-of-file-finds-no-fault",
			Summary: "Finds every file valid.",
			Breaks:  []string{"rfc6241-8.8.5.4-validate-url"}},
	}
}

func oldDatastoreDefects() []Defect {
	return []Defect{
		{Name: "old-validation-finds-no-fault",
			Summary: "Finds every inline configuration valid, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.6.4.1-validate"},
			Profile: "base10"},
		{Name: "old-validation-of-startup-refused",
			Summary: "Does not know startup as the source of validate, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.7.5.1-startup-operations"},
			Profile: "base10"},
	}
}
