package netconf

import (
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	. "github.com/onsi/gomega"
)

// parsed gives the document, which must have a tree.
func parsed(t *testing.T, doc string) *Document {
	t.Helper()
	d, faults := Parse([]byte(doc))
	NewWithT(t).Expect(d).NotTo(BeNil(), "%v", faults)
	return d
}

func TestParseTrustsLesserFaults(t *testing.T) {
	for name, c := range map[string]struct {
		doc   string
		fault FaultRule
	}{
		"byte order mark":              {"\xef\xbb\xbf<a>é</a>", ByteOrderMark},
		"encoding declared":            {`<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>`, EncodingDeclared},
		"unknown encoding declared":    {`<?xml version="1.0" encoding="x-none"?><a>é</a>`, EncodingDeclared},
		"UTF-16 declared":              {`<?xml version="1.0" encoding="UTF-16"?><a>é</a>`, EncodingDeclared},
		"space before the declaration": {"\n<?xml version=\"1.0\"?><a>é</a>", MisplacedDeclaration},
		"DOCTYPE":                      {`<!DOCTYPE a><a>é</a>`, Doctype},
		"DOCTYPE, PUBLIC":              {`<!DOCTYPE a PUBLIC "b" 'c' ><a>é</a>`, Doctype},
		"DOCTYPE, SYSTEM":              {`<!DOCTYPE a SYSTEM "b"><a>é</a>`, Doctype},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			d, faults := Parse([]byte(c.doc))
			g.Expect(d).NotTo(BeNil())
			g.Expect(faults).To(Equal(Check([]byte(c.doc))))
			g.Expect(d.Faults).To(Equal(faults))
			g.Expect(faults).To(HaveLen(1))
			g.Expect(faults[0].Rule).To(Equal(c.fault))
			g.Expect(string(d.Octets)).To(Equal(c.doc))
			g.Expect(string(d.StartTag())).To(Equal("<a>"))
			g.Expect(d.Root.InnerText()).To(Equal("é"), "octets are UTF-8 whatever is declared")
		})
	}
}

func TestParseTrustsNothingElse(t *testing.T) {
	for _, doc := range []string{
		"", "<a>", "<a/><b/>", "<a/>x", "<a b='' b=''/>", "<p:a/>", "<a>\x00</a>", "<a>\xff</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
		`<!DOCTYPE a [<!ENTITY b "c">]><a/>`, "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "<a/><!DOCTYPE a>", "<!DOCTYPE a b><a/>",
		`<a/><?xml version="1.0"?>`, `<?xml version="1.1"?><a/>`, strings.Repeat("<a>", MaxDepth+1) + strings.Repeat("</a>", MaxDepth+1),
	} {
		t.Run(shorten(doc, 40), func(t *testing.T) {
			g := NewWithT(t)
			d, faults := Parse([]byte(doc))
			g.Expect(d).To(BeNil())
			g.Expect(faults).NotTo(BeEmpty())
			g.Expect(d.Is("a")).To(BeFalse())
		})
	}
}

func TestParseKeepsTextExact(t *testing.T) {
	for name, c := range map[string]struct{ doc, want string }{
		"references":            {"<a>&lt;&amp;&#65;&#x1F600;&#13;&#10;</a>", "<&A\U0001F600\r\n"},
		"CDATA between":         {"<a>x<![CDATA[<y>&amp;]]>z</a>", "x<y>&amp;z"},
		"CDATA split":           {"<a><![CDATA[]]]]><![CDATA[>]]></a>", "]]>"},
		"line ends":             {"<a>1\r\n2\r3\n4\r\r\n5</a>", "1\n2\n3\n4\n\n5"},
		"line ends in CDATA":    {"<a><![CDATA[1\r\n2\r3]]></a>", "1\n2\n3"},
		"line end cut by CDATA": {"<a>1\r<![CDATA[\n2]]></a>", "1\n\n2"},
		"white space":           {"<a> \t </a>", " \t "},
		"comment":               {"<a>1<!-- no -->2</a>", "12"},
		"instruction":           {"<a>1<?no no?>2</a>", "12"},
		"nested":                {"<a>1<b>2</b>3</a>", "123"},
		"U+FFFD":                {"<a>\ufffd&#xFFFD;</a>", "\ufffd\ufffd"},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(parsed(t, c.doc).Root.InnerText()).To(Equal(c.want))
		})
	}
}

func TestParseNormalisesAttributes(t *testing.T) {
	for name, c := range map[string]struct{ tag, want string }{
		"plain":           {`<a v="x"/>`, "x"},
		"empty":           {`<a v=""/>`, ""},
		"references":      {`<a v="&lt;&quot;&apos;&#x41;"/>`, `<"'A`},
		"white space":     {"<a v='1\t2\n3\r4\r\n5  6'/>", "1 2 3 4 5  6"},
		"references stay": {"<a v='1&#9;2&#10;3&#13;4\n5'/>", "1\t2\n3\r4 5"},
		"other quote":     {"<a v='\"\n'/>", `" `},
		"other quote too": {"<a v=\"'\n\"/>", `' `},
		"greater":         {"<a v='a>b/c\n'/>", "a>b/c "},
	} {
		t.Run(name, func(t *testing.T) {
			d := parsed(t, c.tag)
			NewWithT(t).Expect(d.Root.SelectAttr("v")).To(Equal(c.want))
			NewWithT(t).Expect(string(d.StartTag())).To(Equal(c.tag))
		})
	}
}

func TestParseResolvesNamespaces(t *testing.T) {
	g := NewWithT(t)
	d := parsed(t, `<p:a xmlns:p="u:1" xmlns="u:2" n="" p:n="" xml:lang="en"><b><p:c xmlns:p="u:3"/><p:d/></b><e xmlns=""/></p:a>`)

	names := []string{}
	var walk func(n *xmlquery.Node)
	walk = func(n *xmlquery.Node) {
		names = append(names, n.Prefix+"|"+n.NamespaceURI+"|"+n.Data)
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(d.Root)
	g.Expect(names).To(Equal([]string{"p|u:1|a", "|u:2|b", "p|u:3|c", "p|u:1|d", "||e"}))

	attributes := []string{}
	for _, a := range d.Root.Attr {
		attributes = append(attributes, a.Name.Space+"|"+a.NamespaceURI+"|"+a.Name.Local+"="+a.Value)
	}
	g.Expect(attributes).To(Equal([]string{
		"xmlns|" + xmlnsNamespace + "|p=u:1", "|" + xmlnsNamespace + "|xmlns=u:2", "||n=", "p|u:1|n=", "xml|" + xmlNamespace + "|lang=en",
	}))
}

func TestParseLinksTheTree(t *testing.T) {
	g := NewWithT(t)
	d := parsed(t, `<!-- 1 --><a>x<b/><!-- 2 --><?pi?><c>y</c></a><!-- 3 -->`)
	document := xmlquery.GetRoot(d.Root)
	g.Expect(document.Type).To(Equal(xmlquery.DocumentNode))
	g.Expect(document.ChildNodes()).To(HaveLen(3))
	g.Expect(document.OutputXML(true)).To(Equal(`<!-- 1 --><a>x<b></b><!-- 2 --><c>y</c></a><!-- 3 -->`))
	for _, n := range d.Root.ChildNodes() {
		g.Expect(n.Parent).To(BeIdenticalTo(d.Root))
	}
	g.Expect(d.Root.LastChild.PrevSibling.PrevSibling.Data).To(Equal("b"))
}

func TestParseKeepsTheStartTag(t *testing.T) {
	g := NewWithT(t)
	tag := "<nc:rpc-reply  xmlns:nc = '" + BaseNamespace + "'\n\tmessage-id=\"&#65;>\" >"
	d := parsed(t, "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <x> -->"+tag+"<nc:ok/></nc:rpc-reply>")
	g.Expect(string(d.StartTag())).To(Equal(tag))
	g.Expect(d.Is("rpc-reply")).To(BeTrue())
	g.Expect(d.Is("rpc")).To(BeFalse())
	g.Expect(parsed(t, "<rpc-reply/>").Is("rpc-reply")).To(BeFalse(), "no namespace")
}
