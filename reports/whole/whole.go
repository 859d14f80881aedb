// Package whole writes the files of a report so that they appear whole or not at all: a reader never sees half of one.
package whole

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Scratch is how the name of a file begins that is not yet whole. A process that is killed leaves it behind.
const Scratch = ".ncspec-"

// Write makes the file of what fill writes, readable by all. What was there before stays where that fails. The error says
// which file could not be written.
func Write(path string, fill func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), Scratch)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(file.Name()) // fails once the file has its name
	err = fill(file)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
