package suites

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncspec/ncspec/transcripts/documented"
	"github.com/ncspec/ncspec/transcripts/format"
	"github.com/ncspec/ncspec/transcripts/replay"
)

// plan is a transcript, and the suite that its specs belong to.
type plan struct {
	suite      string
	transcript *format.Transcript
}

// Register puts the transcript into Ginkgo's tree.
func (p plan) Register() { replay.Register(p.suite, p.transcript) }

// leading gives the ids of the specs that lead up to the last one which selected tells of.
func (p plan) leading(selected func(id string, covers []string) bool) []string {
	var ids []string
	last := 0
	for _, step := range p.transcript.Steps {
		if !replay.Plays(step) {
			continue
		}
		id := replay.SpecID(p.suite, p.transcript, step)
		if selected(id, replay.Covers(step)) {
			last = len(ids)
		}
		ids = append(ids, id)
	}
	return ids[:last]
}

// plans reads the documented sequences, which belong to the suite session, and the user's own folders, each a suite
// with the folder's name. The error names every fault with file, line and column.
func plans(folders []string) ([]plan, error) {
	own, err := format.LoadDir(documented.Files(), "documented")
	if err != nil {
		return nil, fmt.Errorf("reading the documented sequences: %w", err)
	}
	var all []plan
	for _, t := range own {
		all = append(all, plan{"session", t})
	}
	for _, folder := range folders {
		theirs, err := format.LoadDir(os.DirFS(folder), folder)
		if err != nil {
			return nil, fmt.Errorf("reading the transcripts: %w", err)
		}
		for _, t := range theirs {
			all = append(all, plan{suiteName(folder), t})
		}
	}
	return all, nil
}

// suiteName makes a suite's name of a folder's.
func suiteName(folder string) string {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		absolute = folder
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(filepath.Base(absolute)))
	name = strings.Trim(name, "-")
	for _, suite := range All() {
		if suite.Name == name {
			return "own-" + name
		}
	}
	if name == "" {
		return "own"
	}
	return name
}
