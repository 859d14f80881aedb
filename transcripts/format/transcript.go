package format

import "time"

// Name is the value of "format:" in every transcript file.
const Name = "ncspec-transcript/v1"

// BaseNamespace is what the prefix nc stands for in every expression (RFC 6241 §3.1).
const BaseNamespace = "urn:ietf:params:xml:ns:netconf:base:1.0"

// Position is a place in a transcript file. Lines and columns count from 1; the zero value is no place.
type Position struct{ Line, Column int }

// Transcript is one file: a script, or a recording read as a script.
type Transcript struct {
	// File is the name that faults and failures cite.
	File string
	// ID names the transcript in spec ids and reports.
	ID string
	// Title says in a line what the transcript shows.
	Title string
	// Source says where the sequence is documented; may be empty.
	Source string
	// Needs must all hold, or the transcript does not apply to the target.
	Needs []Need
	// Touches is the strongest state that a run of it touches: one of [Effects]. As in the catalogue, candidate
	// means running on a server without a candidate.
	Touches string
	// Namespaces binds the prefixes of the expressions; nc is always among them.
	Namespaces map[string]string
	// Sessions are in the order of the file.
	Sessions []Session
	// Steps are in the order in which they are played.
	Steps []Step
	// Recorded says when and of what the file was recorded; nil for a script.
	Recorded *Recorded
}

// Recorded tells a recording from a script.
type Recorded struct {
	// Target names the server that was recorded.
	Target string
	// Started is the moment from which the steps' At counts.
	Started time.Time
}

// Session is a NETCONF session that steps name.
type Session struct {
	// Name is what the steps call it.
	Name string
	// Hello lists the capabilities that the client claims. nil: what the player usually claims. Empty but not nil: the
	// player sends no hello, a raw step does.
	Hello []string
	// ID is the session-id that the server gave (recordings only; empty if it gave none).
	ID string
	// At is where the file declares the session.
	At Position
}

// SendsHello tells whether the player itself sends the client's hello.
func (s Session) SendsHello() bool { return s.Hello == nil || len(s.Hello) > 0 }

// Action is what a step does.
type Action string

// The actions. ActionReceived and ActionNote are evidence: there is nothing to play.
const (
	ActionOpen     Action = "open"
	ActionSend     Action = "send"
	ActionRaw      Action = "raw"
	ActionEnd      Action = "end"
	ActionReceived Action = "received"
	ActionNote     Action = "note"
)

// Envelope is the rpc element around the operation of a send step.
type Envelope string

const (
	// EnvelopeRPC is an rpc in the base namespace with a message-id, as RFC 6241 §4.1 demands.
	EnvelopeRPC Envelope = "rpc"
	// EnvelopeBare is an rpc without message-id and without namespace, which Junos documents and accepts.
	EnvelopeBare Envelope = "bare"
)

// Step is one entry under "steps:".
type Step struct {
	// ID is unique in the file; only evidence may go without.
	ID string
	// Title says what the step is about; may be empty.
	Title string
	// Session is the name of the session; only a note may go without.
	Session string
	// Action says which of the fields below are used.
	Action Action
	// Send is the operation of a send step, without its rpc element.
	Send Template
	// Envelope is the rpc around Send; EnvelopeRPC unless the file says otherwise.
	Envelope Envelope
	// Octets are those of a raw or received step, framing included.
	Octets []byte
	// Expect must all hold on the reply (send), the next message (raw) or the server's hello (open).
	Expect []Expectation
	// Covers are the requirements that are broken if the step's action fails, or an expectation without covers of
	// its own.
	Covers []string
	// Needs must all hold, or the step is left out.
	Needs []Need
	// Always marks a clean-up step, which runs after a failed step too.
	Always bool
	// Offset is the time since Recorded.Started, in whole microseconds (recordings only).
	Offset time.Duration
	// Framing is the framing in use when the octets were recorded; empty if unknown.
	Framing string
	// Note is the text of a note, or a remark on any other step of a recording.
	Note string
	// At is where the file has the step.
	At Position
}

// Expectation is an XPath 1.0 expression that must be true.
type Expectation struct {
	// That is the expression, before its variables are put in.
	That Template
	// Covers are the requirements broken if it is false: its own or, if the file gives it none, its step's.
	Covers []string
	// At is where the file has the expression.
	At Position
}

// Effects lists what "touches:" may say, from the weakest to the strongest.
func Effects() []string {
	return []string{"nothing", "session", "lock", "candidate", "running", "startup", "server"}
}
