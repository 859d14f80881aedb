package reference

import "slices"

// commitDefects are those that the commit suite should catch.
func commitDefects() []Defect {
	return slices.Concat(candidateDefects(), candidateLockDefects(), timeoutDefects(), followUpDefects(), persistDefects(),
		cancelDefects(), lossDefects(), oldCommitDefects())
}

// candidateDefects concern RFC 6241 §8.3.1 to §8.3.5.1 and the capabilities.
func candidateDefects() []Defect {
	return []Defect{
		{Name: "get-shows-candidate",
			Summary: "Gives the changes in candidate by get.",
			Breaks:  []string{"rfc6241-8.3.1-isolated-from-running"},
			Follows: []string{"rfc6241-7.7-not-candidate"}},
		{Name: "commit-of-nothing-refused",
			Summary: "Refuses a commit that changes nothing.",
			Breaks:  []string{"rfc6241-8.3.1-commit-at-any-time"}},
		{Name: "candidate-capability-misspelt",
			Summary: "Announces :candidate without its version.",
			Breaks:  []string{"rfc6241-8.3.3-identifier"},
			Follows: []string{"rfc6241-8-standard-uri-format", "rfc6241-8.4.2-needs-candidate", "rfc6241-1.3-dependencies-advertised",
				"rfc6241-8.3.4.1-commit-unavailable", "rfc6241-8.3.4.2-discard-unavailable"}},
		{Name: "confirmed-commit-capability-misspelt",
			Summary: "Announces :confirmed-commit under a URN that is misspelt.",
			Breaks:  []string{"rfc6241-8.4.3-identifier"},
			Follows: []string{"rfc6241-8-standard-uri-format", "rfc6241-8.4.4.1-cancel-unavailable", "rfc6241-8.4.5.1-confirmed-unavailable"}},
		{Name: "commit-publishes-one-of-two-changes",
			Summary: "Makes one of two changes running, and takes both out of candidate.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-updates-running"}},
		{Name: "failed-commit-publishes-part",
			Summary: "Makes running what is valid by itself in a candidate that is not.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-all-or-nothing"}},
		{Name: "commit-ignores-lock-on-running",
			Summary: "Commits while another session has locked running.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-running-locked-by-other"}},
		{Name: "commit-ignores-lock-on-candidate",
			Summary: "Commits while another session has locked candidate.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-candidate-locked-by-other"}},
		{Name: "commit-ends-lock-on-running",
			Summary: "Releases the lock on running with a commit.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-with-own-locks"}},
		{Name: "commit-without-candidate-granted",
			Summary: "Answers ok to commit without having a candidate.",
			Breaks:  []string{"rfc6241-8.3.4.1-commit-unavailable"},
			Profile: "running-only"},
		{Name: "discard-changes-spares-one-change",
			Summary: "Leaves one of several changes in candidate when they are discarded.",
			Breaks:  []string{"rfc6241-8.3.4.2-discard-resets-candidate"}},
		{Name: "discard-of-nothing-refused",
			Summary: "Refuses to discard nothing.",
			Breaks:  []string{"rfc6241-8.3.4.2-discard-ok-reply"}},
		{Name: "discarded-changes-shown-in-running",
			Summary: "Shows what was discarded in the next read of running.",
			Breaks:  []string{"rfc6241-8.3.4.2-discard-leaves-running"},
			Follows: []string{"rfc6241-8.3.4.2-discard-resets-candidate"}},
		{Name: "discard-changes-without-candidate-granted",
			Summary: "Answers ok to discard-changes without having a candidate.",
			Breaks:  []string{"rfc6241-8.3.4.2-discard-unavailable"},
			Profile: "running-only"},
		{Name: "filter-on-candidate-ignored",
			Summary: "Gives all of candidate whatever the filter.",
			Breaks:  []string{"rfc6241-8.3.5.1-get-config-candidate"}},
		{Name: "edit-as-first-request-lost",
			Summary: "Answers ok to an edit of candidate that is a session's first request, and forgets it.",
			Breaks:  []string{"rfc6241-8.3.5.1-edit-config-candidate"}},
		{Name: "copy-config-from-candidate-copies-running",
			Summary: "Copies running where candidate is to be copied.",
			Breaks:  []string{"rfc6241-8.3.5.1-copy-config-candidate-source"}},
		{Name: "validate-of-candidate-refused",
			Summary: "Does not validate candidate.",
			Breaks:  []string{"rfc6241-8.3.5.1-validate-candidate"}},
	}
}

// candidateLockDefects concern RFC 6241 §8.3.5.2.
func candidateLockDefects() []Defect {
	return []Defect{
		{Name: "denied-lock-on-candidate-stays-denied",
			Summary: "Denies the lock on candidate to a session that was once denied it.",
			Breaks:  []string{"rfc6241-8.3.5.2-lock-unlock-candidate"},
			Follows: []string{"rfc6241-7.5-lock-granted"}},
		{Name: "unlock-keeps-changes",
			Summary: "Keeps uncommitted changes when candidate is unlocked.",
			Breaks:  []string{"rfc6241-8.3.5.2-unlock-discards"}},
		{Name: "close-session-keeps-changes",
			Summary: "Keeps uncommitted changes when the session closes that has locked candidate.",
			Breaks:  []string{"rfc6241-8.3.5.2-close-session-discards"}},
		{Name: "session-failure-keeps-changes",
			Summary: "Keeps uncommitted changes when the session is lost or killed that has locked candidate.",
			Breaks:  []string{"rfc6241-8.3.5.2-session-failure-discards"}},
		{Name: "unlock-takes-back-commit",
			Summary: "Takes back what was committed when candidate is unlocked.",
			Breaks:  []string{"rfc6241-8.3.5.2-unlock-after-commit-keeps"}},
		{Name: "unlock-of-running-discards-candidate",
			Summary: "Discards the changes in candidate when running is unlocked.",
			Breaks:  []string{"rfc6241-8.3.5.2-running-unlock-keeps-candidate"}},
	}
}

// timeoutDefects concern the timeout and the confirming commit (RFC 6241 §8.4.1).
func timeoutDefects() []Defect {
	return []Defect{
		{Name: "confirm-timeout-taken-as-minutes",
			Summary: "Takes confirm-timeout for minutes.",
			Breaks:  []string{"rfc6241-8.4.1-reverts-after-timeout"},
			Follows: []string{"rfc6241-8.4.1-follow-up-resets-timer", "rfc6241-8.4.1-follow-up-may-change",
				"rfc6241-8.4.1-other-session-cannot-confirm", "rfc6241-8.4.1-other-session-cannot-follow-up",
				"rfc6241-8.4.1-persist-requires-persist-id", "rfc6241-8.4.1-persist-still-times-out",
				"rfc6241-8.4.1-reverts-while-locked", "rfc6241-8.4.1-reverts-while-busy", "rfc6241-8.4.5.1-persist-id-mismatch"}},
		{Name: "default-confirm-timeout-of-three-seconds",
			Summary: "Reverts after three seconds where no timeout is given.",
			Breaks:  []string{"rfc6241-8.4.1-default-timeout-600"}},
		{Name: "lock-stops-reversion",
			Summary: "Makes a confirmed commit permanent at its timeout while running is locked.",
			Breaks:  []string{"rfc6241-8.4.1-reverts-while-locked"}},
		{Name: "requests-stop-reversion",
			Summary: "Makes a confirmed commit permanent when more than sixty requests have come before its timeout.",
			Breaks:  []string{"rfc6241-8.4.1-reverts-while-busy"}},
		{Name: "confirming-commit-keeps-timer",
			Summary: "Answers ok to a confirming commit, and reverts all the same.",
			Breaks:  []string{"rfc6241-8.4.1-confirming-commit"},
			Follows: []string{"rfc6241-8.4.4.1-cancel-nothing-ongoing"}},
		{Name: "confirming-commit-with-changes-refused",
			Summary: "Refuses a confirming commit that brings changes.",
			Breaks:  []string{"rfc6241-8.4.1-confirming-may-change"}},
		{Name: "commit-of-another-session-confirms",
			Summary: "Takes a plain commit of another session for the confirming one.",
			Breaks:  []string{"rfc6241-8.4.1-other-session-cannot-confirm"}},
		{Name: "confirming-commit-saves-startup",
			Summary: "Saves running to startup with the confirming commit.",
			Breaks:  []string{"rfc6241-8.4.1-startup-needs-copy"}},
		{Name: "confirmed-commit-not-announced",
			Summary: "Has confirmed commits and does not announce them.",
			Breaks:  []string{"rfc6241-8.4.5.1-confirmed-unavailable"}},
	}
}

// followUpDefects concern follow-up confirmed commits (RFC 6241 §8.4.1).
func followUpDefects() []Defect {
	return []Defect{
		{Name: "follow-up-keeps-timer",
			Summary: "Answers ok to a follow-up with a timeout, and goes on with the old one.",
			Breaks:  []string{"rfc6241-8.4.1-follow-up-resets-timer"}},
		{Name: "follow-up-without-timeout-keeps-timer",
			Summary: "Goes on with the old timeout at a follow-up without one.",
			Breaks:  []string{"rfc6241-8.4.1-follow-up-default-timer"}},
		{Name: "follow-up-with-changes-refused",
			Summary: "Refuses a follow-up that brings changes.",
			Breaks:  []string{"rfc6241-8.4.1-follow-up-may-change"}},
		{Name: "follow-up-overwrites-original",
			Summary: "Goes back to the state before the follow-up, not before the first confirmed commit.",
			Breaks:  []string{"rfc6241-8.4.1-follow-up-restores-original"},
			Follows: []string{"rfc6241-8.4.1-follow-up-resets-timer", "rfc6241-8.4.1-follow-up-default-timer",
				"rfc6241-8.4.1-persist-follow-up-other-session"}},
		{Name: "follow-up-of-another-session-taken",
			Summary: "Lets a confirmed commit of another session follow up the pending one.",
			Breaks:  []string{"rfc6241-8.4.1-other-session-cannot-follow-up"}},
	}
}

// persistDefects concern persist and persist-id of commit (RFC 6241 §8.4.1, §8.4.5.1).
func persistDefects() []Defect {
	return []Defect{
		{Name: "persistent-commit-confirmed-by-own-session-only",
			Summary: "Lets no other session confirm a persistent commit, with the token either.",
			Breaks:  []string{"rfc6241-8.4.1-persist-confirm-other-session"},
			Follows: []string{"rfc6241-8.4.1-persist-survives-session"}},
		{Name: "persistent-commit-followed-up-by-own-session-only",
			Summary: "Lets no other session follow up a persistent commit, with the token either.",
			Breaks:  []string{"rfc6241-8.4.1-persist-follow-up-other-session"}},
		{Name: "persistent-commit-confirmed-without-persist-id",
			Summary: "Takes a plain commit without the token as confirmation of a persistent one.",
			Breaks:  []string{"rfc6241-8.4.1-persist-requires-persist-id"}},
		{Name: "persistent-commit-ends-with-session",
			Summary: "Reverts a persistent commit when its session ends.",
			Breaks:  []string{"rfc6241-8.4.1-persist-survives-session"},
			Follows: []string{"rfc6241-8.4.1-persist-still-times-out", "rfc6241-8.4.4.1-cancel-persist-id"}},
		{Name: "persistent-commit-of-ended-session-never-times-out",
			Summary: "Stops the clock of a persistent commit when its session ends.",
			Breaks:  []string{"rfc6241-8.4.1-persist-still-times-out"}},
		{Name: "token-with-markup-not-recognised",
			Summary: "Does not recognise a token with a less-than sign.",
			Breaks:  []string{"rfc6241-8.4.5.1-persist-sets-token"}},
		{Name: "commit-with-wrong-persist-id-confirms",
			Summary: "Takes a commit with any persist-id as confirmation.",
			Breaks:  []string{"rfc6241-8.4.5.1-persist-id-mismatch"}},
	}
}

// cancelDefects concern cancel-commit (RFC 6241 §8.4.4.1).
func cancelDefects() []Defect {
	return []Defect{
		{Name: "cancel-commit-confirms",
			Summary: "Makes a confirmed commit permanent that is cancelled.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-reverts"},
			Follows: []string{"rfc6241-8.4.1-follow-up-resets-timer", "rfc6241-8.4.1-follow-up-default-timer",
				"rfc6241-8.4.1-follow-up-restores-original"}},
		{Name: "cancel-commit-of-another-session-granted",
			Summary: "Lets another session cancel a confirmed commit without a token.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-same-session"}},
		{Name: "persistent-commit-cancelled-by-own-session-only",
			Summary: "Lets no other session cancel a persistent commit, with the token either.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-persist-id"}},
		{Name: "persist-id-compared-without-case",
			Summary: "Takes persist-id of cancel-commit in small or capital letters.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-wrong-persist-id"}},
		{Name: "persistent-commit-cancelled-without-persist-id",
			Summary: "Lets the session that has committed cancel a persistent commit without the token.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-persist-without-id"}},
		{Name: "needless-persist-id-ignored",
			Summary: "Cancels a commit without a token whatever persist-id is given.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-persist-id-non-persistent"}},
		{Name: "cancel-commit-reverts-what-is-confirmed",
			Summary: "Takes back the last confirmed commit, though it is confirmed, when nothing is pending.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-nothing-ongoing"}},
		{Name: "cancel-commit-without-capability-granted",
			Summary: "Answers ok to cancel-commit without knowing it.",
			Breaks:  []string{"rfc6241-8.4.4.1-cancel-unavailable"},
			Profile: "base10"},
	}
}

// lossDefects concern the end of the session that has committed (RFC 6241 §8.4.1).
func lossDefects() []Defect {
	return []Defect{
		{Name: "transport-loss-confirms-commit",
			Summary: "Makes a pending confirmed commit permanent when its session is lost.",
			Breaks:  []string{"rfc6241-8.4.1-transport-loss-reverts"}},
		{Name: "end-of-another-session-reverts-commit",
			Summary: "Reverts a confirmed commit when any session ends.",
			Breaks:  []string{"rfc6241-8.4.1-other-session-end-no-revert"}},
		{Name: "reboot-confirms-commit",
			Summary: "Makes a pending confirmed commit permanent at a reboot.",
			Breaks:  []string{"rfc6241-8.4.1-reboot-reverts"}},
	}
}

// oldCommitDefects concern RFC 4741.
func oldCommitDefects() []Defect {
	return []Defect{
		{Name: "old-commit-ignores-lock-on-running",
			Summary: "Commits while another session has locked running, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.3.4.1-commit-with-foreign-lock"},
			Profile: "base10"},
		{Name: "old-confirming-commit-with-changes-refused",
			Summary: "Refuses a confirming commit that brings changes, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.4.1-any-commit-confirms"},
			Profile: "base10"},
		{Name: "old-confirm-timeout-taken-as-minutes",
			Summary: "Takes confirm-timeout for minutes, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.4.1-reverts-after-timeout"},
			Follows: []string{"rfc4741-8.4.1-confirming-commit-may-be-confirmed"},
			Profile: "base10"},
		{Name: "old-session-end-confirms-commit",
			Summary: "Makes a pending confirmed commit permanent when its session ends, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.4.1-session-end-reverts"},
			Profile: "base10"},
		{Name: "old-second-confirmed-commit-refused",
			Summary: "Refuses a confirmed commit while one is pending, as a server of base:1.0.",
			Breaks:  []string{"rfc4741-8.4.1-confirming-commit-may-be-confirmed"},
			Profile: "base10"},
	}
}
