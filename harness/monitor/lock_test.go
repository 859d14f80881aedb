package monitor_test

import (
	"io"
	"strings"
	"testing"

	"github.com/ncspec/ncspec/harness/monitor"
	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
)

// silent is a stream on which nothing comes.
type silent struct{}

func (silent) Read([]byte) (int, error)    { return 0, io.EOF }
func (silent) Write(p []byte) (int, error) { return len(p), nil }
func (silent) Close() error                { return nil }
func (silent) CloseWrite() error           { return nil }
func (silent) Ended() string               { return "" }
func (silent) Gone() <-chan struct{}       { return nil }

// answer makes the message that a server answers an operation with.
func answer(operation, content string) session.Message {
	octets := []byte(`<rpc-reply xmlns="` + netconf.BaseNamespace + `" message-id="7">` + content + `</rpc-reply>`)
	document, _ := netconf.Parse(octets)
	return session.Message{Octets: octets, Document: document,
		Request: &session.Sent{MessageID: "7", Request: netconf.Request{MessageID: "7", Operation: operation}}}
}

func TestRepliesToLockAndUnlock(t *testing.T) {
	const lockID, unlockID = "rfc6241-7.5-ok-or-error", "rfc6241-7.6-ok-or-error"
	for _, c := range []struct {
		operation, content string
		found              string // the requirement, "" for a legal answer
	}{
		{netconf.Lock("running"), `<ok/>`, ""},
		{netconf.Lock("running"), `<rpc-error/><rpc-error/>`, ""},
		{netconf.Lock("running"), ``, lockID},
		{netconf.Lock("running"), `<ok/><rpc-error/>`, lockID},
		{netconf.Lock("running"), `<ok/><ok/>`, lockID},
		{netconf.Lock("running"), `<rpc-error/><data/>`, lockID},
		{`<lock/>`, `<data/>`, lockID},
		{`<nc:lock xmlns:nc="` + netconf.BaseNamespace + `"/>`, `<data/>`, lockID},
		{`<lock/>`, `<ok xmlns="urn:example"/>`, lockID},
		{netconf.Unlock("running"), `<ok/>`, ""},
		{netconf.Unlock("running"), `<ok/><data/>`, unlockID},
		{strings.Repeat(" \n", 2<<20) + `<lock/>`, `<data/>`, lockID},
		{`<` + strings.Repeat("lock", 1<<20) + `/>`, `<data/>`, ""},
		{`<partial-lock/>`, `<lock-id/>`, ""},
		{`<locked/>`, `<data/>`, ""},
	} {
		collector := monitor.New(func() string { return "lock/test" })
		collector.Received(session.New(silent{}, nil, session.Config{}), answer(c.operation, c.content))
		for _, id := range []string{lockID, unlockID} {
			findings, _ := collector.Findings(id)
			if got, want := len(findings) > 0, id == c.found; got != want {
				t.Errorf("%.100s answered with %q: found a breach of %s: %v, want %v", c.operation, c.content, id, got, want)
			}
		}
	}
}

func TestRepliesToLockThatCannotBeReliedOn(t *testing.T) {
	deviated := answer(`<lock/>`, `<data/>`)
	deviated.Deviated = true
	raw := answer(`<lock/>`, `<data/>`)
	raw.Request.Raw = true
	another := answer(`<lock/>`, `<data/>`)
	another.Request.MessageID = "8"
	for name, m := range map[string]session.Message{"deviated": deviated, "raw": raw, "another's": another} {
		collector := monitor.New(func() string { return "lock/test" })
		collector.Received(session.New(silent{}, nil, session.Config{}), m)
		if seen := collector.Seen(monitor.LockReplies); seen != 0 {
			t.Errorf("the %s reply was judged", name)
		}
	}
}
