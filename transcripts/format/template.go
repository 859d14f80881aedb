package format

import (
	"fmt"
	"strings"
)

// Template is text with variables, each written ${name}.
type Template struct {
	// Text is the text as the file has it.
	Text string
	// Pieces are the text cut at its variables.
	Pieces []Piece
}

// Piece is plain text or a variable.
type Piece struct {
	// Variable is the name between ${ and }; empty for plain text.
	Variable string
	// Text is the plain text.
	Text string
	// Offset is where the piece begins in the template's text, in octets.
	Offset int
}

// ParseTemplate cuts text at its variables. A "${" without "}" or with an impossible name is an error that says where.
func ParseTemplate(text string) (Template, error) {
	template := Template{Text: text}
	for at := 0; at < len(text); {
		start := strings.Index(text[at:], "${")
		if start < 0 {
			start = len(text) - at
		}
		if start > 0 {
			template.Pieces = append(template.Pieces, Piece{Text: text[at : at+start], Offset: at})
		}
		if at += start; at == len(text) {
			break
		}
		end := strings.IndexByte(text[at:], '}')
		if end < 0 || !variableName(text[at+2:at+end]) {
			return template, &templateError{at, `"${" begins a variable: write ${name} with a name of lower-case letters, ` +
				"digits, dots and hyphens (a literal ${ is &#36;{ in XML and concat('$', '{') in an expression)"}
		}
		template.Pieces = append(template.Pieces, Piece{Variable: text[at+2 : at+end], Offset: at})
		at += end + 1
	}
	return template, nil
}

// templateError is a mistake at an offset of the template's text.
type templateError struct {
	offset  int
	message string
}

func (e *templateError) Error() string { return e.message }

func variableName(name string) bool {
	for _, c := range []byte(name) {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-') {
			return false
		}
	}
	return name != ""
}

// Names lists the variables in the order of the text, repetitions included.
func (t Template) Names() []string {
	var names []string
	for _, piece := range t.Pieces {
		if piece.Variable != "" {
			names = append(names, piece.Variable)
		}
	}
	return names
}

// XPath puts the variables into an XPath 1.0 expression: Text as a literal, Expression in parentheses. A variable
// without a value, or of kind XML, is an error.
func (t Template) XPath(variables Variables) (string, error) {
	return t.fill(variables, func(v Value) (string, error) {
		switch v.Kind {
		case Text:
			return xpathLiteral(v.Text), nil
		case Expression:
			return "(" + v.Text + ")", nil
		default:
			return "", fmt.Errorf("%s cannot stand in an expression", v.Kind)
		}
	})
}

// XML puts the variables into a request: Text escaped, XML as it is. A variable without a value, or of kind
// Expression, is an error.
func (t Template) XML(variables Variables) (string, error) {
	return t.fill(variables, func(v Value) (string, error) {
		switch v.Kind {
		case Text:
			return escapeXML(v.Text)
		case XML:
			return v.Text, nil
		default:
			return "", fmt.Errorf("an %s cannot stand in a request", v.Kind)
		}
	})
}

func (t Template) fill(variables Variables, write func(Value) (string, error)) (string, error) {
	var b strings.Builder
	for _, piece := range t.Pieces {
		if piece.Variable == "" {
			b.WriteString(piece.Text)
			continue
		}
		value, ok := variables.Lookup(piece.Variable)
		if !ok {
			return "", fmt.Errorf("putting ${%s} in: it has no value here: the step or session it names did not run, or "+
				"the target has no such fixture (ask for it with needs)", piece.Variable)
		}
		text, err := write(value)
		if err != nil {
			return "", fmt.Errorf("putting ${%s} in: %w", piece.Variable, err)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}
