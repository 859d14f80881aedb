package target

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// document is a YAML file that knows where its values stand.
type document struct {
	file   string
	root   ast.Node
	faults []error
}

// parseDocument reads the one YAML document of a file.
func parseDocument(file string, data []byte) (*document, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, yamlError(file, err)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil || tree.Docs[0].Body.Type() == ast.CommentType {
		return nil, fmt.Errorf("%s: a target file is one YAML document, a mapping with at least \"address: host:port\"", file)
	}
	return &document{file: file, root: tree.Docs[0].Body}, nil
}

// yamlError puts file, line and column in front of what the YAML library says.
func yamlError(file string, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		place := at.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", file, place.Line, place.Column, at.GetMessage())
	}
	return fmt.Errorf("%s: %w", file, err)
}

// fault notes what is wrong with the value at location, a list of keys and
// indexes from the root.
func (d *document) fault(location []string, format string, values ...any) {
	d.faultAt(firstToken(d.find(location)), format, values...)
}

// faultAtKey notes what is wrong with a key of the mapping at location.
func (d *document) faultAtKey(location []string, key, format string, values ...any) {
	at := firstToken(d.find(location))
	if pair := pairOf(d.find(location), key); pair != nil {
		at = pair.Key.GetToken()
	}
	d.faultAt(at, format, values...)
}

func (d *document) faultAt(at *token.Token, format string, values ...any) {
	d.faults = append(d.faults, fmt.Errorf("%s:%d:%d: %s",
		d.file, at.Position.Line, at.Position.Column, fmt.Sprintf(format, values...)))
}

// err joins all faults, nil if there are none.
func (d *document) err() error { return errors.Join(d.faults...) }

// find returns the node at location, or the nearest one around it.
func (d *document) find(location []string) ast.Node {
	node := d.root
	for _, step := range location {
		next := child(node, step)
		if next == nil {
			return node
		}
		node = next
	}
	return node
}

// child is the value of a key or at an index, nil if there is none.
func child(node ast.Node, step string) ast.Node {
	if pair := pairOf(node, step); pair != nil {
		return pair.Value
	}
	if list, ok := node.(*ast.SequenceNode); ok {
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(list.Values) {
			return list.Values[i]
		}
	}
	return nil
}

// pairOf is the key of a mapping with its value, nil if there is none.
func pairOf(node ast.Node, key string) *ast.MappingValueNode {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		return nil
	}
	for pairs := mapping.MapRange(); pairs.Next(); {
		if pairs.Key().GetToken().Value == key {
			return pairs.KeyValue()
		}
	}
	return nil
}

// firstToken is where a node starts; the library puts a mapping at its first colon.
func firstToken(node ast.Node) *token.Token {
	if mapping, ok := node.(ast.MapNode); ok {
		if pairs := mapping.MapRange(); pairs.Next() {
			return pairs.Key().GetToken()
		}
	}
	return node.GetToken()
}

// called names a location for a message: fixture.leaf.values[0].
func called(location []string) string {
	var b strings.Builder
	for _, step := range location {
		if _, err := strconv.Atoi(step); err == nil {
			fmt.Fprintf(&b, "[%s]", step)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	if b.Len() == 0 {
		return "the file"
	}
	return b.String()
}
