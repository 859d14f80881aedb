package edit

// Specs puts the suite into Ginkgo's tree.
func Specs() {
	content()
	operations()
	operationAttribute()
	defaultOperation()
	testOption()
	errorOption()
	keys()
	sameNodeTwice()
	namespaces()
	config()
	atomicity()
	rollbackOnError()
	oldEdits()
}
