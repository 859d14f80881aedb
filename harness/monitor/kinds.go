package monitor

import (
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// Kind is a kind of thing that monitors look at: a monitor that saw none of its kind has no verdict.
type Kind string

// The kinds of things that are judged.
const (
	Messages      Kind = "message"
	Hellos        Kind = "hello"
	Replies       Kind = "rpc-reply"
	Answers       Kind = "rpc-reply to a request that is known"
	Errors        Kind = "rpc-error"
	ErrorPaths    Kind = "error-path"
	ErrorMessages Kind = "error-message"
	ErrorInfos    Kind = "error-info"
	MandatedInfos Kind = "error-info that Appendix A mandates"
	BadNames      Kind = "bad-element or bad-attribute"
	LockReplies   Kind = "reply to lock"
	UnlockReplies Kind = "reply to unlock"
	Chunked       Kind = "message in chunked framing"
	EndOfMessage  Kind = "message in end-of-message framing"
	Together      Kind = "pair of sessions open at the same time"

	StandardErrors   Kind = "rpc-error with a tag of Appendix A"
	MandatedErrors   Kind = "rpc-error with a tag that mandates error-info"
	OldRPCErrors     Kind = "rpc-error with a tag that RFC 4741 has for the layer rpc"
	OperationsFailed Kind = operationFailed
	ResourcesDenied  Kind = resourceDenied
)

// The kinds of things that are legal, and only counted.
const (
	DataInBase    Kind = "node below data in the base namespace"
	UnsuitedTypes Kind = "error-type that Appendix A does not have for the error-tag"
	PathsToNodes  Kind = "error-path that selects a node of the request"
	PathsElse     Kind = "error-path that selects nothing in the request"
	OwnPrefixes   Kind = "error-path with a prefix that only error-path declares"
	BarePaths     Kind = "error-path with a step without a prefix"
	BareNames     Kind = "bad-element or bad-attribute without a prefix"
	InventedIDs   Kind = "message-id on the reply to a request that had none"
	ForeignInfos  Kind = "child of error-info in a namespace other than the base namespace"
	Warnings      Kind = "rpc-error with severity warning"
	XMLAttributes Kind = "attribute of the XML namespace where the schema has none"
)

// countFrame counts a message as a frame: of all messages, as framing is judged on all of them.
func (c *Collector) countFrame(m session.Message) {
	if m.Framing == wire.Chunked {
		c.seen[Chunked]++
	} else {
		c.seen[EndOfMessage]++
	}
}

// count counts what is judged in a message.
func (c *Collector) count(m session.Message) {
	c.seen[Messages]++
	if m.Document == nil {
		return
	}
	if m.Document.Is("hello") {
		c.seen[Hellos]++
	}
	if m.Document.Is("rpc-reply") {
		c.seen[Replies]++
		if m.Request != nil {
			c.seen[Answers]++
		}
	}
	for _, e := range rpcErrors(m) {
		c.seen[Errors]++
		c.seen[ErrorPaths] += len(named(e, "error-path"))
		c.seen[ErrorMessages] += len(named(e, "error-message"))
		c.seen[ErrorInfos] += len(named(e, "error-info"))
	}
}
