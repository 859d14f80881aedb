package format

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Write writes the recording as YAML. Octets that are printable UTF-8 become literal blocks, other UTF-8 is quoted with
// its control characters visible, everything else is base64. Time and memory are linear in the octets.
func (r *Recording) Write(to io.Writer) error {
	if err := r.check(); err != nil {
		return fmt.Errorf("writing the recording %q: %w", r.ID, err)
	}
	w := &yamlWriter{Writer: bufio.NewWriterSize(to, 64<<10)}
	r.writeHead(w)
	opened := map[string]bool{}
	w.text("steps:")
	if len(r.Events) == 0 {
		w.text("\n  - note: \"nothing was recorded\"")
	}
	for i, event := range r.Events {
		if event.Session != "" && !opened[event.Session] {
			opened[event.Session] = true
			w.text(fmt.Sprintf("\n  - id: open-%d\n    session: ", len(opened)))
			w.string(event.Session)
			w.text("\n    open: true")
		}
		writeEvent(w, i+1, event)
	}
	w.text("\n")
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing the recording %q: %w", r.ID, err)
	}
	return nil
}

func (r *Recording) check() error {
	switch {
	case r.Format != "" && r.Format != Name:
		return fmt.Errorf("its format is %q, not %q", r.Format, Name)
	case r.ID == "":
		return errors.New("it has no ID")
	case r.Touches != "" && !contains(Effects(), r.Touches):
		return errors.New(notAllowed("touches", r.Touches, Effects()))
	}
	for i, event := range r.Events {
		if err := checkEvent(event); err != nil {
			return fmt.Errorf("event %d: %w", i+1, err)
		}
	}
	return nil
}

func checkEvent(e Event) error {
	switch {
	case !contains([]string{string(Sent), string(Received), string(Note)}, string(e.Direction)):
		return fmt.Errorf("its direction is %q", e.Direction)
	case e.Direction == Note && len(e.Octets) > 0:
		return errors.New("it is a note with octets")
	case e.Session == "" && e.Direction != Note:
		return errors.New("it names no session")
	case e.At < 0:
		return fmt.Errorf("it is %v before the start", -e.At)
	case e.Framing != "" && !contains(framings(), e.Framing):
		return errors.New(notAllowed("framing", e.Framing, framings()))
	}
	return nil
}

// allSessions are the recording's sessions and those that only events name.
func (r *Recording) allSessions() []Session {
	sessions := slices.Clone(r.Sessions)
	known := map[string]bool{"": true}
	for _, session := range sessions {
		known[session.Name] = true
	}
	for _, event := range r.Events {
		if !known[event.Session] {
			known[event.Session] = true
			sessions = append(sessions, Session{Name: event.Session})
		}
	}
	return sessions
}

func (r *Recording) writeHead(w *yamlWriter) {
	title, touches := r.Title, r.Touches
	if title == "" {
		title = r.ID
	}
	if touches == "" {
		touches = "server"
	}
	w.text("format: " + Name)
	w.pair("id", r.ID)
	w.pair("title", title)
	if r.Source != "" {
		w.pair("source", r.Source)
	}
	w.pair("target", r.Target)
	w.pair("started", r.Started.UTC().Format(time.RFC3339Nano))
	w.pair("touches", touches)
	w.text("\nsessions:")
	sessions := r.allSessions()
	if len(sessions) == 0 {
		w.text(" {}")
	}
	for _, session := range sessions {
		w.text("\n  ")
		w.string(session.Name)
		w.text(":\n    hello: []")
		if session.ID != "" {
			w.text("\n    session-id: ")
			w.string(session.ID)
		}
	}
	w.text("\n")
}

func writeEvent(w *yamlWriter, number int, e Event) {
	microseconds := e.At.Microseconds()
	w.text(fmt.Sprintf("\n  - id: e%d\n    at: %d.%03d", number, microseconds/1000, microseconds%1000))
	if e.Session != "" {
		w.text("\n    session: ")
		w.string(e.Session)
	}
	if e.Framing != "" {
		w.text("\n    framing: " + e.Framing)
	}
	if e.Note != "" || e.Direction == Note {
		w.text("\n    note: ")
		w.string(e.Note)
	}
	switch e.Direction {
	case Sent:
		w.text("\n    raw: ")
		w.octets(e.Octets)
	case Received:
		w.text("\n    received: ")
		w.octets(e.Octets)
	}
}
