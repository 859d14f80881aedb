package target

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/ncspec/ncspec/harness/netconf"
)

// Fixture is configuration data that the harness may write on a target.
type Fixture struct {
	// Name tells in reports which fixture was used.
	Name string
	// Leaf may be changed; nil none.
	Leaf *Leaf
	// List may get one more entry; nil none.
	List *List
	// TextLeaf says that Leaf takes any UTF-8 text.
	TextLeaf bool
	// Model is a data model of a known shape that the target serves; nil none.
	Model *Model
	// Constraint is a rule that a change of candidate may break; nil none is known.
	Constraint *Constraint
	// Hidden is data that the second user may neither read nor write; nil none.
	Hidden *Hidden
}

// Key is a key leaf of a list entry, in the namespace of its list.
type Key struct {
	Name  string
	Value string
}

// Node is one element on the way from <config> to a fixture.
type Node struct {
	Namespace string
	Local     string
	Keys      []Key // of a list entry, in the order of the YANG module
}

// Leaf is a leaf that may be changed.
type Leaf struct {
	// Path leads from below <config> to the leaf, which is its last node.
	Path []Node
	// Values are two different values that the leaf takes.
	Values [2]string
}

// List is a list that may get an entry.
type List struct {
	// Path leads from below <config> to the entry, whose keys are those of its
	// last node.
	Path []Node
	// Body is XML inside the entry, beside its keys; "" none. It is in the
	// namespace of the list where it declares no other.
	Body string
}

// Config is the XML below <config> that gives the leaf a value. operation is
// the value of its attribute nc:operation (RFC 6241 §7.2), "" for none.
func (l *Leaf) Config(value, operation string) string {
	return nest(l.Path, operationAttribute(operation), escape(value))
}

// Filter is the subtree filter (RFC 6241 §6) that selects the leaf: the XML
// inside <filter>.
func (l *Leaf) Filter() string { return nest(l.Path, "", "") }

// Expr is the absolute XPath of the leaf in a reply to get or get-config, with
// the prefixes of Namespaces.
func (l *Leaf) Expr() string { return expr(l.Path) }

// Namespaces binds the prefixes of Expr, beside "nc".
func (l *Leaf) Namespaces() map[string]string { return namespaces(l.Path) }

// Config is the XML below <config> that names the entry. operation is the
// value of the entry's attribute nc:operation (RFC 6241 §7.2), "" for none;
// with delete and remove the entry holds its keys only.
func (l *List) Config(operation string) string {
	body := l.Body
	if operation == "delete" || operation == "remove" {
		body = ""
	}
	return nest(l.Path, operationAttribute(operation), body)
}

// Filter is the subtree filter (RFC 6241 §6) that selects the entry: the XML
// inside <filter>.
func (l *List) Filter() string { return nest(l.Path, "", "") }

// Expr is the absolute XPath of the entry in a reply to get or get-config, with
// the prefixes of Namespaces.
func (l *List) Expr() string { return expr(l.Path) }

// Namespaces binds the prefixes of Expr, beside "nc".
func (l *List) Namespaces() map[string]string { return namespaces(l.Path) }

// Key is the value of the entry's first key, "" if it has none.
func (l *List) Key() string {
	if len(l.Path) == 0 || len(l.Path[len(l.Path)-1].Keys) == 0 {
		return ""
	}
	return l.Path[len(l.Path)-1].Keys[0].Value
}

// nest writes path as elements inside each other, each with its keys. The last
// one gets the attributes and, after its keys, the body.
func nest(path []Node, attributes, body string) string {
	var b strings.Builder
	for i, n := range path {
		b.WriteString("<" + n.Local)
		if i == 0 || path[i-1].Namespace != n.Namespace {
			fmt.Fprintf(&b, ` xmlns="%s"`, escape(n.Namespace))
		}
		if i == len(path)-1 {
			b.WriteString(attributes)
		}
		b.WriteString(">")
		for _, k := range n.Keys {
			fmt.Fprintf(&b, "<%s>%s</%s>", k.Name, escape(k.Value), k.Name)
		}
	}
	last := len(path) - 1
	if body == "" && last >= 0 && len(path[last].Keys) == 0 {
		return strings.TrimSuffix(b.String(), ">") + "/>" + endTags(path[:last])
	}
	return b.String() + body + endTags(path)
}

func endTags(path []Node) string {
	tags := ""
	for _, n := range slices.Backward(path) {
		tags += "</" + n.Local + ">"
	}
	return tags
}

// operationAttribute declares its own prefix: the document around it may have
// bound another one, or none.
func operationAttribute(operation string) string {
	if operation == "" {
		return ""
	}
	return fmt.Sprintf(` xmlns:nc="%s" nc:operation="%s"`, netconf.BaseNamespace, escape(operation))
}

// escape writes text for content and for attribute values.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

// expr writes path as an XPath below the reply's data.
func expr(path []Node) string {
	prefixes := prefixOf(path)
	var b strings.Builder
	b.WriteString("/nc:rpc-reply/nc:data")
	for _, n := range path {
		prefix := prefixes[n.Namespace]
		fmt.Fprintf(&b, "/%s:%s", prefix, n.Local)
		for _, k := range n.Keys {
			fmt.Fprintf(&b, "[%s:%s=%s]", prefix, k.Name, netconf.Literal(k.Value))
		}
	}
	return b.String()
}

// prefixOf numbers the namespaces of path: f1, f2, …
func prefixOf(path []Node) map[string]string {
	prefixes := map[string]string{}
	for _, n := range path {
		if _, known := prefixes[n.Namespace]; !known {
			prefixes[n.Namespace] = fmt.Sprintf("f%d", len(prefixes)+1)
		}
	}
	return prefixes
}

func namespaces(path []Node) map[string]string {
	bound := map[string]string{}
	for uri, prefix := range prefixOf(path) {
		bound[prefix] = uri
	}
	return bound
}
