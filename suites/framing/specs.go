package framing

import "github.com/ncspec/ncspec/harness/dsl"

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

// Begins are the beginnings of specs that a run makes ahead.
func Begins() []dsl.Ahead { return []dsl.Ahead{half()} }
