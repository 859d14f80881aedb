package format

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// yamlWriter writes the scalars of a recording. bufio keeps the first error and Flush returns it.
type yamlWriter struct{ *bufio.Writer }

// blockIndent is in front of each line of a step's octets: two columns more than the step's keys.
const blockIndent = "      "

// plainShape are the strings that mean themselves without quotes.
var plainShape = regexp.MustCompile(`^[a-z][a-z0-9]*([-/][a-z0-9]+)*$`)

func (w *yamlWriter) text(text string) { _, _ = w.WriteString(text) }

func (w *yamlWriter) pair(key, value string) {
	w.text("\n" + key + ": ")
	w.string(value)
}

// string writes a short text on one line.
func (w *yamlWriter) string(text string) {
	reserved := contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, text)
	if plainShape.MatchString(text) && !reserved {
		w.text(text)
		return
	}
	w.text(`"`)
	w.escaped([]byte(strings.ToValidUTF8(text, "\uFFFD")))
	w.text(`"`)
}

// octets writes any octets in the most readable form that gives them back exactly.
func (w *yamlWriter) octets(octets []byte) {
	switch {
	case !utf8.Valid(octets):
		w.binary(octets)
	case literal(octets):
		w.block(octets)
	default:
		w.quoted(octets)
	}
}

// literal tells whether text can be a literal block. A block cannot hold control characters, and parsers differ on
// blanks and empty lines at its end, so text with those is quoted.
func literal(text []byte) bool {
	last := bytes.TrimSuffix(text, []byte("\n"))
	if len(last) == 0 || strings.IndexByte(" \t\n", last[len(last)-1]) >= 0 {
		return false
	}
	for i := 0; i < len(text); {
		if c := text[i]; c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if size == 1 || !unicode.IsPrint(r) {
			return false
		}
		i += size
	}
	return true
}

func (w *yamlWriter) block(text []byte) {
	w.text("|")
	if strings.IndexByte(" \t\n", text[0]) >= 0 {
		w.text("2") // the first line does not show the indentation
	}
	body, ended := bytes.CutSuffix(text, []byte("\n"))
	if !ended {
		w.text("-")
	}
	for line := range bytes.SplitSeq(body, []byte("\n")) {
		w.text("\n")
		if len(line) > 0 {
			w.text(blockIndent)
			_, _ = w.Write(line)
		}
	}
}

// quoted writes one line of the file for each line of the text, so that a text with CR LF stays readable.
func (w *yamlWriter) quoted(text []byte) {
	w.text(`"`)
	first := true
	for line := range bytes.Lines(text) {
		if !first || len(line) < len(text) {
			w.text("\\\n" + blockIndent)
			if line[0] == ' ' {
				w.text(`\x20`) // blanks at the start of a line of the file don't count
				line = line[1:]
			}
		}
		first = false
		w.escaped(line)
	}
	w.text(`"`)
}

// escaped writes UTF-8 for the inside of double quotes.
func (w *yamlWriter) escaped(text []byte) {
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < 0x7F && c != '"' && c != '\\' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if c < utf8.RuneSelf || !unicode.IsPrint(r) {
			_, _ = w.Write(text[start:i])
			w.text(escape(r))
			start = i + size
		}
		i += size
	}
	_, _ = w.Write(text[start:])
}

func escape(r rune) string {
	switch r {
	case '"', '\\':
		return `\` + string(r)
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case 0:
		return `\0`
	}
	switch {
	case r <= 0xFF:
		return fmt.Sprintf(`\x%02X`, r)
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04X`, r)
	default:
		return fmt.Sprintf(`\U%08X`, r)
	}
}

// binary writes base64 in lines of 76 characters.
func (w *yamlWriter) binary(octets []byte) {
	const octetsPerLine = 57
	w.text("!!binary |")
	line := make([]byte, 0, base64.StdEncoding.EncodedLen(octetsPerLine))
	for len(octets) > 0 {
		n := min(octetsPerLine, len(octets))
		w.text("\n" + blockIndent)
		_, _ = w.Write(base64.StdEncoding.AppendEncode(line, octets[:n]))
		octets = octets[n:]
	}
}
