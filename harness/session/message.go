package session

import (
	"time"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/wire"
)

// Message is one message from the server, decoded and checked.
type Message struct {
	Octets   []byte            // the message itself
	Frame    []byte            // as it was on the wire, framing included; cut above keep octets
	Offset   int64             // octets of the stream before the frame
	Framing  wire.Framing      // that carried it
	Document *netconf.Document // nil where the octets cannot be read as XML
	Faults   []netconf.Fault
	Request  *Sent // that it answers, nil for none
	Deviated bool  // it came after we had broken the rules on purpose
	Doubtful bool  // it came while a framing error kept messages from being told apart
	At       time.Time
}

// Sent is a request on its way or answered.
type Sent struct {
	Request   netconf.Request
	MessageID string
	Raw       bool // written octet by octet: nothing is known of its form
	at        time.Time
	reply     *Reply
}

// Outcome says what became of a request.
type Outcome int

// What may become of a request.
const (
	Answered Outcome = iota // an rpc-reply came
	Silent                  // nothing came in time, and the session stayed open
	Ended                   // the server ended the session instead
	Unusable                // the harness could not ask: refused by the safety level, interrupted, not our day
)

// String names the outcome for a message.
func (o Outcome) String() string {
	return [...]string{"answered", "no answer in time", "session ended by the server", "not asked"}[o]
}

// Reply is what became of a request. The embedded reply is nil unless Outcome is Answered.
type Reply struct {
	*netconf.Reply
	Outcome Outcome
	Err     error // with Unusable and Ended: why
	Request *Sent
	Message Message
	Instead []Message // with Silent: what came meanwhile and was no rpc-reply
	elapsed time.Duration
	waited  time.Duration
}

// Waited is how long an answer was waited for, with Silent; 0 where that is not known.
func (r *Reply) Waited() time.Duration { return r.waited }

// Misdirected tells whether the reply has a message-id that no open request had: it is taken for the answer because
// one was due (RFC 6241 §4.5), and may be meant for somebody else.
func (r *Reply) Misdirected() bool {
	return r.Outcome == Answered && r.HasMessageID && r.Request != nil && !r.Request.Raw && !r.Request.Request.NoMessageID &&
		r.MessageID != r.Request.MessageID
}

// Elapsed is the time from the last octet of the request to the last octet of the reply, 0 without a reply.
func (r *Reply) Elapsed() time.Duration { return r.elapsed }

// HarnessError is why the harness could not ask, nil where the outcome is the server's doing.
func (r *Reply) HarnessError() error {
	if r.Outcome == Unusable {
		return r.Err
	}
	return nil
}

// Normal tells whether the request was carried out: an answer with ok or data and without rpc-error.
func (r *Reply) Normal() bool {
	return r.Outcome == Answered && r.Reply != nil && len(r.Errors) == 0 && (r.OK || r.Data != nil)
}

// Ending is what a server did until it ended a session, or until the limit ran out.
type Ending struct {
	Ended    bool
	How      string // eof, close or disconnect; "" where it did not end
	Replies  []*Reply
	Messages []Message // all that came, replies included
	Err      error     // harness trouble: the run was interrupted
	elapsed  time.Duration
}

// Elapsed is the time until the end was seen, or the time waited.
func (e *Ending) Elapsed() time.Duration { return e.elapsed }

// HarnessError is why nothing can be said of the end, nil where it is the server's doing.
func (e *Ending) HarnessError() error { return e.Err }

// Carried gives the replies with ok or data, that is, the requests that were carried out.
func (e *Ending) Carried() []*Reply {
	var carried []*Reply
	for _, r := range e.Replies {
		if r.Normal() {
			carried = append(carried, r)
		}
	}
	return carried
}
