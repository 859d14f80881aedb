package datastore

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	copyConfig()
	deleteConfig()
	writableRunning()
	validate()
	startups()
	urls()
	rfc4741()
}
