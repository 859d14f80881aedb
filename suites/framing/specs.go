package framing

// Specs puts the suite into Ginkgo's tree, in the order of RFC 6242.
func Specs() {
	completeRequests()
	acceptedChunks()
	acceptedArrivals()
	largeMessages()
	octetsAsData()
	faultsInTheData()
	rejected()
	incompleteRequests()
	endOfSession()
	hostileSizes()
	sentChunks()
	endOfMessage()
}
