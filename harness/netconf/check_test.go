package netconf

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// places writes faults as "rule@offset", which is what the tables below compare.
func places(faults []Fault) []string {
	all := []string{}
	for _, f := range faults {
		all = append(all, fmt.Sprintf("%s@%d", f.Rule, f.Offset))
	}
	return all
}

func TestCheckAcceptsWhatXMLAllows(t *testing.T) {
	for name, doc := range map[string]string{
		"element":                          `<a/>`,
		"declaration":                      `<?xml version="1.0" encoding="UTF-8"?><a/>`,
		"declaration, other quotes":        `<?xml version='1.0' encoding='utf-8' standalone='yes' ?><a/>`,
		"declaration, spaced":              "<?xml\n version = \"1.0\"\tencoding= 'UTF-8'?>\r\n<a/>",
		"comments and PIs around":          "<!-- a -->\n<?pi?><?pi data?><a/><!----><?x-y z?>\n",
		"white space in tags":              "<a\n b = '1'\tc=\"2\" ></a >",
		"references":                       `<a b="&lt;&#9;&#xA;&#x10FFFF;">&amp;&apos;&quot;&gt;&lt;&#65;&#x41;</a>`,
		"CDATA":                            `<a><![CDATA[<&]] >]]></a>`,
		"CDATA that looks like references": `<a><![CDATA[&#0;&nbsp;]]></a>`,
		"> and ]] in text":                 `<a>> ]] ]>></a>`,
		"]]> in an attribute":              `<a b="]]>"/>`,
		"characters at the edges":          "<a>\t\n\r \ud7ff\ue000\ufffd\U00010000\U0010FFFF</a>",
		"names of other scripts":           `<größe 単位="1"/>`,
		"U+FEFF in text":                   "<a>\ufeff</a>",
		"same local name, two namespaces":  `<a xmlns:p="u:p" xmlns:q="u:q" n="" p:n="" q:n=""/>`,
		"attribute without default":        `<a xmlns="u:p" xmlns:p="u:p" n="" p:n=""/>`,
		"prefix declared behind its use":   `<p:a p:b="" xmlns:p="u"/>`,
		"prefix redeclared and back":       `<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>`,
		"default undeclared":               `<a xmlns="u"><b xmlns=""/></a>`,
		"xml prefix":                       `<a xml:lang="en"/>`,
		"xml prefix declared":              `<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`,
		"namespace called xmlns":           `<a xmlns:q="xmlns" xmlns:b="u" q:b="1"/>`,
		"deep, not too deep":               strings.Repeat("<a>", MaxDepth) + strings.Repeat("</a>", MaxDepth),
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(Check([]byte(doc))).To(BeEmpty())
		})
	}
}

func TestCheckFindsEachFault(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want []string
	}{
		"empty":                          {"", []string{"no-root@0"}},
		"white space only":               {" \n", []string{"no-root@2"}},
		"comment only":                   {"<!-- -->", []string{"no-root@8"}},
		"two roots":                      {"<a/><b/>", []string{"two-roots@4"}},
		"three roots":                    {"<a/><b/> <c/>", []string{"two-roots@4", "two-roots@9"}},
		"text before":                    {" x<a/>", []string{"text-outside-root@1"}},
		"text behind":                    {"<a/>\n]]", []string{"text-outside-root@5"}},
		"reference to white space":       {"<a/>&#32;", []string{"text-outside-root@4"}},
		"CDATA section of white space":   {"<a/><![CDATA[ ]]>", []string{"text-outside-root@4"}},
		"empty CDATA section":            {"<![CDATA[]]><a/>", []string{"text-outside-root@0"}},
		"space before the declaration":   {"\n<?xml version=\"1.0\"?><a/>", []string{"misplaced-declaration@1"}},
		"comment before the declaration": {`<!----><?xml version="1.0"?><a/>`, []string{"misplaced-declaration@7"}},
		"declaration inside":             {`<a><?xml version="1.0"?></a>`, []string{"misplaced-declaration@3"}},
		"declaration behind":             {`<a/><?xml version="1.0"?>`, []string{"misplaced-declaration@4"}},
		"two declarations":               {`<?xml version="1.0"?><?xml version="1.0"?><a/>`, []string{"misplaced-declaration@21"}},
		"declaration without version":    {`<?xml encoding="UTF-8"?><a/>`, []string{"not-well-formed@0"}},
		"declaration with nothing":       {`<?xml?><a/>`, []string{"not-well-formed@0"}},
		"declaration in the wrong order": {`<?xml encoding="UTF-8" version="1.0"?><a/>`, []string{"not-well-formed@0"}},
		"declaration, no space":          {`<?xml version="1.0"encoding="UTF-8"?><a/>`, []string{"not-well-formed@0"}},
		"declaration, version 1.1":       {`<?xml version="1.1"?><a/>`, []string{"not-well-formed@0"}},
		"declaration, spaced 1.1":        {`<?xml version = "1.1"?><a/>`, []string{"not-well-formed@0"}},
		"declaration, bad standalone":    {`<?xml version="1.0" standalone="true"?><a/>`, []string{"not-well-formed@0"}},
		"declaration in capitals":        {`<?XML version="1.0"?><a/>`, []string{"not-well-formed@0"}},
		"ISO-8859-1 declared":            {`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`, []string{"encoding-declared@0"}},
		"UTF-16 declared":                {`<?xml version='1.0' encoding = 'UTF-16'?><a/>`, []string{"encoding-declared@0"}},
		"US-ASCII declared":              {`<?xml version="1.0" encoding="US-ASCII"?><a/>`, []string{"encoding-declared@0"}},
		"utf8 declared":                  {`<?xml version="1.0" encoding="utf8"?><a/>`, []string{"encoding-declared@0"}},
		"ISO-8859-1 declared and used": {"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9t\xe9</a>",
			[]string{"encoding-declared@0", "not-utf8@46", "not-utf8@48"}},
		"DOCTYPE":                    {"<!DOCTYPE a><a/>", []string{"doctype@0"}},
		"DOCTYPE with a subset":      {`<!DOCTYPE a [<!ENTITY b "c">]><a/>`, []string{"doctype@0"}},
		"DOCTYPE inside":             {"<a><!DOCTYPE a></a>", []string{"doctype@3"}},
		"DOCTYPE behind":             {"<a/><!DOCTYPE a>", []string{"doctype@4"}},
		"two DOCTYPEs":               {"<!DOCTYPE a><!DOCTYPE a><a/>", []string{"doctype@0", "doctype@12"}},
		"another directive":          {"<!ELEMENT a EMPTY><a/>", []string{"not-well-formed@0"}},
		"DOCTYPE's entity":           {`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, []string{"doctype@0", "not-well-formed@33"}},
		"byte order mark":            {"\xef\xbb\xbf<a/>", []string{"byte-order-mark@0"}},
		"mark and declaration":       {"\xef\xbb\xbf<?xml version=\"1.0\"?><a/>", []string{"byte-order-mark@0"}},
		"offsets count the mark":     {"\xef\xbb\xbf<a/><b/>", []string{"byte-order-mark@0", "two-roots@7"}},
		"two marks":                  {"\xef\xbb\xbf\xef\xbb\xbf<a/>", []string{"byte-order-mark@0", "text-outside-root@3"}},
		"UTF-16, big end first":      {"\xfe\xff\x00<\x00a\x00/\x00>", []string{"not-utf8@0"}},
		"UTF-16 without a mark":      {"<\x00a\x00/\x00>\x00", []string{"not-utf8@0"}},
		"UTF-32":                     {"\x00\x00\xfe\xff\x00\x00\x00<", []string{"not-utf8@0"}},
		"stray continuation":         {"<a>\x80</a>", []string{"not-utf8@3"}},
		"cut off sequence":           {"<a>\xe2\x82</a>", []string{"not-utf8@3", "not-utf8@4"}},
		"overlong, two octets":       {"<a>\xc0\xaf</a>", []string{"not-utf8@3", "not-utf8@4"}},
		"overlong, three octets":     {"<a>\xe0\x80\xaf</a>", []string{"not-utf8@3", "not-utf8@4", "not-utf8@5"}},
		"surrogate":                  {"<a>\xed\xa0\x80</a>", []string{"not-utf8@3", "not-utf8@4", "not-utf8@5"}},
		"beyond U+10FFFF":            {"<a>\xf4\x90\x80\x80</a>", []string{"not-utf8@3", "not-utf8@4", "not-utf8@5", "not-utf8@6"}},
		"not UTF-8 in a comment":     {"<a><!--\xff--></a>", []string{"not-utf8@7"}},
		"not UTF-8 in a PI":          {"<a><?p \xff?></a>", []string{"not-utf8@7"}},
		"not UTF-8 in an attribute":  {"<a b='\xff'/>", []string{"not-utf8@6"}},
		"not UTF-8 in a name":        {"<a\xff/>", []string{"not-utf8@2"}},
		"NUL":                        {"<a>\x00</a>", []string{"illegal-character@3"}},
		"several":                    {"<a>\x01x\x08</a>", []string{"illegal-character@3", "illegal-character@5"}},
		"control in a comment":       {"<a><!--\x0b--></a>", []string{"illegal-character@7"}},
		"control in a PI":            {"<a><?p \x1f?></a>", []string{"illegal-character@7"}},
		"U+FFFE":                     {"<a>\ufffe</a>", []string{"illegal-character@3"}},
		"U+FFFF":                     {"<a>\uffff</a>", []string{"illegal-character@3"}},
		"reference to NUL":           {"<a>x&#0;</a>", []string{"illegal-character@4"}},
		"reference to backspace":     {"<a b='&#x8;'/>", []string{"illegal-character@6"}},
		"reference to a surrogate":   {"<a>&#65;&#xD800;</a>", []string{"illegal-character@8"}},
		"surrogate in an attribute":  {"<a b='&#56320;'/>", []string{"illegal-character@6"}},
		"reference to U+FFFF":        {"<a>&#xFFFF;</a>", []string{"illegal-character@3"}},
		"reference beyond U+10FFFF":  {"<a>&#x110000;</a>", []string{"not-well-formed@3"}},
		"reference without digits":   {"<a>&#;</a>", []string{"not-well-formed@3"}},
		"reference with a capital X": {"<a>&#X41;</a>", []string{"not-well-formed@3"}},
		"reference without end":      {"<a>&amp b</a>", []string{"not-well-formed@3"}},
		"undefined entity":           {"<a>x &nbsp;</a>", []string{"not-well-formed@5"}},
		"ampersand alone":            {"<a>x & y</a>", []string{"not-well-formed@5"}},
		"]]> in text":                {"<a>x]]></a>", []string{"not-well-formed@4"}},
		"< in an attribute":          {"<a b='<'/>", []string{"not-well-formed@6"}},
		"-- in a comment":            {"<a><!-- -- --></a>", []string{"not-well-formed@8"}},
		"---> at a comment's end":    {"<a><!-- ---></a>", []string{"not-well-formed@8"}},
		"duplicate":                  {`<a b="1" b="1"/>`, []string{"duplicate-attribute@9"}},
		"duplicate by namespace":     {`<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, []string{"duplicate-attribute@35"}},
		"duplicate through entity":   {`<a xmlns:p="u&amp;" xmlns:q="u&#38;" p:b="1" q:b="2"/>`, []string{"duplicate-attribute@45"}},
		"duplicate declaration":      {`<a xmlns:p="u" xmlns:p="v"/>`, []string{"duplicate-attribute@15"}},
		"duplicate default":          {`<a xmlns="u" xmlns="u"/>`, []string{"duplicate-attribute@13"}},
		"duplicate, unbound":         {`<a p:b="1" p:b="2"/>`, []string{"unbound-prefix@3", "unbound-prefix@11", "duplicate-attribute@11"}},
		"unbound element":            {`<p:a/>`, []string{"unbound-prefix@1"}},
		"unbound attribute":          {`<a p:b=""/>`, []string{"unbound-prefix@3"}},
		"bound only further down":    {`<a><b xmlns:p="u"/><p:c/></a>`, []string{"unbound-prefix@20"}},
		"prefix bound to nothing":    {`<a xmlns:p=""/>`, []string{"not-well-formed@3"}},
		"xml bound elsewhere":        {`<a xmlns:xml="u"/>`, []string{"not-well-formed@3"}},
		"xml's namespace elsewhere":  {`<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, []string{"not-well-formed@3"}},
		"xml's namespace by default": {`<a xmlns="http://www.w3.org/XML/1998/namespace"/>`, []string{"not-well-formed@3"}},
		"xmlns declared":             {`<a xmlns:xmlns="u"/>`, []string{"not-well-formed@3"}},
		"xmlns's namespace":          {`<a xmlns:p="http://www.w3.org/2000/xmlns/"/>`, []string{"not-well-formed@3"}},
		"element of prefix xmlns":    {`<xmlns:a/>`, []string{"not-well-formed@1"}},
		"colon first":                {`<:a/>`, []string{"not-well-formed@1"}},
		"colon last":                 {`<a b:=""/>`, []string{"not-well-formed@3"}},
		"digit behind the colon":     {`<p:1 xmlns:p="u"/>`, []string{"not-well-formed@1"}},
		"mark behind the colon":      {"<p:\u0300 xmlns:p='u'/>", []string{"not-well-formed@1"}},
		"prefix xmlns, digit":        {`<a xmlns:1="u"/>`, []string{"not-well-formed@3"}},
		"PI target with a colon":     {`<a><?b:c?></a>`, []string{"not-well-formed@3"}},
		"PI without white space":     {`<a><?b"c"?></a>`, []string{"not-well-formed@3"}},
		"no space, attributes":       {`<a b="1"c="2"/>`, []string{"not-well-formed@8"}},
		"too deep":                   {strings.Repeat("<a>", MaxDepth+5), []string{fmt.Sprintf("too-deep@%d", 3*MaxDepth)}},
		"not ended":                  {"<a><b></b>", []string{"not-well-formed@10"}},
		"ended crosswise":            {"<a><b></a></b>", []string{"not-well-formed@6"}},
		"ended with another prefix":  {`<p:a xmlns:p="u" xmlns:q="u"></q:a>`, []string{"not-well-formed@29"}},
		"ended twice":                {"<a></a></a>", []string{"not-well-formed@7"}},
		"several at once": {"\xef\xbb\xbf<!DOCTYPE a><a b='1' b='2'>\x00</a><c/>",
			[]string{"byte-order-mark@0", "doctype@3", "duplicate-attribute@24", "illegal-character@30", "two-roots@35"}},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(places(Check([]byte(c.doc)))).To(Equal(c.want))
		})
	}
}

func TestCheckRefusesWhatTheTokenizerRefuses(t *testing.T) {
	for _, doc := range []string{
		"<", "<a", "<a ", "<a b", "<a b=", "<a b='", "<a b='1", "<a b=1/>", "<a b/>", "<a/ >", "< a/>", "</a>", "<a></ a>", "<a></a b>",
		"<a:b:c/>", "<1/>", "<-a/>", "<a><![CDATA[</a>", "<a><![cdata[x]]></a>", "<a><!- x --></a>", "<a><!-- x</a>", "<a><?p</a>",
		"<a><? p?></a>", "<!DOCTYPE a", "<a b='1' 'c'/>", "<a>&", "<a>&#", "<a>&#x", "<a>&lt", "<a b='&",
	} {
		t.Run(doc, func(t *testing.T) {
			g := NewWithT(t)
			faults := Check([]byte(doc))
			g.Expect(faults).To(HaveLen(1))
			g.Expect(faults[0].Rule).To(Equal(NotWellFormed))
			g.Expect(faults[0].Offset).To(BeNumerically("<=", len(doc)))
			g.Expect(faults[0].Error()).To(ContainSubstring("not-well-formed at octet"))
		})
	}
}

func TestCheckBoundsItsList(t *testing.T) {
	for name, doc := range map[string]string{
		"roots":      strings.Repeat("<a/>", 5000),
		"octets":     "<a>" + strings.Repeat("\xff", 5000) + "</a>",
		"attributes": "<a" + strings.Repeat(" b=''", 5000) + "/>",
		"long names": "<" + strings.Repeat("p", 5000) + ":a/>",
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			faults := Check([]byte(doc))
			g.Expect(len(faults)).To(And(BeNumerically(">", 0), BeNumerically("<=", maxFaults)))
			for _, f := range faults {
				g.Expect(len(f.Detail)).To(BeNumerically("<", 2*maxDetail))
			}
			d, _ := Parse([]byte(doc))
			g.Expect(d).To(BeNil())
		})
	}
}
