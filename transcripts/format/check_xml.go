package format

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// fragment checks the XML of an operation: one element, well-formed, every prefix bound. What must be malformed on
// purpose belongs into a raw step.
type fragment struct {
	open   []openElement
	closed bool // the one element is complete
}

type openElement struct {
	name     xml.Name
	prefixes map[string]bool // declared by this element
}

// checkFragment returns the offset and the first mistake, "" if there is none.
func checkFragment(text string) (int, string) {
	decoder, f := xml.NewDecoder(strings.NewReader(text)), fragment{}
	for {
		offset := int(decoder.InputOffset())
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return f.end(len(text))
		}
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) {
			return int(min(decoder.InputOffset(), int64(len(text)))), "not well-formed: " + syntax.Msg + rawAdvice
		} else if err != nil {
			return offset, "not well-formed: " + err.Error() + rawAdvice
		}
		if message := f.token(token); message != "" {
			return offset, message
		}
	}
}

const rawAdvice = " (what must be malformed on purpose goes into a raw step)"

func (f *fragment) end(size int) (int, string) {
	switch {
	case len(f.open) > 0:
		return size, fmt.Sprintf("not well-formed: <%s> is not closed%s", qualified(f.open[len(f.open)-1].name), rawAdvice)
	case !f.closed:
		return 0, "no element: write the operation, such as <get/>, without its rpc"
	}
	return 0, ""
}

func (f *fragment) token(token xml.Token) string {
	switch t := token.(type) {
	case xml.StartElement:
		return f.start(t)
	case xml.EndElement:
		return f.endElement(t)
	case xml.CharData:
		if len(f.open) == 0 && strings.TrimSpace(string(t)) != "" {
			return "text outside the operation's element" + rawAdvice
		}
	case xml.Directive:
		return "no DOCTYPE: RFC 6241 §3.2 forbids it" + rawAdvice
	case xml.ProcInst:
		if t.Target == "xml" {
			return "no XML declaration: the operation is put inside an rpc" + rawAdvice
		}
	}
	return ""
}

func (f *fragment) start(t xml.StartElement) string {
	if len(f.open) == 0 && f.closed {
		return "a second element: one step sends one operation" + rawAdvice
	}
	if len(f.open) == 0 && t.Name.Local == "rpc" {
		return "no rpc element: the player puts the operation into one (envelope: bare for one without message-id)"
	}
	element := openElement{t.Name, map[string]bool{}}
	seen := map[xml.Name]bool{}
	for _, a := range t.Attr {
		if seen[a.Name] {
			return fmt.Sprintf("not well-formed: attribute %s twice%s", qualified(a.Name), rawAdvice)
		}
		seen[a.Name] = true
		if a.Name.Space == "xmlns" {
			element.prefixes[a.Name.Local] = true
		}
	}
	f.open = append(f.open, element)
	for _, name := range append([]xml.Name{t.Name}, attributeNames(t)...) {
		if !f.bound(name.Space) {
			return fmt.Sprintf("the prefix %s of %s is not bound: declare it here, as in xmlns:%s=%q", name.Space,
				qualified(name), name.Space, BaseNamespace)
		}
	}
	return ""
}

func (f *fragment) endElement(t xml.EndElement) string {
	if len(f.open) == 0 {
		return fmt.Sprintf("not well-formed: </%s> closes nothing%s", qualified(t.Name), rawAdvice)
	}
	last := f.open[len(f.open)-1]
	if last.name != t.Name {
		return fmt.Sprintf("not well-formed: </%s> closes <%s>%s", qualified(t.Name), qualified(last.name), rawAdvice)
	}
	f.open = f.open[:len(f.open)-1]
	f.closed = len(f.open) == 0
	return ""
}

func (f *fragment) bound(prefix string) bool {
	if prefix == "" || prefix == "xmlns" || prefix == "xml" {
		return true
	}
	for _, element := range f.open {
		if element.prefixes[prefix] {
			return true
		}
	}
	return false
}

func attributeNames(t xml.StartElement) []xml.Name {
	names := make([]xml.Name, len(t.Attr))
	for i, a := range t.Attr {
		names[i] = a.Name
	}
	return names
}

func qualified(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
