// Package journal keeps on disk what a run is about to change on a target and how it was before, so that it can be put
// back after the run was killed. A journal holds configuration as it is, secrets too: only its owner may read it.
package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/ncspec/ncspec/harness/target"
)

// Format names the journal and its version.
const Format = "ncspec-journal/v1"

// Head is how the target was before the first change.
type Head struct {
	Format  string    `json:"format"`
	Target  string    `json:"target"`  // what the user calls it
	Started time.Time `json:"started"` // the first change
	// Fixture is what the run may change.
	Fixture *target.Fixture `json:"fixture"`
	// Running, Candidate and Startup are the replies to get-config as they came; empty for what was not read.
	Running   []byte `json:"running"`
	Candidate []byte `json:"candidate,omitempty"`
	Startup   []byte `json:"startup,omitempty"`
	// Lockable tells that running could be locked.
	Lockable bool `json:"lockable"`
}

// Entry is what the run has done since; one of the fields is set.
type Entry struct {
	// Persist is the token of a persistent confirmed commit (RFC 6241 §8.4.5.1).
	Persist string `json:"persist,omitempty"`
	// Until is when a confirmed commit times out by itself.
	Until time.Time `json:"until,omitzero"`
	// URL is a file on the device that was written to.
	URL string `json:"url,omitempty"`
}

// Record is a whole journal.
type Record struct {
	Head
	Entries []Entry
}

// Place is where the journal of one target is. Its methods are for one goroutine at a time.
type Place struct {
	path string
	lock *flock.Flock
	file *os.File
}

// ErrBusy is another run against the same target.
var ErrBusy = errors.New("another run of ncspec is at work on this target: wait for its end")

// Open takes the place for one target, named by its address, in a folder that is made where there is none. ErrBusy where
// another process has it.
func Open(folder, address string) (*Place, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder for journals: %w", err)
	}
	path := filepath.Join(folder, strings.ReplaceAll(url.PathEscape(address), ":", "%3A")+".journal") // no colon on Windows
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	free, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the journal %s: %w", path, err)
	}
	if !free {
		return nil, ErrBusy
	}
	return &Place{path: path, lock: lock}, nil
}

// Path is the journal's file.
func (p *Place) Path() string { return p.path }

// Close gives the place up; the journal stays.
func (p *Place) Close() error {
	var err error
	if p.file != nil {
		err = p.file.Close()
		p.file = nil
	}
	return errors.Join(err, p.lock.Unlock())
}

// Read gives the journal of a run that has not come to its end, nil where there is none.
func (p *Place) Read() (*Record, error) {
	file, err := os.Open(p.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	r := &Record{}
	head, err := lines.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(head, &r.Head)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the journal %s: %w; look at what is in it, then remove it", p.path, err)
	case r.Format != Format:
		return nil, fmt.Errorf("reading the journal %s: its format is %q, and this program reads %q: use the ncspec that wrote it", p.path, r.Format, Format)
	}
	return r, r.entries(lines)
}

// entries reads the lines behind the head. The last one may be cut off: what it was to say had not been done yet.
func (r *Record) entries(lines *bufio.Reader) error {
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("reading the journal: %q: %w", bytes.TrimSpace(line), err)
		}
		r.Entries = append(r.Entries, e)
	}
}

// Begin writes the head; once it returns the disk has it.
func (p *Place) Begin(h Head) error {
	h.Format = Format
	file, err := os.CreateTemp(filepath.Dir(p.path), ".journal-*") // with mode 0600
	if err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	p.file = file
	if err := p.write(h); err != nil {
		_ = os.Remove(file.Name())
		return err
	}
	if err := os.Rename(file.Name(), p.path); err != nil {
		_ = os.Remove(file.Name())
		return fmt.Errorf("writing the journal: %w", err)
	}
	return syncFolder(filepath.Dir(p.path))
}

// Add writes down what is about to be done; once it returns the disk has it.
func (p *Place) Add(e Entry) error { return p.write(e) }

func (p *Place) write(what any) error {
	line, err := json.Marshal(what)
	if err == nil {
		_, err = p.file.Write(append(line, '\n'))
	}
	if err == nil {
		err = p.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	return nil
}

// Remove takes the journal away: the target is as it was.
func (p *Place) Remove() error {
	if p.file != nil {
		_ = p.file.Close() // Windows removes no open file
		p.file = nil
	}
	if err := os.Remove(p.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("removing the journal: %w", err)
	}
	return nil
}
