package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ncspec/ncspec/harness/verdict"
)

// draft is the waivers file that a run is to write; "" for none.
type draft string

// prepare shows before the run that the file can be written, and that nothing stands in its place.
func (d draft) prepare() error {
	if d == "" {
		return nil
	}
	if err := d.create(nil); err != nil {
		return err
	}
	return os.Remove(string(d))
}

// create writes the file, which must not be there.
func (d draft) create(data []byte) error {
	file, err := os.OpenFile(string(d), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("--write-waivers: %s is there already, and is not overwritten: name another file", string(d))
	}
	if err != nil {
		return fmt.Errorf("--write-waivers: %w", err)
	}
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("--write-waivers: writing %s: %w", string(d), err)
	}
	return nil
}

// finish drafts the waivers of what the run has found, and tells so.
func (d draft) finish(out io.Writer, report *verdict.Report) error {
	if d == "" {
		return nil
	}
	data, count := report.DraftWaivers()
	if count == 0 {
		fmt.Fprintf(out, "no violation to waive: %s was not written\n", string(d))
		return nil
	}
	if err := d.create(data); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: drafted waivers, %d in all; say in it why each is accepted, then use it with --waivers\n", string(d), count)
	return nil
}
