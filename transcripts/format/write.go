package format

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Write writes the recording as YAML, as a [Writer] does.
func (r *Recording) Write(to io.Writer) error {
	w, err := NewWriter(to, *r)
	if err != nil {
		return err
	}
	for _, event := range r.Events {
		if err := w.Event(event); err != nil {
			return err
		}
	}
	return w.End()
}

// Writer writes a recording as its events come, and holds none of them. Octets that are printable UTF-8 become literal
// blocks, other UTF-8 is quoted with its control characters visible, everything else is base64. Time is linear in the
// octets. The sessions stand at the end, when all of them are known. It is not safe for concurrent use.
type Writer struct {
	yaml     *yamlWriter
	about    Recording // without events
	events   int
	sessions []string // opened, in order
}

// NewWriter begins a recording; its events come later, those that about has are left alone.
func NewWriter(to io.Writer, about Recording) (*Writer, error) {
	if err := about.check(); err != nil {
		return nil, fmt.Errorf("writing the recording %q: %w", about.ID, err)
	}
	about.Events = nil
	w := &Writer{yaml: &yamlWriter{Writer: bufio.NewWriterSize(to, 64<<10)}, about: about}
	w.head()
	return w, w.flush()
}

// Event writes one event. It has reached the file when Event is back, so a run that is killed leaves what it saw.
func (w *Writer) Event(e Event) error {
	if err := checkEvent(e); err != nil {
		return fmt.Errorf("writing the recording %q: event %d: %w", w.about.ID, w.events+1, err)
	}
	w.events++
	if e.Session != "" && !contains(w.sessions, e.Session) {
		w.sessions = append(w.sessions, e.Session)
		w.yaml.text(fmt.Sprintf("\n  - id: open-%d\n    session: ", len(w.sessions)))
		w.yaml.string(e.Session)
		w.yaml.text("\n    open: true")
	}
	writeEvent(w.yaml, w.events, e)
	return w.flush()
}

// End completes the recording; without it, it is no transcript. What it was written to stays open.
func (w *Writer) End() error {
	if w.events == 0 {
		w.yaml.text("\n  - note: \"nothing was recorded\"")
	}
	w.yaml.text("\n")
	w.tail()
	return w.flush()
}

func (w *Writer) flush() error {
	if err := w.yaml.Flush(); err != nil {
		return fmt.Errorf("writing the recording %q: %w", w.about.ID, err)
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

func (w *Writer) head() {
	r, y := w.about, w.yaml
	if r.Title == "" {
		r.Title = r.ID
	}
	if r.Touches == "" {
		r.Touches = "server"
	}
	y.text("format: " + Name)
	y.pair("id", r.ID)
	y.pair("title", r.Title)
	if r.Source != "" {
		y.pair("source", r.Source)
	}
	y.pair("target", r.Target)
	y.pair("started", r.Started.UTC().Format(time.RFC3339Nano))
	y.pair("touches", r.Touches)
	y.text("\nsteps:")
}

// tail writes the recording's sessions and those that only events name.
func (w *Writer) tail() {
	sessions := slices.Clone(w.about.Sessions)
	for _, name := range w.sessions {
		if !slices.ContainsFunc(sessions, func(s Session) bool { return s.Name == name }) {
			sessions = append(sessions, Session{Name: name})
		}
	}
	w.yaml.text("sessions:")
	if len(sessions) == 0 {
		w.yaml.text(" {}")
	}
	for _, session := range sessions {
		w.yaml.text("\n  ")
		w.yaml.string(session.Name)
		w.yaml.text(":\n    hello: []")
		if session.ID != "" {
			w.yaml.text("\n    session-id: ")
			w.yaml.string(session.ID)
		}
	}
	w.yaml.text("\n")
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
