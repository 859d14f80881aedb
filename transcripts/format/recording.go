package format

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Recording is what went over the wire: the evidence of a run, and a script that can be played again.
type Recording struct {
	// Format is [Name]; Write takes the empty string for it too.
	Format string
	// ID names what was recorded, as a rule a spec: "lock/denied-names-holder". Required.
	ID string
	// Title says in a line what was recorded; Write takes the ID if it is empty.
	Title string
	// Source says where it comes from; may be empty.
	Source string
	// Target names the server.
	Target string
	// Touches is the effect of playing it again, one of [Effects]. Write takes the strongest, server, if it is empty.
	Touches string
	// Started is the moment from which the events count. Files have it in UTC.
	Started time.Time
	// Sessions are the sessions, with their ID if the server gave one; Write adds those that only events name. Their
	// Hello is not written: its octets are among the events.
	Sessions []Session
	// Events are in the order in which they happened.
	Events []Event
}

// Direction is what an event is.
type Direction string

const (
	// Sent octets went to the server.
	Sent Direction = "sent"
	// Received octets came from the server.
	Received Direction = "received"
	// Note is a remark without octets.
	Note Direction = "note"
)

// Event is one entry of a recording.
type Event struct {
	// At is the time since Started. Files have milliseconds with three decimals, so less than a microsecond is cut off.
	At time.Duration
	// Session is the name of the session; only a note may go without.
	Session string
	// Direction says whether the octets were sent or received.
	Direction Direction
	// Octets are those of the wire, framing included, any values; a note has none.
	Octets []byte
	// Framing is "end-of-message", "chunked" or, if unknown, empty.
	Framing string
	// Note is the text of a note, or a remark on the octets; may be empty. Octets that are not UTF-8 become U+FFFD.
	Note string
}

// ReadRecording reads what [Recording.Write] wrote; name is what faults call the file. Mistakes in the file are
// returned as [Faults].
func ReadRecording(name string, from io.Reader) (*Recording, error) {
	transcript, err := read(name, from)
	if err != nil {
		return nil, err
	}
	return transcript.Recording()
}

// Recording returns a transcript's recorded events. A script, and a recording that somebody turned into one by adding
// operations, has none: that is an error.
func (t *Transcript) Recording() (*Recording, error) {
	if t.Recorded == nil {
		return nil, Faults{{File: t.File, Message: `not a recording, but a script: it has no "started"`}}
	}
	recording := &Recording{Format: Name, ID: t.ID, Title: t.Title, Source: t.Source, Target: t.Recorded.Target,
		Touches: t.Touches, Started: t.Recorded.Started}
	for _, session := range t.Sessions {
		session.At = Position{}
		recording.Sessions = append(recording.Sessions, session)
	}
	for _, step := range t.Steps {
		direction, err := step.direction()
		if errors.Is(err, errNoEvent) {
			continue
		}
		if err != nil {
			return nil, Faults{{File: t.File, Position: step.At, Message: err.Error()}}
		}
		recording.Events = append(recording.Events, Event{At: step.Offset, Session: step.Session, Direction: direction,
			Octets: step.Octets, Framing: step.Framing, Note: step.Note})
	}
	return recording, nil
}

// errNoEvent marks the open steps, which Write adds so that a player opens the sessions.
var errNoEvent = errors.New("no event")

func (s Step) direction() (Direction, error) {
	switch s.Action {
	case ActionRaw:
		return Sent, nil
	case ActionReceived:
		return Received, nil
	case ActionNote:
		return Note, nil
	case ActionOpen:
		return "", errNoEvent
	}
	return "", fmt.Errorf("step %q: %q is not part of a recording, which has raw, received, note and open only", s.ID,
		s.Action)
}
