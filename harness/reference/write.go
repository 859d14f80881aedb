package reference

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// xmlWriter writes XML as it comes; the first error stays and ends all writing.
type xmlWriter struct {
	out    *bufio.Writer
	prefix string // of protocol elements, with its colon; "" where the base namespace is the default one
}

func newXMLWriter(out io.Writer, prefix string) *xmlWriter {
	return &xmlWriter{out: bufio.NewWriterSize(out, 4<<10), prefix: prefix}
}

func (x *xmlWriter) raw(parts ...string) {
	for _, p := range parts {
		x.out.WriteString(p) //nolint:errcheck // a bufio.Writer keeps its first error until Flush
	}
}

// open starts a protocol element; attributes come as they are to be written.
func (x *xmlWriter) open(local string, attributes ...string) {
	x.raw("<", x.prefix, local)
	for _, a := range attributes {
		x.raw(" ", a)
	}
	x.raw(">")
}

func (x *xmlWriter) close(local string) { x.raw("</", x.prefix, local, ">") }

// leaf writes a protocol element that holds a text.
func (x *xmlWriter) leaf(local, text string, attributes ...string) {
	x.open(local, attributes...)
	x.text(text)
	x.close(local)
}

func (x *xmlWriter) empty(local string) { x.raw("<", x.prefix, local, "/>") }

func (x *xmlWriter) text(s string) { x.raw(escaped(s)) }

// data writes data nodes; inherited is the default namespace around them.
func (x *xmlWriter) data(elements []*element, inherited string) {
	for _, e := range elements {
		x.element(e, inherited)
	}
}

func (x *xmlWriter) element(e *element, inherited string) {
	x.raw("<", e.schema.name)
	if e.schema.ns != inherited {
		x.raw(` xmlns="`, escaped(e.schema.ns), `"`)
	}
	for i, a := range e.attributes {
		prefix := "a" + strconv.Itoa(i+1)
		x.raw(" xmlns:", prefix, `="`, escaped(a.ns), `" `, prefix, ":", a.local, `="`, escaped(a.value), `"`)
	}
	x.raw(">")
	x.text(e.value)
	x.data(e.children, e.schema.ns)
	x.raw("</", e.schema.name, ">")
}

// escaped writes a text so that a parser gives it back unchanged, in an attribute too.
func escaped(s string) string {
	if !strings.ContainsAny(s, "&<>\"\r\n\t") {
		return s
	}
	return escapes().Replace(s)
}

func escapes() *strings.Replacer {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;",
		"\t", "&#9;")
}
