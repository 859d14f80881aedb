// Package monitor watches every message of every session of a run, for what RFC 6241 and RFC 6242 demand of all of
// them. It gathers findings; the specs that judge them stand in the suites.
//
// It is silent about what came after the harness had broken a rule on purpose, and about what came while a framing
// error kept messages from being told apart: neither shows what the server does of its own accord.
package monitor

import (
	"fmt"
	"sync"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

// Finding is one breach of a requirement that was seen in passing.
type Finding struct {
	Requirement string
	Spec        string // that was running
	Session     string // name and session-id
	Offset      int64  // octets of the stream before the message, or before the fault in it
	Detail      string
	Octets      []byte // the message as it was, shortened
}

// String puts a finding into two lines: what and where, and the octets.
func (f Finding) String() string {
	return fmt.Sprintf("%s (during %s, %s, octet %d)\n    %q", f.Detail, f.Spec, f.Session, f.Offset, f.Octets)
}

const (
	most    = 20   // findings kept of one requirement
	excerpt = 1000 // octets kept of one message
)

// Collector is the witness of a run's sessions. It is safe for concurrent use.
type Collector struct {
	checks []check
	spec   func() string

	mutex    sync.Mutex
	findings map[string][]Finding
	more     map[string]int // findings beyond most
	seen     map[Kind]int
	open     map[*session.Session]*opened
}

// New gives a collector; spec names the spec that is running.
func New(spec func() string) *Collector {
	return &Collector{checks: checks(), spec: spec, findings: map[string][]Finding{}, more: map[string]int{},
		seen: map[Kind]int{}, open: map[*session.Session]*opened{}}
}

// Findings gives what was found against a requirement, and how many more of the kind were not kept.
func (c *Collector) Findings(requirement string) ([]Finding, int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return append([]Finding(nil), c.findings[requirement]...), c.more[requirement]
}

// Seen counts the things of a kind.
func (c *Collector) Seen(k Kind) int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.seen[k]
}

// Opened implements session.Witness.
func (c *Collector) Opened(s *session.Session) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.open[s] = &opened{}
}

// Ended implements session.Witness.
func (c *Collector) Ended(s *session.Session, _ string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	delete(c.open, s)
}

// Received implements session.Witness.
func (c *Collector) Received(s *session.Session, m session.Message) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.countFrame(m)
	if m.Deviated || m.Doubtful {
		return
	}
	c.count(m)
	for _, check := range c.checks {
		check(c, s, m)
	}
}

// Violated implements session.Witness: the decoder's violations are findings against RFC 6242 §4.
func (c *Collector) Violated(s *session.Session, v wire.Violation) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if s.Deviated() && v.Rule == wire.Truncated {
		return // a session that we broke may end in the middle of a message
	}
	for _, id := range framingRequirements(v.Rule) {
		c.found(s, id, v.Offset, v.Octets, "%s", v.Detail)
	}
}

// found notes a finding; the caller holds the mutex.
func (c *Collector) found(s *session.Session, requirement string, offset int64, octets []byte, format string, args ...any) {
	if len(c.findings[requirement]) >= most {
		c.more[requirement]++
		return
	}
	f := Finding{Requirement: requirement, Spec: c.spec(), Session: s.Name(), Offset: offset,
		Detail: fmt.Sprintf(format, args...), Octets: octets[:min(len(octets), excerpt)]}
	if id := s.ID(); id != "" {
		f.Session += " (session-id " + id + ")"
	}
	c.findings[requirement] = append(c.findings[requirement], f)
}

// check looks at one message; the collector's mutex is held.
type check func(*Collector, *session.Session, session.Message)

func checks() []check {
	return []check{xmlFaults, namespace, messageID, replyChildren, okAlone, errorFields, errorOrder, emptyChildren,
		errorMessage, mandatedFirst, infoStructure, badNames, errorPath, lockReplies, uniqueIDs,
		standardShape, foreignInfos, schemaValid}
}
