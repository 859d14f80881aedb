package dsl

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
	"github.com/ncspec/ncspec/transcripts/format"
)

// tape records what passes on the sessions of one spec, with secrets masked, into a file that the first event makes.
type tape struct {
	run   *Run
	id    string
	begun time.Time

	mutex      sync.Mutex
	unfinished map[string][]byte // by session: sent since the end of the last message
	file       *os.File          // nil before the first event
	writer     *format.Writer
	err        error     // the first that writing met: the recording is worth nothing then
	events     int       // written
	heard      []heardAt // which of them were received
	over       bool      // saved or dropped: what comes later is left out
}

// heardAt finds a received event again without its octets.
type heardAt struct {
	number, octets int
	at             time.Duration
}

func newTape(run *Run, id string) *tape {
	return &tape{run: run, id: id, begun: time.Now(), unfinished: map[string][]byte{}}
}

// remembered bounds what a tape remembers of a message that is sent in pieces.
const remembered = 64 << 10

// Sent implements session.Tape. A message may come in pieces, cut anywhere: what a piece holds shows only behind those
// before it.
func (t *tape) Sent(session string, f wire.Framing, octets []byte, at time.Time) {
	if t.run.Recordings == "" {
		return
	}
	t.mutex.Lock()
	before := t.unfinished[session]
	whole := append(before[:len(before):len(before)], octets...)
	t.unfinished[session] = whole[max(0, len(whole)-remembered):]
	if ends(whole) {
		delete(t.unfinished, session)
	}
	t.mutex.Unlock()
	masked := t.run.Redactor.Frame(f, whole)[len(before):]
	t.add(format.Event{At: at.Sub(t.begun), Session: session, Direction: format.Sent, Framing: f.String(), Octets: masked})
}

// ends tells whether octets end with the end of a message, in either framing.
func ends(octets []byte) bool {
	return bytes.HasSuffix(octets, []byte(wire.EndOfChunks)) || bytes.HasSuffix(octets, []byte(wire.EndOfMessageMark))
}

// Received implements session.Tape.
func (t *tape) Received(session string, f wire.Framing, octets []byte, at time.Time) {
	masked := t.run.Redactor.Frame(f, octets) // which remembers the secrets, for texts that show them without their leaves
	t.add(format.Event{At: at.Sub(t.begun), Session: session, Direction: format.Received, Framing: f.String(), Octets: masked})
}

// Note implements session.Tape.
func (t *tape) Note(session, text string, at time.Time) {
	t.add(format.Event{At: at.Sub(t.begun), Session: session, Direction: format.Note, Note: t.run.Redactor.Text(text)})
}

func (t *tape) add(e format.Event) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.run.Recordings == "" || t.over || t.err != nil {
		return
	}
	if t.file == nil {
		t.err = t.begin()
	}
	if t.err == nil {
		t.err = t.writer.Event(e)
	}
	t.events++
	if e.Direction == format.Received {
		t.heard = append(t.heard, heardAt{number: t.events, octets: len(e.Octets), at: e.At})
	}
}

// event is the number of the recorded event that a message came in, from 1; 0 where it was none.
func (t *tape) event(m session.Message) int {
	if len(m.Frame) == 0 {
		return 0
	}
	octets := len(t.run.Redactor.Frame(m.Framing, m.Frame))
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for _, h := range t.heard {
		if h.at == m.At.Sub(t.begun) && h.octets == octets {
			return h.number
		}
	}
	return 0
}

// begin makes the file, under a name that no other tape has: a beginning that is given up has the same path as the spec.
func (t *tape) begin() error {
	name := t.name()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making the folder of a recording: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+unsaved)
	if err != nil {
		return fmt.Errorf("making a recording: %w", err)
	}
	t.file = file
	t.writer, err = format.NewWriter(file, format.Recording{ID: t.id, Title: "recorded by ncspec", Target: t.run.Target.Name, Started: t.begun})
	return err
}

// unsaved ends the name of a recording until it is saved. A run that is killed leaves it behind, as far as it got.
const unsaved = ".part-*"

// save ends the recording and gives its path relative to the output folder, "" where there is none. A recording that
// cannot be written is not worth a verdict.
func (t *tape) save() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if !t.end() {
		return ""
	}
	if t.err == nil {
		t.err = t.writer.End()
	}
	if t.err == nil {
		t.err = t.file.Chmod(0o644)
	}
	if err := errors.Join(t.err, t.file.Close()); err != nil {
		_ = os.Remove(t.file.Name())
		return ""
	}
	if err := os.Rename(t.file.Name(), t.name()); err != nil {
		return ""
	}
	return t.path()
}

// drop takes the recording of a beginning that was given up off the disk: the spec makes one of its own.
func (t *tape) drop() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.end() {
		_ = t.file.Close()
		_ = os.Remove(t.file.Name())
	}
}

// end tells whether there is a file to close, once.
func (t *tape) end() bool {
	first := !t.over
	t.over = true
	return first && t.file != nil
}

// path is the recording's place in the output folder.
func (t *tape) path() string { return "transcripts/" + t.id + ".yaml" }

func (t *tape) name() string { return filepath.Join(t.run.Recordings, filepath.FromSlash(t.path())) }

// ear listens to the sessions of the run itself, which are not recorded: what is a secret there is one everywhere.
type ear struct{ redactor *redact.Redactor }

// Sent implements session.Tape.
func (ear) Sent(string, wire.Framing, []byte, time.Time) {}

// Received implements session.Tape.
func (e ear) Received(_ string, f wire.Framing, octets []byte, _ time.Time) {
	e.redactor.Frame(f, octets)
}

// Note implements session.Tape.
func (ear) Note(string, string, time.Time) {}

var firstElement = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?([\pL_][\pL\pN._-]*)`)

// operationName is the name of the operation in the XML of a request, for the statistics.
func operationName(operation string) string {
	if m := firstElement.FindStringSubmatch(operation); m != nil {
		return m[1]
	}
	return "none"
}
