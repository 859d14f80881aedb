package target

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// schemaID is the $id of schema.json; it is never fetched.
const schemaID = "https://ncspec.example/schema/target.json"

//go:embed schema.json
var schemaJSON []byte

// Schema is the JSON Schema (draft 2020-12) of the target file, for editors.
func Schema() []byte { return slices.Clone(schemaJSON) }

// compileSchema prepares schema.json, the one home of which keys and values a
// target file may have.
func compileSchema() (*jsonschema.Schema, error) {
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaJSON))
	if err != nil {
		return nil, fmt.Errorf("reading the schema of target files: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaID, parsed); err != nil {
		return nil, fmt.Errorf("reading the schema of target files: %w", err)
	}
	schema, err := compiler.Compile(schemaID)
	if err != nil {
		return nil, fmt.Errorf("compiling the schema of target files: %w", err)
	}
	return schema, nil
}

// checkSchema notes everything in value that the schema does not allow.
func (d *document) checkSchema(value any) error {
	schema, err := compileSchema()
	if err != nil {
		return err
	}
	var invalid *jsonschema.ValidationError
	if errors.As(schema.Validate(value), &invalid) {
		d.explain(schema, invalid)
	}
	return nil
}

// explain notes the faults below e, in words of a target file.
func (d *document) explain(root *jsonschema.Schema, e *jsonschema.ValidationError) {
	at := e.InstanceLocation
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, key := range k.Properties {
			d.faultAtKey(at, key, "%s", unknownKey(key, slices.Sorted(maps.Keys(schemaAt(root, at).Properties))))
		}
	case *kind.Required:
		d.fault(at, "%s lacks %s", called(at), strings.Join(k.Missing, ", "))
	case *kind.OneOf:
		d.fault(at, "%s takes exactly one of %s", called(at), strings.Join(slices.Sorted(maps.Keys(schemaAt(root, at).Properties)), ", "))
	case *kind.AnyOf:
		d.fault(at, "%s needs a leaf, a list, or both", called(at))
	default:
		if len(e.Causes) == 0 {
			d.fault(at, "%s: %s", called(at), wrongValue(schemaAt(root, at), e.ErrorKind))
		}
		for _, cause := range e.Causes {
			d.explain(root, cause)
		}
	}
}

// unknownKey tells what may stand there instead.
func unknownKey(key string, allowed []string) string {
	if strings.Contains(key, "password") || key == "passphrase" {
		return fmt.Sprintf("unknown key %q: a password does not belong in a file; "+
			"put it into an environment variable, and name that with password-env, or say with password where else it is", key)
	}
	if len(allowed) == 0 {
		return fmt.Sprintf("%q cannot be a prefix: letters, digits, '.', '-' and '_' make one, and no digit comes first", key)
	}
	text := fmt.Sprintf("unknown key %q", key)
	if near := nearest(key, allowed); near != "" {
		text += fmt.Sprintf(" (did you mean %s?)", near)
	}
	return text + "; allowed here: " + strings.Join(allowed, ", ")
}

// wrongValue tells what is wrong with a value, and what is allowed.
func wrongValue(schema *jsonschema.Schema, k jsonschema.ErrorKind) string {
	var text string
	switch k := k.(type) {
	case *kind.Type:
		text = fmt.Sprintf("is %s, and must be %s", yamlWord(k.Got), yamlWord(k.Want[0]))
	case *kind.Enum:
		text = fmt.Sprintf("%q is not one of %s", fmt.Sprint(k.Got), join(k.Want))
	case *kind.Pattern:
		text = fmt.Sprintf("%q does not fit", k.Got)
	default:
		text = k.LocalizedString(message.NewPrinter(language.English))
	}
	if schema.Description != "" {
		text += ". It is: " + schema.Description
	}
	return text
}

// yamlWord names a JSON type as writers of YAML know it.
func yamlWord(jsonType string) string {
	switch jsonType {
	case "object":
		return "a mapping"
	case "array":
		return "a list"
	case "string":
		return "a text"
	case "null":
		return "empty"
	case "boolean":
		return "true or false"
	}
	return "a number"
}

// join lists values that a key may have.
func join(values []any) string {
	var texts []string
	for _, v := range values {
		texts = append(texts, fmt.Sprint(v))
	}
	return strings.Join(texts, ", ")
}

// schemaAt is the part of the schema that speaks about location. A part that
// says nothing itself gives way to what it refers to.
func schemaAt(schema *jsonschema.Schema, location []string) *jsonschema.Schema {
	for _, step := range location {
		if schema.Ref != nil && schema.Properties == nil {
			schema = schema.Ref
		}
		switch {
		case schema.Properties[step] != nil:
			schema = schema.Properties[step]
		case len(schema.PatternProperties) == 1:
			for _, prefixed := range schema.PatternProperties {
				schema = prefixed
			}
		case schema.Items2020 != nil:
			schema = schema.Items2020
		default:
			return schema
		}
	}
	if schema.Description == "" && schema.Ref != nil {
		return schema.Ref
	}
	return schema
}
