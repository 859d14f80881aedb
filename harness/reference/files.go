package reference

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// files are what file: URLs lead to: a folder of the server's own, which no path leaves.
type files struct {
	mu     sync.Mutex // one write at a time
	once   sync.Once  // for remove
	folder string
	root   *os.Root
}

// newFiles makes an empty folder.
func newFiles() (*files, error) {
	folder, err := os.MkdirTemp("", "ncspec-reference-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		os.RemoveAll(folder)
		return nil, fmt.Errorf("opening the folder for files: %w", err)
	}
	return &files{folder: folder, root: root}, nil
}

// Files is the folder on this machine that file: URLs lead to: file:///NAME is the file NAME in it. It is empty when the
// server starts and gone after Close; "" without the url capability.
func (s *Server) Files() string {
	if s.files == nil {
		return ""
	}
	return s.files.folder
}

// remove takes the folder away, once. It does nothing to no files.
func (f *files) remove() (err error) {
	if f == nil {
		return nil
	}
	f.once.Do(func() { err = errors.Join(f.root.Close(), os.RemoveAll(f.folder)) })
	if err != nil {
		return fmt.Errorf("removing the folder for files: %w", err)
	}
	return nil
}

// read gives a file's content, up to most octets and one more.
func (f *files) read(name string, most int64) ([]byte, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if about, err := file.Stat(); err != nil || !about.Mode().IsRegular() {
		return nil, errors.Join(err, errors.New("it is no file"))
	}
	return io.ReadAll(io.LimitReader(file, most+1))
}

// write puts a file in place whole: who reads it meanwhile sees the old one.
func (f *files) write(name string, content []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	part := name + ".part"
	if err := f.root.WriteFile(part, content, 0o600); err != nil {
		return err
	}
	if err := f.root.Rename(part, name); err != nil {
		return errors.Join(err, f.root.Remove(part))
	}
	return nil
}

// delete takes a file away. Folders stay.
func (f *files) delete(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	about, err := f.root.Lstat(name)
	if err != nil {
		return err
	}
	if about.IsDir() {
		return errors.New("it is no file")
	}
	return f.root.Remove(name)
}
