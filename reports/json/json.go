// Package json writes and reads report.json, in the format that verdict.Format names. Schema describes the file;
// fields are added in later versions, never changed or taken away.
package json

import (
	_ "embed"
	"encoding/json"
	"io"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/whole"
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
	return whole.Write(path, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(value)
	})
}
