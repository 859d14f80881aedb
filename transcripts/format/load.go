package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxFile is the largest transcript file that is read, in octets.
const MaxFile = 256 << 20

// Load reads a transcript file. Mistakes in it are returned as [Faults]: all of them, not the first only.
func Load(file string) (*Transcript, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening the transcript: %w", err)
	}
	defer f.Close()
	return read(file, f)
}

// LoadDir reads every *.yaml and *.yml file at the top of a file system, in the order of their names. An id that two
// files share is a fault too, and so is a folder without any transcript. dir is put before the file names in faults.
func LoadDir(files fs.FS, dir string) ([]*Transcript, error) {
	names, err := transcriptNames(files)
	if err != nil {
		return nil, fmt.Errorf("listing the transcripts in %s: %w", dir, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no transcript: a transcript is a *.yaml file", dir)
	}
	var all []*Transcript
	var errs []error
	owner := map[string]string{}
	for _, name := range names {
		transcript, err := loadFrom(files, name, filepath.Join(dir, name))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if other, taken := owner[transcript.ID]; taken {
			errs = append(errs, Faults{{File: transcript.File, Message: fmt.Sprintf(
				"the id %q is that of %s already: every transcript needs its own", transcript.ID, other)}})
		}
		owner[transcript.ID] = transcript.File
		all = append(all, transcript)
	}
	return all, errors.Join(errs...)
}

func transcriptNames(files fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		extension := filepath.Ext(entry.Name())
		if !entry.IsDir() && (extension == ".yaml" || extension == ".yml") {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

func loadFrom(files fs.FS, name, shown string) (*Transcript, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the transcript: %w", err)
	}
	defer f.Close()
	return read(shown, f)
}

func read(name string, from io.Reader) (*Transcript, error) {
	data, err := io.ReadAll(io.LimitReader(from, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the transcript %s: %w", name, err)
	}
	if len(data) > MaxFile {
		return nil, Faults{{File: name, Message: fmt.Sprintf("larger than %d octets: split the transcript", MaxFile)}}
	}
	return Parse(name, data)
}

// Parse reads a transcript; name is what faults call the file. The error, if any, is of type [Faults].
func Parse(name string, data []byte) (*Transcript, error) {
	r := &reader{file: name, lines: strings.Split(string(data), "\n")}
	root := r.root(data)
	var transcript *Transcript
	if root != nil {
		transcript = r.transcript(root)
	}
	if len(r.faults) > 0 {
		return nil, r.sorted()
	}
	return transcript, nil
}

// root parses the YAML down to the value of its one document, nil after a fault.
func (r *reader) root(data []byte) ast.Node {
	if i := invalidUTF8(data); i >= 0 {
		line := bytes.Count(data[:i], []byte("\n")) + 1
		r.fault(Position{line, i - bytes.LastIndexByte(data[:i], '\n')}, "not UTF-8: write other octets as \"\\xNN\" in a "+
			"quoted string if they are characters, else as !!binary")
		return nil
	}
	tokens := lexer.Tokenize(string(data))
	if at, deep := tooDeep(tokens); deep {
		r.fault(at, "nested deeper than %d levels: a transcript never is", maxDepth)
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntaxFault(err)
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		r.fault(Position{1, 1}, "the file is empty: a transcript begins with %q", "format: "+Name)
		return nil
	}
	if len(file.Docs) > 1 {
		r.fault(place(file.Docs[1]), "one transcript a file: a second YAML document or a directive is not allowed")
		return nil
	}
	return file.Docs[0].Body
}

// maxDepth bounds what one line may nest: the parser calls itself once a level.
const maxDepth = 64

// tooDeep finds brackets, or "- - -" and tags in a line, that nest beyond the bound.
func tooDeep(tokens token.Tokens) (Position, bool) {
	brackets, inLine, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			inLine, line = 0, t.Position.Line
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			inLine++
		}
		if brackets > maxDepth || inLine > maxDepth {
			return Position{line, t.Position.Column}, true
		}
	}
	return Position{}, false
}

// syntaxFault keeps the parser's message and place, and drops the source that it quotes.
func (r *reader) syntaxFault(err error) {
	var positioned interface {
		GetMessage() string
		GetToken() *token.Token
	}
	if errors.As(err, &positioned) && positioned.GetToken() != nil {
		at := positioned.GetToken().Position
		r.fault(Position{at.Line, at.Column}, "not YAML: %s", positioned.GetMessage())
		return
	}
	r.fault(Position{1, 1}, "not YAML: %v", err)
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
}
