// Package commit checks the candidate datastore and its operations commit and discard-changes (RFC 6241 §8.3), and confirmed
// commits (§8.4; RFC 4741 §8.4).
package commit

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	capabilities()
	candidateDatastore()
	committing()
	discarding()
	candidateLock()
	confirming()
	followUps()
	savingStartup()
	timeouts()
	persistence()
	cancelling()
	sessionLoss()
	rfc4741()
}
