package format

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of transcript files, for editors and other tools. It describes the
// shape; [Load] checks names, variables, XML and XPath as well.
func Schema() []byte { return slices.Clone(schema) }
