package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestSchemaAgreesWithTheLoader holds both against the same files: the schema takes what the loader takes, and refuses
// each fault of shape.
func TestSchemaAgreesWithTheLoader(t *testing.T) {
	compiled := compileSchema(t)
	if err := validate(t, compiled, sound); err != nil {
		t.Errorf("the schema refuses the sound script: %v", err)
	}
	for _, f := range faults() {
		if _, err := parser.ParseBytes([]byte(f.script(t)), 0); err != nil {
			continue // not YAML: no schema sees it
		}
		if err := validate(t, compiled, f.script(t)); (err != nil) != f.schema {
			t.Errorf("%s: schema says %v", f.name, err)
		}
	}
}

func TestSchemaTakesRecordings(t *testing.T) {
	g := NewWithT(t)
	recording := &Recording{ID: "lock/denied", Sessions: []Session{{Name: "S 1", ID: "4"}}, Events: []Event{
		{Session: "S 1", Direction: Sent, Octets: []byte("a\r\n"), Framing: "chunked", Note: "split"},
		{Session: "S 1", Direction: Received, Octets: []byte{0xff}},
		{Direction: Note, Note: "end"},
	}}
	var file bytes.Buffer
	g.Expect(recording.Write(&file)).To(Succeed())
	g.Expect(validate(t, compileSchema(t), file.String())).To(Succeed())
}

func TestSchemaListsTheEffects(t *testing.T) {
	g := NewWithT(t)
	var document struct {
		Properties struct{ Touches struct{ Enum []string } }
	}
	g.Expect(json.Unmarshal(Schema(), &document)).To(Succeed())
	g.Expect(document.Properties.Touches.Enum).To(Equal(Effects()))
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(t *testing.T, schema *jsonschema.Schema, file string) error {
	t.Helper()
	parsed, err := parser.ParseBytes([]byte(file), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value(t, parsed.Docs[0].Body))
}

// value turns YAML into what a JSON Schema validator takes, as an editor does.
func value(t *testing.T, node ast.Node) any {
	t.Helper()
	switch n := node.(type) {
	case *ast.MappingNode:
		object := map[string]any{}
		for _, v := range n.Values {
			object[fmt.Sprint(v.Key)] = value(t, v.Value)
		}
		return object
	case *ast.SequenceNode:
		list := []any{}
		for _, v := range n.Values {
			list = append(list, value(t, v))
		}
		return list
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.TagNode:
		return value(t, n.Value)
	case *ast.AnchorNode:
		return value(t, n.Value)
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode, *ast.FloatNode:
		number, err := strconv.ParseFloat(node.GetToken().Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return number
	}
	return nil
}
