package edit

import (
	"encoding/xml"
	"maps"
	"slices"
	"strings"

	"github.com/antchfx/xmlquery"

	"github.com/ncspec/ncspec/harness/netconf"
)

// inside writes the data nodes below an element so that they can be sent back inside config: with the prefixes that were
// declared for them, as values may use those, and without the attributes, which are no configuration.
func inside(data *xmlquery.Node) string {
	var b strings.Builder
	for child := data.FirstChild; child != nil; child = child.NextSibling {
		write(&b, child, netconf.BaseNamespace, declaredAbove(child))
	}
	return b.String()
}

// write writes a node; inherited is the default namespace around it.
func write(b *strings.Builder, n *xmlquery.Node, inherited string, declared map[string]string) {
	if n.Type == xmlquery.TextNode {
		_ = xml.EscapeText(b, []byte(n.Data)) // a strings.Builder takes everything
	}
	if n.Type != xmlquery.ElementNode {
		return
	}
	b.WriteString("<" + n.Data)
	if n.NamespaceURI != inherited {
		attribute(b, "xmlns", n.NamespaceURI)
	}
	maps.Copy(declared, declarations(n))
	for _, prefix := range slices.Sorted(maps.Keys(declared)) {
		attribute(b, "xmlns:"+prefix, declared[prefix])
	}
	b.WriteString(">")
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		write(b, child, n.NamespaceURI, map[string]string{})
	}
	b.WriteString("</" + n.Data + ">")
}

func attribute(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="`)
	_ = xml.EscapeText(b, []byte(value)) // a strings.Builder takes everything
	b.WriteString(`"`)
}

// declarations are the prefixes that an element declares.
func declarations(n *xmlquery.Node) map[string]string {
	declared := map[string]string{}
	for _, a := range n.Attr {
		if a.Name.Space == "xmlns" {
			declared[a.Name.Local] = a.Value
		}
	}
	return declared
}

// declaredAbove are the prefixes that are declared around an element.
func declaredAbove(n *xmlquery.Node) map[string]string {
	declared := map[string]string{}
	for above := n.Parent; above != nil; above = above.Parent {
		for prefix, uri := range declarations(above) {
			if _, nearer := declared[prefix]; !nearer {
				declared[prefix] = uri
			}
		}
	}
	return declared
}
