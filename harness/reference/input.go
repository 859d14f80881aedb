package reference

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// baseNS is the namespace of NETCONF's protocol elements (RFC 6241 §3.1).
const baseNS = "urn:ietf:params:xml:ns:netconf:base:1.0"

// name is an XML name with its namespace.
type name struct{ ns, local string }

func base(local string) name { return name{baseNS, local} }

// input is an element that a client sent. The server keeps a tree of its own, so that a fault in the harness's
// reading of XML cannot hide in both.
type input struct {
	name
	attributes   []inputAttribute // without namespace declarations
	declarations map[string]string
	children     []*input
	text         string // all character data directly inside
	collected    []byte // of text, while the element is open
	parent       *input
	pair         bool // written as a start tag and an end tag
}

type inputAttribute struct {
	name
	value string
}

// parse reads a document that has been checked, and gives its root and the root's start tag as it was sent.
func parse(document []byte) (*input, []byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	var root, at *input
	var startTag []byte
	var opened int64 // where the last start tag ended
	for {
		begin := decoder.InputOffset()
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("reading a message: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			at, opened = newInput(t, at), decoder.InputOffset()
			if root == nil {
				root, startTag = at, document[begin:decoder.InputOffset()]
			}
		case xml.EndElement:
			at.text, at.collected, at.pair = string(at.collected), nil, decoder.InputOffset() > opened
			at = at.parent
		case xml.CharData:
			if at != nil {
				at.collected = append(at.collected, t...)
			}
		}
	}
	if root == nil {
		return nil, nil, fmt.Errorf("reading a message: no element in it")
	}
	return root, startTag, nil
}

func newInput(t xml.StartElement, parent *input) *input {
	in := &input{name: name{t.Name.Space, t.Name.Local}, parent: parent}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			in.declare(a.Name.Local, a.Value)
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			in.declare("", a.Value)
		default:
			in.attributes = append(in.attributes, inputAttribute{name{a.Name.Space, a.Name.Local}, a.Value})
		}
	}
	if parent != nil {
		parent.children = append(parent.children, in)
	}
	return in
}

func (in *input) declare(prefix, uri string) {
	if in.declarations == nil {
		in.declarations = map[string]string{}
	}
	in.declarations[prefix] = uri
}

// resolve gives the namespace that prefix is bound to at this element.
func (in *input) resolve(prefix string) (string, bool) {
	for e := in; e != nil; e = e.parent {
		if uri, ok := e.declarations[prefix]; ok {
			return uri, true
		}
	}
	return "", false
}

// child gives the first child of that name, nil when there is none.
func (in *input) child(n name) *input {
	for _, c := range in.children {
		if c.name == n {
			return c
		}
	}
	return nil
}

// attribute gives the value of an attribute.
func (in *input) attribute(n name) (string, bool) {
	for _, a := range in.attributes {
		if a.name == n {
			return a.value, true
		}
	}
	return "", false
}

// content gives the text without the white space around it.
func (in *input) content() string { return strings.TrimSpace(in.text) }

// path gives the steps from the root of the message to this element.
func (in *input) path() []step {
	if in == nil {
		return nil
	}
	return append(in.parent.path(), step{name: in.name})
}
