package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// reader reads YAML nodes strictly and collects every fault with its place.
type reader struct {
	file   string
	lines  []string // of the source, to find columns inside block scalars
	faults Faults
}

// field is a key that a mapping may have.
type field struct {
	name     string
	required bool
	read     func(ast.Node)
}

func (r *reader) fault(at Position, message string, args ...any) {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	r.faults = append(r.faults, Fault{File: r.file, Position: at, Message: message})
}

// sorted returns the faults in the order of the file.
func (r *reader) sorted() Faults {
	slices.SortStableFunc(r.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.faults
}

// place is where a node begins. A mapping's own token is the colon of its first entry, so its first key is taken.
func place(node ast.Node) Position {
	if mapping, ok := node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		node = mapping.Values[0].Key
	}
	token := node.GetToken()
	if token == nil || token.Position == nil {
		return Position{1, 1}
	}
	return Position{token.Position.Line, token.Position.Column}
}

// fields reads a mapping that may have the given keys only.
func (r *reader) fields(node ast.Node, what string, fields []field) {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	values, ok := r.entries(node, what)
	if !ok {
		return
	}
	seen := map[string]bool{}
	for _, entry := range values {
		i := slices.Index(names, entry.key)
		if i < 0 {
			r.fault(entry.at, "%s", notAllowed("key of "+what, entry.key, names))
			continue
		}
		seen[entry.key] = true
		fields[i].read(entry.value)
	}
	for _, f := range fields {
		if f.required && !seen[f.name] {
			r.fault(place(node), "%s has no %q: it is required", what, f.name)
		}
	}
}

// entry is a key and its value.
type entry struct {
	key   string
	at    Position
	value ast.Node
}

// entries lists a mapping; a key that is there twice is a fault and listed once.
func (r *reader) entries(node ast.Node, what string) ([]entry, bool) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		r.wrongKind(node, what, "a mapping (key: value)")
		return nil, false
	}
	var found []entry
	first := map[string]Position{}
	for _, value := range mapping.Values {
		at := place(value.Key)
		key, ok := value.Key.(*ast.StringNode)
		if !ok {
			r.fault(at, "key of %s: %s is not allowed here; write a plain word", what, describe(value.Key))
			continue
		}
		if before, twice := first[key.Value]; twice {
			r.fault(at, "%s has %q twice: it is in line %d already", what, key.Value, before.Line)
			continue
		}
		first[key.Value] = at
		found = append(found, entry{key.Value, at, value.Value})
	}
	return found, true
}

// items lists a sequence.
func (r *reader) items(node ast.Node, what, of string) []ast.Node {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		r.wrongKind(node, what, "a list of "+of)
		return nil
	}
	return sequence.Values
}

// text reads a string. Numbers and booleans are refused rather than guessed at.
func (r *reader) text(node ast.Node, what string) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	r.wrongKind(node, what, "text")
	return "", false
}

// word reads a string that is not empty.
func (r *reader) word(node ast.Node, what string) (string, bool) {
	text, ok := r.text(node, what)
	if ok && strings.TrimSpace(text) == "" {
		r.fault(place(node), "%s is empty: write text, or leave the key out if it is optional", what)
		return "", false
	}
	return text, ok
}

// oneOf reads one of a few words.
func (r *reader) oneOf(node ast.Node, what string, allowed []string) string {
	word, ok := r.word(node, what)
	if ok && !contains(allowed, word) {
		r.fault(place(node), "%s", notAllowed(what, word, allowed))
	}
	return word
}

// flag reads true. false is allowed nowhere: a key that does not hold is left out.
func (r *reader) flag(node ast.Node, what string) bool {
	if n, ok := node.(*ast.BoolNode); ok && n.Value {
		return true
	}
	r.wrongKind(node, what, "true (leave the key out otherwise)")
	return false
}

func (r *reader) wrongKind(node ast.Node, what, wanted string) {
	advice := ""
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		advice = "; anchors and aliases are not part of the format: write the value out"
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		if wanted == "text" {
			advice = "; put it in quotes"
		}
	}
	r.fault(place(node), "%s must be %s, not %s%s", what, wanted, describe(node), advice)
}

// describe names a node for a message.
func describe(node ast.Node) string {
	switch n := node.(type) {
	case nil, *ast.NullNode:
		return "nothing"
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode:
		return fmt.Sprintf("%q", shorten(n.Value))
	case *ast.LiteralNode:
		return "a block of text"
	case *ast.TagNode:
		return "a value tagged " + n.Start.Value
	case *ast.AnchorNode:
		return "an anchor"
	case *ast.AliasNode:
		return "an alias"
	default:
		return node.GetToken().Value
	}
}

func shorten(text string) string {
	if len(text) > 40 {
		return strings.ToValidUTF8(text[:40], "") + "…"
	}
	return text
}

// within finds the place of an octet of a string node's text. Where YAML folded or unescaped the text it is the
// place of the line or, failing that, of the node.
func (r *reader) within(node ast.Node, text string, offset int) Position {
	at := place(node)
	line, column := strings.Count(text[:offset], "\n"), offset-strings.LastIndexByte(text[:offset], '\n')-1
	if _, block := node.(*ast.LiteralNode); !block && strings.Contains(text, "\n") {
		return at
	} else if block {
		line++
	}
	end := strings.IndexByte(text[offset-column:], '\n')
	if end < 0 {
		end = len(text) - (offset - column)
	}
	content, source := text[offset-column:offset-column+end], at.Line+line-1
	if source >= len(r.lines) {
		return at
	}
	from := 0
	if line == 0 {
		from = at.Column - 1
	}
	if from > len(r.lines[source]) {
		return at
	}
	if start := strings.Index(r.lines[source][from:], content); start >= 0 {
		return Position{source + 1, from + start + column + 1}
	}
	return at
}
