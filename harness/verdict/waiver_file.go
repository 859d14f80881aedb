package verdict

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const waiverForm = "a waivers file holds a list under the key waivers, each entry with id (of a spec or a requirement) and reason"

// LoadWaivers reads a waivers file: YAML with a list under the key waivers, each entry with an id and a reason, both
// mandatory, and what else Waiver has. A reason that still says TODO is none. The error joins every fault of the file,
// each with file, line and column.
func LoadWaivers(path string) ([]Waiver, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the waivers: %w", err)
	}
	return parseWaivers(path, data)
}

func parseWaivers(path string, data []byte) ([]Waiver, error) {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, syntaxFault(path, err)
	}
	r := &waiverReader{path: path, lines: map[string]int{}}
	switch {
	case len(file.Docs) > 1:
		r.fault(file.Docs[1].Body, "a second document; "+waiverForm)
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.faults = append(r.faults, fmt.Errorf("%s:1:1: the file is empty; %s", path, waiverForm))
	default:
		r.document(file.Docs[0].Body)
	}
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return r.waivers, nil
}

func syntaxFault(path string, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		position := at.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", path, position.Line, position.Column, at.GetMessage())
	}
	return fmt.Errorf("%s: %w", path, err)
}

// waiverReader walks the tree of a waivers file and collects waivers and faults.
type waiverReader struct {
	path    string
	waivers []Waiver
	lines   map[string]int // where an id was first seen
	faults  []error
}

func (r *waiverReader) fault(node ast.Node, format string, args ...any) {
	at := start(node)
	r.faults = append(r.faults, fmt.Errorf("%s:%d:%d: %s", r.path, at.Line, at.Column, fmt.Sprintf(format, args...)))
}

// start gives where a node begins; the token of a mapping is the colon after its first key.
func start(node ast.Node) *token.Position {
	if mapping, ok := node.(ast.MapNode); ok {
		if entries := mapping.MapRange(); entries.Next() {
			return entries.Key().GetToken().Position
		}
	}
	return node.GetToken().Position
}

func (r *waiverReader) document(body ast.Node) {
	top, ok := body.(ast.MapNode)
	if !ok {
		r.fault(body, "this is no mapping; %s", waiverForm)
		return
	}
	found := false
	for entries := top.MapRange(); entries.Next(); {
		if key := entries.Key().String(); key != "waivers" {
			r.fault(entries.Key(), "unknown key %s; %s", key, waiverForm)
			continue
		}
		found = true
		r.list(entries.Value())
	}
	if !found {
		r.fault(body, "the key waivers is missing; %s", waiverForm)
	}
}

func (r *waiverReader) list(value ast.Node) {
	list, ok := value.(*ast.SequenceNode)
	if !ok {
		r.fault(value, "waivers is no list; %s", waiverForm)
		return
	}
	for _, item := range list.Values {
		r.entry(item)
	}
}

func (r *waiverReader) entry(item ast.Node) {
	fields, ok := item.(ast.MapNode)
	if !ok {
		r.fault(item, "a waiver is a mapping with id and reason")
		return
	}
	var w Waiver
	for pairs := fields.MapRange(); pairs.Next(); {
		switch key := pairs.Key().String(); key {
		case "id":
			w.ID = r.text(pairs.Value(), key)
		case "reason":
			w.Reason = r.text(pairs.Value(), key)
			if strings.HasPrefix(strings.ToUpper(w.Reason), todo) {
				r.fault(pairs.Value(), "the reason is yet to be written: say why the violation is accepted")
			}
		case "link":
			w.Link = r.link(pairs.Value())
		case "until":
			w.Until = r.date(pairs.Value())
		case "contains":
			w.Contains = r.text(pairs.Value(), key)
		default:
			r.fault(pairs.Key(), "unknown key %s; a waiver has id, reason, link, until and contains", key)
		}
	}
	r.add(item, w)
}

func (r *waiverReader) add(item ast.Node, w Waiver) {
	if w.ID == "" {
		r.fault(item, "the waiver has no id; name the spec or the requirement that it is for")
	}
	if w.Reason == "" {
		r.fault(item, "the waiver has no reason; say why its violation is accepted")
	}
	if line, twice := r.lines[w.ID]; twice && w.ID != "" {
		r.fault(item, "a second waiver for %s; the first stands in line %d", w.ID, line)
	}
	at := start(item)
	r.lines[w.ID] = at.Line
	w.At = fmt.Sprintf("%s:%d:%d", r.path, at.Line, at.Column)
	r.waivers = append(r.waivers, w)
}

// link gives a web address: reports make a link of it.
func (r *waiverReader) link(value ast.Node) string {
	text := r.text(value, "link")
	address, err := url.Parse(text)
	if text != "" && (err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Host == "") {
		r.fault(value, "link is no web address; write it out, such as https://bugs.example.com/4711")
	}
	return text
}

func (r *waiverReader) date(value ast.Node) string {
	text := r.text(value, "until")
	if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
		r.fault(value, "until is no date; write the last day on which the waiver holds, such as 2026-12-31")
	}
	return text
}

// text gives a string, "" for nothing; anything else is a fault.
func (r *waiverReader) text(value ast.Node, key string) string {
	switch v := value.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(v.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(v.Value.Value)
	case *ast.NullNode:
		return ""
	}
	r.fault(value, "%s is no text; put it in quotes", key)
	return ""
}
