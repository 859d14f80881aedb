package lock

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	granting()
	conditions()
	blocks()
	outside()
	reads()
	separation()
	released()
	transportLoss()
	kept()
	lockTarget()
	unlock()
	unlockTarget()
	replies()
}
