package reference

import (
	"strconv"
	"strings"
)

// prefixes binds a prefix to each namespace that an rpc-error names, on the rpc-error itself: an error-path is
// read with the declarations in scope there (RFC 6241 §4.3).
type prefixes struct {
	base  string // with its colon: the prefix that the reply uses for the base namespace
	bound map[string]string
	order []string
}

func (p *prefixes) of(ns string) string {
	if ns == baseNS && p.base != "" {
		return strings.TrimSuffix(p.base, ":")
	}
	if prefix, ok := p.bound[ns]; ok {
		return prefix
	}
	prefix := "r"
	if ns == baseNS {
		prefix = "nc"
	}
	for n := 1; p.taken(prefix); n++ {
		prefix = "n" + strconv.Itoa(n)
	}
	p.bound[ns] = prefix
	p.order = append(p.order, ns)
	return prefix
}

func (p *prefixes) taken(prefix string) bool {
	if prefix+":" == p.base {
		return true
	}
	for _, b := range p.bound {
		if b == prefix {
			return true
		}
	}
	return false
}

// qualified writes a name for XPath, where a name without prefix has no namespace.
func (p *prefixes) qualified(n name) string {
	if n.ns == "" {
		return n.local
	}
	return p.of(n.ns) + ":" + n.local
}

// content writes a name as the content of bad-element or bad-attribute, where the default namespace counts.
func (p *prefixes) content(n name) string {
	if n.ns == baseNS {
		return p.base + n.local
	}
	return p.qualified(n)
}

// infoChild is a child of error-info as it is written.
type infoChild struct{ tag, element, declaration, content string }

// infoChild makes one. A name in no namespace can be read as one only where there is no default namespace.
func (p *prefixes) infoChild(i info) infoChild {
	c := infoChild{tag: p.base + i.element, element: i.element, content: i.text}
	switch {
	case i.ns != "":
		c.tag, c.declaration = i.element, ` xmlns="`+escaped(i.ns)+`"`
	case i.element == "bad-element" && i.name.ns == "":
		c.tag, c.declaration = p.of(baseNS)+":"+i.element, ` xmlns=""`
	}
	switch {
	case i.path != nil:
		c.content = p.path(i.path)
	case i.name.local != "":
		c.content = p.content(i.name)
	}
	return c
}

func (p *prefixes) path(steps []step) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteString("/" + p.qualified(s.name))
		for _, k := range s.keys {
			b.WriteString("[" + p.qualified(k.name) + "=" + literal(k.value) + "]")
		}
	}
	return b.String()
}

// literal writes a string as XPath 1.0 has it, which knows no escapes.
func literal(s string) string {
	if !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	if !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	return "concat('" + strings.ReplaceAll(s, "'", `',"'",'`) + "')"
}

// writeError writes an rpc-error with its children in the order of Appendix B.
func (s *session) writeError(x *xmlWriter, e *rpcError) {
	p := &prefixes{base: x.prefix, bound: map[string]string{}}
	path := s.misdirected(s.rooted(p.path(e.path)))
	var children []infoChild
	for _, i := range e.info {
		children = append(children, p.infoChild(i))
	}
	x.open("rpc-error", p.declarations()...)
	first := s.broken("error-message-first")
	if first {
		s.writeMessage(x, e.message)
	}
	x.leaf("error-type", e.layer)
	if s.broken("text-between-children-of-rpc-error") {
		x.raw("failed")
	}
	x.leaf("error-tag", e.tag)
	x.leaf("error-severity", s.severity(e))
	if e.appTag != "" || s.broken("error-app-tag-empty") {
		x.leaf("error-app-tag", e.appTag)
	}
	if path != "" {
		x.leaf("error-path", path)
	}
	if !first {
		s.writeMessage(x, e.message)
	}
	s.writeInfo(x, children)
	x.close("rpc-error")
}

func (s *session) writeInfo(x *xmlWriter, children []infoChild) {
	if len(children) == 0 {
		return
	}
	x.open("error-info")
	if s.broken("error-info-begins-with-debug-data") {
		x.raw(`<debug xmlns="`, Namespace, `">1</debug>`)
	}
	for _, child := range children {
		s.writeInfoChild(x, child)
	}
	if s.broken("undefined-child-of-error-info") {
		x.leaf("reason", "1")
	}
	x.close("error-info")
}

func (p *prefixes) declarations() []string {
	var out []string
	for _, ns := range p.order {
		out = append(out, "xmlns:"+p.bound[ns]+`="`+escaped(ns)+`"`)
	}
	return out
}

func (s *session) writeInfoChild(x *xmlWriter, child infoChild) {
	named := child.element == "bad-element"
	switch {
	case named && s.broken("bad-element-without-namespace"):
		x.raw("<", child.element, ` xmlns="">`, escaped(child.content), "</", child.element, ">")
	case named && s.broken("bad-element-prefix-undeclared"):
		x.leaf(child.element, "undeclared:"+child.content)
	default:
		x.raw("<", child.tag, child.declaration, ">", escaped(child.content), "</", child.tag, ">")
	}
}

// misdirected gives an error-path as it is sent.
func (s *session) misdirected(path string) string {
	if s.broken("error-path-relative") {
		return strings.TrimPrefix(path, "/")
	}
	if s.broken("error-path-prefix-undeclared") && path != "" {
		_, behind, _ := strings.Cut(path, ":")
		return "/undeclared:" + behind
	}
	return path
}
