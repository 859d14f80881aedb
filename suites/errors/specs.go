package errors

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	reporting()
	paths()
	disclosure()
	tags()
	surroundings()
	limits()
	malformed()
	errorInfo()
	messages()
	features()
	filters()
	choices()
	parameters()
	timeouts()
	old()
}
