package netconf

import (
	"regexp"
	"strings"
)

// XML 1.0 §2.8, production XMLDecl without "<?xml" and "?>".
var declaration = regexp.MustCompile(`^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*$`)

// A document type declaration that can change nothing in the document: no internal subset, an external one at most.
var harmlessDoctype = regexp.MustCompile(`^DOCTYPE[ \t\r\n]+[\pL_:][\pL\pN_:.-]*` +
	`(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"]*"|'[^']*'))[ \t\r\n]+(?:"[^"]*"|'[^']*'))?[ \t\r\n]*$`)

// instruction checks a processing instruction or an XML declaration (XML 1.0 §2.6, §2.8).
func (c *checker) instruction(target string, raw []byte, begin int) {
	rest := string(raw[len("<?")+len(target) : len(raw)-len("?>")])
	switch {
	case target == "xml":
		c.declaration(rest, begin)
	case strings.EqualFold(target, "xml"):
		c.fatal(NotWellFormed, begin, "the target %q of a processing instruction is reserved", target)
	case strings.Contains(target, ":"):
		c.fatal(NotWellFormed, begin, "the target %q of a processing instruction has a colon", target)
	case rest != "" && !isSpace(rest[0]):
		c.fatal(NotWellFormed, begin, "no white space behind the target %q of a processing instruction", target)
	}
}

func (c *checker) declaration(content string, begin int) {
	switch {
	case begin == 0:
	case strings.Trim(string(c.doc[:begin]), whiteSpace) == "":
		c.lesser(MisplacedDeclaration, begin, "white space stands before the XML declaration")
	default:
		c.fatal(MisplacedDeclaration, begin, "an XML declaration that is not at the beginning")
	}
	parts := declaration.FindStringSubmatch(content)
	if parts == nil {
		c.fatal(NotWellFormed, begin, "the XML declaration <?xml%s?> breaks the grammar", shorten(content, maxQuoted))
		return
	}
	if encoding := parts[1] + parts[2]; encoding != "" && !strings.EqualFold(encoding, "UTF-8") {
		c.lesser(EncodingDeclared, begin, "the XML declaration names the encoding %q", encoding)
	}
}

// directive judges what begins with "<!" and is neither comment nor CDATA section.
func (c *checker) directive(content string, begin int) {
	switch {
	case !strings.HasPrefix(content, "DOCTYPE"):
		c.fatal(NotWellFormed, begin, "<!%s> has no place here", shorten(content, maxQuoted))
	case c.rooted || c.typed || !harmlessDoctype.MatchString(content):
		c.fatal(Doctype, begin, "<!%s>", shorten(content, maxQuoted))
	default:
		c.lesser(Doctype, begin, "<!%s>", shorten(content, maxQuoted))
	}
	c.typed = true
}

// How much of a hostile document a report may show, in octets.
const (
	maxQuoted = 60
	maxDetail = 300
)

// shorten keeps a quotation readable.
func shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
