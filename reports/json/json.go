// Package json writes and reads report.json, in the format that verdict.Format names. Schema describes the file;
// fields are added in later versions, never changed or taken away.
package json

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncspec/ncspec/harness/verdict"
)

// Schema is the JSON Schema (2020-12) of report.json.
//
//go:embed report.schema.json
var Schema []byte

// Write writes the report, with the exit code that holds now. The file appears whole or not at all: a reader never sees half of it.
func Write(path string, r *verdict.Report) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".report-*.json")
	if err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	defer os.Remove(file.Name()) // fails once the file has its name
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	current := *r
	current.Run.Exit = r.Exit()
	err = encoder.Encode(current)
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
		return fmt.Errorf("writing the report %s: %w", path, err)
	}
	return nil
}

// Read reads a report. Fields that it does not know are left out; a file in another format is an error.
func Read(path string) (*verdict.Report, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the report: %w", err)
	}
	var r verdict.Report
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("reading the report %s: %w; is this the report.json of a run?", path, err)
	}
	if r.Format != verdict.Format {
		return nil, fmt.Errorf("reading the report %s: its format is %q, and this program reads %q", path, r.Format, verdict.Format)
	}
	return &r, nil
}
