package html

import (
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/ncspec/ncspec/harness/verdict"
)

// archive is the recordings at the end of the page: inert data, compressed, which the page's script reads when a reader
// opens a transcript. Base64 has no character that HTML would read as markup, whatever a server has sent.
type archive struct {
	files fs.FS
	paths []string       // in the order of the specs that name them first
	at    map[string]int // path → its place in paths; -1 for a file that is not there
}

func newArchive(files fs.FS, specs []verdict.Spec) *archive {
	a := &archive{files: files, at: map[string]int{}}
	for _, s := range specs {
		if _, known := a.at[s.Transcript]; known || s.Transcript == "" {
			continue
		}
		a.at[s.Transcript] = -1
		if a.holds(s.Transcript) {
			a.at[s.Transcript] = len(a.paths)
			a.paths = append(a.paths, s.Transcript)
		}
	}
	return a
}

func (a *archive) holds(path string) bool {
	if a.files == nil {
		return false
	}
	info, err := fs.Stat(a.files, path)
	return err == nil && info.Mode().IsRegular()
}

// name is the id of a recording in the page, "" for one that is not there.
func (a *archive) name(path string) string {
	if at, known := a.at[path]; known && at >= 0 {
		return fmt.Sprintf("recording-%d", at+1)
	}
	return ""
}

// writeTo copies the recordings. It holds a few buffers at a time, however long they are.
func (a *archive) writeTo(w io.Writer) error {
	pressed, err := gzip.NewWriterLevel(nil, 5)
	if err != nil {
		return err
	}
	for _, path := range a.paths {
		if err := a.copy(w, pressed, path); err != nil {
			return fmt.Errorf("copying the transcript %s: %w", path, err)
		}
	}
	return nil
}

func (a *archive) copy(w io.Writer, pressed *gzip.Writer, path string) error {
	file, err := a.files.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := fmt.Fprintf(w, "<script type=\"application/gzip\" id=\"%s\">", a.name(path)); err != nil {
		return err
	}
	encoded := base64.NewEncoder(base64.StdEncoding, w)
	pressed.Reset(encoded)
	_, err = io.Copy(pressed, file)
	err = errors.Join(err, pressed.Close(), encoded.Close())
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "</script>\n")
	return err
}
