package compare

import (
	_ "embed"
	"fmt"
	"os"

	"github.com/ncspec/ncspec/reports/json"
)

// Schema is the JSON Schema (2020-12) of a comparison.
//
//go:embed compare.schema.json
var Schema []byte

// WriteJSON writes the comparison as JSON. The file appears whole or not at all.
func WriteJSON(path string, c *Comparison) error { return json.Save(path, c) }

// WriteHTML writes the page of HTML.
func WriteHTML(path string, c *Comparison) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("writing the page of the comparison: %w", err)
	}
	err = HTML(file, c)
	if closed := file.Close(); err == nil && closed != nil {
		err = fmt.Errorf("writing the page of the comparison: %w", closed)
	}
	return err
}
