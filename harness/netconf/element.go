package netconf

import (
	"encoding/xml"
	"strings"

	"github.com/antchfx/xmlquery"
)

// start checks a start tag: its place, its names, its declarations, its attributes.
func (c *checker) start(t xml.StartElement, begin int, raw []byte) {
	if len(c.open) >= MaxDepth {
		c.stop(TooDeep, begin, "more than %d elements are open", MaxDepth)
		return
	}
	if len(c.open) == 0 {
		c.root(t.Name, begin, len(raw))
	}
	attributes := rawAttributes(raw)
	for i, a := range attributes {
		if !a.spaced {
			c.fatal(NotWellFormed, begin+a.begin, "no white space before the attribute %s", qName(t.Attr[i].Name))
		}
		t.Attr[i].Value = attributeValue(t.Attr[i].Value, a.value)
	}
	c.references(begin, raw)
	c.open = append(c.open, openElement{t.Name, begin, c.scope.mark()})
	c.declarations(t.Attr, attributes, begin)
	uri := c.resolve(t.Name, begin+1)
	named := c.attributes(t.Attr, attributes, begin)
	if c.tree != nil {
		c.tree.start(t.Name, uri, named)
	}
}

func (c *checker) root(name xml.Name, begin, length int) {
	if c.rooted {
		c.fatal(TwoRoots, begin, "<%s> stands beside the root", qName(name))
		return
	}
	c.rooted = true
	c.rootTag = [2]int{begin + c.skipped, begin + c.skipped + length}
}

func (c *checker) declarations(attributes []xml.Attr, raw []rawAttribute, begin int) {
	for i, a := range attributes {
		prefix, ok := declared(a.Name)
		if !ok {
			continue
		}
		if why := refuseDeclaration(prefix, a.Value); why != "" {
			c.fatal(NotWellFormed, begin+raw[i].begin, "%s", why)
		}
		c.scope.declare(prefix, a.Value)
	}
}

// declared gives the prefix that an attribute declares, "" for the default namespace; false for other attributes.
func declared(name xml.Name) (string, bool) {
	if name.Space == "" && name.Local == "xmlns" {
		return "", true
	}
	return name.Local, name.Space == "xmlns"
}

// attributes resolves the names of the attributes and holds them against each other (Namespaces in XML 1.0 §6.3).
func (c *checker) attributes(attributes []xml.Attr, raw []rawAttribute, begin int) []xmlquery.Attr {
	if len(attributes) == 0 {
		return nil
	}
	seen := make(map[xml.Name]bool, len(attributes))
	named := make([]xmlquery.Attr, len(attributes))
	for i, a := range attributes {
		at := begin + raw[i].begin
		uri := c.attributeNamespace(a.Name, at)
		full, literal := xml.Name{Space: uri, Local: a.Name.Local}, xml.Name{Space: a.Name.Space + ":", Local: a.Name.Local}
		if seen[full] || seen[literal] {
			c.fatal(DuplicateAttribute, at, "the attribute %s is there twice", qName(a.Name))
		}
		seen[full], seen[literal] = true, true
		named[i] = xmlquery.Attr{Name: a.Name, Value: a.Value, NamespaceURI: uri}
	}
	return named
}

// attributeNamespace: the default namespace does not reach attributes (Namespaces in XML 1.0 §6.2).
func (c *checker) attributeNamespace(name xml.Name, at int) string {
	if _, ok := declared(name); ok {
		c.wellNamed(name, at)
		return xmlnsNamespace
	}
	if name.Space == "" {
		c.wellNamed(name, at)
		return ""
	}
	return c.resolve(name, at)
}

// resolve gives the namespace of a name; the default one when it has no prefix.
func (c *checker) resolve(name xml.Name, at int) string {
	c.wellNamed(name, at)
	if name.Space == "xmlns" {
		c.fatal(NotWellFormed, at, "the prefix xmlns must not be used in %s", qName(name))
		return ""
	}
	uri, ok := c.scope.resolve(name.Space)
	if !ok {
		c.fatal(UnboundPrefix, at, "the prefix of %s is not declared", qName(name))
	}
	return uri
}

// wellNamed holds a name against the production QName (Namespaces in XML 1.0 §4): encoding/xml lets colons at either
// end pass, and local parts that no name may begin with.
func (c *checker) wellNamed(name xml.Name, at int) {
	if strings.Contains(name.Local, ":") || name.Space != "" && !beginsName(name.Local) {
		c.fatal(NotWellFormed, at, "%s is no qualified name", qName(name))
	}
}

// beginsName tells whether text may begin a name; encoding/xml, which keeps the tables, decides where it is not ASCII.
func beginsName(text string) bool {
	first := text[0]
	if first < 0x80 {
		return first == '_' || first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z'
	}
	_, err := xml.NewDecoder(strings.NewReader("<" + text + "/>")).RawToken()
	return err == nil
}
