package monitor

import (
	"regexp"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// nameWithin is how much of a request is looked at for the name of its operation, in octets: requests of some MiB are sent
// too.
const nameWithin = 1 << 10

var lockOrUnlock = regexp.MustCompile(`^<(?:[^\s<>/:]+:)?(lock|unlock)[\s/>]`)

// lockReplies: lock and unlock are answered with one ok, or with rpc-errors, and with nothing else (RFC 6241 §7.5, §7.6).
func lockReplies(c *Collector, s *session.Session, m session.Message) {
	switch answered(m) {
	case "lock":
		c.seen[LockReplies]++
		c.okOrErrors(s, m, "rfc6241-7.5-ok-or-error")
	case "unlock":
		c.seen[UnlockReplies]++
		c.okOrErrors(s, m, "rfc6241-7.6-ok-or-error")
	}
}

// answered tells which of lock and unlock a message replies to, "" for neither or where it cannot be relied on.
func answered(m session.Message) string {
	if m.Deviated || m.Request == nil || m.Request.Raw || m.Document == nil {
		return ""
	}
	begin := strings.TrimLeft(m.Request.Request.Operation, " \t\r\n")
	operation := lockOrUnlock.FindStringSubmatch(begin[:min(len(begin), nameWithin)])
	reply, err := netconf.ParseReply(m.Document)
	if operation == nil || err != nil || reply.MessageID != m.Request.MessageID {
		return ""
	}
	return operation[1]
}

func (c *Collector) okOrErrors(s *session.Session, m session.Message, requirement string) {
	oks, errors, others := 0, 0, 0
	for _, n := range elements(m.Document.Root) {
		switch base := n.NamespaceURI == netconf.BaseNamespace; {
		case base && n.Data == "ok":
			oks++
		case base && n.Data == "rpc-error":
			errors++
		default:
			others++
		}
	}
	if others > 0 || oks+min(errors, 1) != 1 {
		c.found(s, requirement, m.Offset, m.Octets, "the reply holds %d ok, %d rpc-error and %d other elements", oks, errors, others)
	}
}
