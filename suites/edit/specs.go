package edit

// Specs puts the suite into Ginkgo's tree.
func Specs() {}
