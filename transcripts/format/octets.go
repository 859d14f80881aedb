package format

import (
	"encoding/base64"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// octets reads a string as its UTF-8 octets, or what !!binary encodes.
func (r *reader) octets(node ast.Node, what string) []byte {
	tag, tagged := node.(*ast.TagNode)
	if !tagged {
		text, _ := r.text(node, what)
		return []byte(text)
	}
	if tag.Start.Value != "!!binary" {
		r.fault(place(node), "%s: the tag %s is not allowed; allowed: !!binary (base64)", what, tag.Start.Value)
		return nil
	}
	text, ok := r.text(tag.Value, what)
	if !ok {
		return nil
	}
	octets, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		r.fault(place(node), "%s: !!binary takes base64 (RFC 4648 §4): %v", what, err)
	}
	return octets
}
