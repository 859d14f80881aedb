package monitor

import (
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func (c *Collector) count(m session.Message) {
	c.seen[Messages]++
	if m.Framing == wire.Chunked {
		c.seen[Chunked]++
	} else {
		c.seen[EndOfMessage]++
	}
	if m.Document == nil {
		return
	}
	if m.Document.Is("hello") {
		c.seen[Hellos]++
	}
	if m.Document.Is("rpc-reply") {
		c.seen[Replies]++
	}
	for _, e := range rpcErrors(m) {
		c.seen[Errors]++
		c.seen[ErrorMessages] += len(named(e, "error-message"))
		c.seen[ErrorInfos] += len(named(e, "error-info"))
	}
}
