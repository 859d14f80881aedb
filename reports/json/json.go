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

// Write writes the report, with the exit code that holds now.
func Write(path string, r *verdict.Report) error {
	current := *r
	current.Run.Exit = r.Exit()
	return Save(path, current)
}

// Save writes a value as JSON. The file appears whole or not at all: a reader never sees half of it.
func Save(path string, value any) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".report-*.json")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	defer os.Remove(file.Name()) // fails once the file has its name
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(value)
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
