package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/junit"
)

// output is where the reports go.
type output struct {
	dir   string
	junit string
}

func (o *output) flags(f *pflag.FlagSet) {
	f.StringVar(&o.dir, "out", "ncspec-report", "`folder` for report.json, junit.xml and transcripts")
	f.StringVar(&o.junit, "junit", "", "write JUnit to this `file` as well")
}

const (
	reportName = "report.json"
	junitName  = "junit.xml"
)

// prepare makes the output folder anew. A folder that is there is replaced only if it is ours, that is, empty or with
// nothing in it but what ncspec writes.
func (o *output) prepare() error {
	if err := o.mayReplace(); err != nil {
		return fmt.Errorf("--out %s: %w", o.dir, err)
	}
	for _, name := range []string{reportName, junitName, "transcripts"} {
		if err := os.RemoveAll(filepath.Join(o.dir, name)); err != nil {
			return fmt.Errorf("--out %s: removing the last report: %w", o.dir, err)
		}
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return fmt.Errorf("--out %s: making the folder: %w", o.dir, err)
	}
	return o.mayWrite()
}

func (o *output) mayReplace() error {
	entries, err := os.ReadDir(o.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading it: %w", err)
	}
	for _, entry := range entries {
		switch entry.Name() {
		case reportName, junitName, "transcripts", "report.html", "report.md":
		default:
			return fmt.Errorf("the folder holds %s, which is not ncspec's: choose another folder", entry.Name())
		}
	}
	return nil
}

// mayWrite finds out before the run what would else be lost after it.
func (o *output) mayWrite() error {
	probe, err := os.CreateTemp(o.dir, ".ncspec-*")
	if err != nil {
		return fmt.Errorf("--out %s: the folder cannot be written to: %w", o.dir, err)
	}
	_ = probe.Close()
	return os.Remove(probe.Name())
}

// files are the JUnit files asked for.
func (o *output) files() []string {
	files := []string{filepath.Join(o.dir, junitName)}
	if o.junit != "" {
		files = append(files, o.junit)
	}
	return files
}

// write writes the reports and gives their paths.
func (o *output) write(r *verdict.Report) ([]string, error) {
	path := filepath.Join(o.dir, reportName)
	if err := json.Write(path, r); err != nil {
		return nil, err
	}
	written := []string{path}
	for _, file := range o.files() {
		if err := junit.Write(file, r); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	return written, nil
}

// failed writes a JUnit file that says why there was no run, and gives the error on.
func (o *output) failed(why error) error {
	for _, file := range o.files() {
		if err := junit.Failure(file, why.Error()); err != nil {
			return errors.Join(why, err)
		}
	}
	return why
}
