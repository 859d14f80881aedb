package dsl

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
	"github.com/ncspec/ncspec/transcripts/format"
)

// tape records what passes on the sessions of one spec, with secrets masked.
type tape struct {
	run   *Run
	id    string
	begun time.Time

	mutex      sync.Mutex
	events     []format.Event
	unfinished map[string][]byte // by session: sent since the end of the last message
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
	if t.run.Recordings == "" {
		return
	}
	t.add(format.Event{At: at.Sub(t.begun), Session: session, Direction: format.Received, Framing: f.String(),
		Octets: t.run.Redactor.Frame(f, octets)})
}

// Note implements session.Tape.
func (t *tape) Note(session, text string, at time.Time) {
	t.add(format.Event{At: at.Sub(t.begun), Session: session, Direction: format.Note, Note: t.run.Redactor.Text(text)})
}

func (t *tape) add(e format.Event) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.events = append(t.events, e)
}

// event is the number of the recorded event that a message came in, from 1; 0 where it was none.
func (t *tape) event(m session.Message) int {
	if len(m.Frame) == 0 {
		return 0
	}
	masked := t.run.Redactor.Frame(m.Framing, m.Frame)
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for i, e := range t.events {
		if e.Direction == format.Received && e.At == m.At.Sub(t.begun) && bytes.Equal(e.Octets, masked) {
			return i + 1
		}
	}
	return 0
}

// save writes the recording and gives its path relative to the output folder, "" where there is none. A recording
// that cannot be written is not worth a verdict.
func (t *tape) save() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.run.Recordings == "" || len(t.events) == 0 {
		return ""
	}
	if err := t.write(filepath.Join(t.run.Recordings, filepath.FromSlash(t.path()))); err != nil {
		return ""
	}
	return t.path()
}

// path is the recording's place in the output folder.
func (t *tape) path() string { return "transcripts/" + t.id + ".yaml" }

func (t *tape) write(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making the folder of a recording: %w", err)
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("making a recording: %w", err)
	}
	recording := &format.Recording{ID: t.id, Title: "recorded by ncspec", Target: t.run.Target.Name, Started: t.begun, Events: t.events}
	if err := recording.Write(file); err != nil {
		_ = file.Close()
		return fmt.Errorf("writing a recording: %w", err)
	}
	return file.Close()
}

var firstElement = regexp.MustCompile(`<(?:[\pL_][\pL\pN._-]*:)?([\pL_][\pL\pN._-]*)`)

// operationName is the name of the operation in the XML of a request, for the statistics.
func operationName(operation string) string {
	if m := firstElement.FindStringSubmatch(operation); m != nil {
		return m[1]
	}
	return "none"
}
