package requirement

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Parse reads one requirements.yaml. The file name goes into the errors, and the folder that it names becomes
// the entries' Suite. The error joins every fault of the file, each with file, line, column and what is
// allowed there.
func Parse(file string, data []byte) ([]Requirement, error) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, syntaxError(file, err)
	}
	p := &fileParser{file: file, suite: path.Base(path.Dir(filepath.ToSlash(file))), seen: map[string]int{}}
	var list []Requirement
	for _, entry := range p.entries(tree) {
		list = append(list, p.entry(entry))
	}
	if len(p.faults) > 0 {
		return nil, errors.Join(p.faults...)
	}
	return list, nil
}

// fileParser collects the faults of one file, so that an author sees all of them at once.
type fileParser struct {
	file   string
	suite  string
	seen   map[string]int // line of each id met so far
	faults []error
}

func (p *fileParser) fault(at *token.Token, format string, values ...any) {
	where := p.file
	if at != nil && at.Position != nil {
		where = fmt.Sprintf("%s:%d:%d", p.file, at.Position.Line, at.Position.Column)
	}
	p.faults = append(p.faults, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, values...)))
}

// entries returns the items of the one list that a file consists of.
func (p *fileParser) entries(tree *ast.File) []ast.Node {
	if len(tree.Docs) == 0 || tree.Docs[0].Body == nil || tree.Docs[0].Body.Type() == ast.CommentType {
		p.fault(nil, "no entries; the file must be a YAML list of requirements")
		return nil
	}
	if len(tree.Docs) > 1 {
		p.fault(tree.Docs[1].Start, "a second YAML document; a file holds one list of requirements")
	}
	list, ok := tree.Docs[0].Body.(*ast.SequenceNode)
	if !ok {
		p.fault(firstToken(tree.Docs[0].Body), "the file must be a YAML list of requirements, each starting with \"- id:\"")
		return nil
	}
	return list.Values
}

// entry reads one item of the list: first each field by itself, then what one field demands of another.
func (p *fileParser) entry(item ast.Node) Requirement {
	r := Requirement{Suite: p.suite}
	pairs, ok := item.(ast.MapNode)
	if !ok {
		p.fault(item.GetToken(), "an entry must be a mapping with the fields %s", strings.Join(fieldNames(), ", "))
		return r
	}
	at := positions{entry: firstToken(item), field: map[string]*token.Token{}}
	for pair := pairs.MapRange(); pair.Next(); {
		p.field(&r, at, pair.KeyValue())
	}
	p.check(&r, at)
	return r
}

// firstToken returns where a node starts; the library puts a mapping at its first colon.
func firstToken(node ast.Node) *token.Token {
	if pairs, ok := node.(ast.MapNode); ok {
		if pair := pairs.MapRange(); pair.Next() {
			return pair.Key().GetToken()
		}
	}
	return node.GetToken()
}

// positions remembers where the fields of one entry stand.
type positions struct {
	entry *token.Token
	field map[string]*token.Token
}

// of returns where a field's value stands, or where the entry starts if it lacks the field.
func (at positions) of(field string) *token.Token {
	if t, ok := at.field[field]; ok {
		return t
	}
	return at.entry
}

func (p *fileParser) field(r *Requirement, at positions, pair *ast.MappingValueNode) {
	name := pair.Key.GetToken().Value
	if name == "requires" {
		at.field[name] = pair.Value.GetToken()
		r.Requires = p.texts(name, pair.Value)
		return
	}
	target, ok := r.texts()[name]
	if !ok {
		p.fault(pair.Key.GetToken(), "unknown field %q%s; allowed are %s", name,
			didYouMean(name, fieldNames()), strings.Join(fieldNames(), ", "))
		return
	}
	at.field[name] = pair.Value.GetToken()
	*target = p.text(name, pair.Value)
}

// text reads a scalar that YAML takes for a text; 7.5 without quotes is a number and would lose digits.
func (p *fileParser) text(field string, value ast.Node) string {
	switch node := value.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(node.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(node.Value.Value)
	}
	p.fault(value.GetToken(), "%s must be a text, not %s; put it in quotes", field, kind(value))
	return ""
}

func (p *fileParser) texts(field string, value ast.Node) []string {
	list, ok := value.(*ast.SequenceNode)
	if !ok {
		p.fault(value.GetToken(), "%s must be a list of texts, [] for every server", field)
		return nil
	}
	items := make([]string, 0, len(list.Values))
	for _, item := range list.Values {
		text := p.text(field, item)
		items = append(items, text)
		p.checkRequires(item.GetToken(), text)
	}
	return items
}

// kind names a YAML node for a message.
func kind(node ast.Node) string {
	return "a " + strings.ToLower(node.Type().String())
}

// syntaxError puts file, line and column in front of what the YAML library complains about.
func syntaxError(file string, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		place := at.GetToken().Position
		return fmt.Errorf("%s:%d:%d: not valid YAML: %s", file, place.Line, place.Column, at.GetMessage())
	}
	return fmt.Errorf("%s: not valid YAML: %w", file, err)
}
