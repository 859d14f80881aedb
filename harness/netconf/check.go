package netconf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Check judges a document token by token (RFC 6241 §3, §3.2): none of the faults means that a judge may trust it. The
// list is in the order of the offsets and ends after 100 faults, or where no further reading makes sense.
func Check(doc []byte) []Fault {
	return check(doc, nil).faults
}

// checker reads the tokens of encoding/xml and judges all that it lets through.
type checker struct {
	doc     []byte // behind a byte order mark, with bad octets replaced
	skipped int    // octets of the byte order mark
	decoder *xml.Decoder
	tree    *tree // nil: check only
	faults  []Fault
	unsafe  bool // a fault makes the tree worthless
	done    bool

	scope   scope
	open    []openElement
	rooted  bool   // a root has begun
	rootTag [2]int // where its start tag begins and ends
	typed   bool   // a document type declaration was there
}

type openElement struct {
	name  xml.Name // Space is the prefix
	begin int
	mark  int // of the scope
}

func check(doc []byte, t *tree) *checker {
	c := &checker{doc: doc, tree: t, scope: newScope()}
	if name := otherEncoding(doc); name != "" {
		c.fatal(NotUTF8, 0, "the document begins as %s does", name)
		return c
	}
	if bytes.HasPrefix(doc, []byte(byteOrderMark)) {
		c.lesser(ByteOrderMark, 0, "the document begins with a byte order mark")
		c.doc, c.skipped = doc[len(byteOrderMark):], len(byteOrderMark)
	}
	clean, bad := badOctets(c.doc)
	for _, f := range bad {
		c.fatal(f.Rule, int(f.Offset), "%s", f.Detail)
	}
	c.doc = clean
	c.decoder = xml.NewDecoder(bytes.NewReader(clean))
	// The octets are taken for UTF-8 whatever is declared: that is what a NETCONF peer does (RFC 6241 §3).
	c.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	c.run()
	slices.SortStableFunc(c.faults, func(a, b Fault) int { return int(a.Offset - b.Offset) })
	return c
}

func (c *checker) run() {
	for !c.done {
		begin := int(c.decoder.InputOffset())
		token, err := c.decoder.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			c.finish()
		case err != nil:
			c.refused(begin, err)
		default:
			c.token(token, begin, c.doc[begin:c.decoder.InputOffset()])
		}
	}
}

func (c *checker) token(token xml.Token, begin int, raw []byte) {
	switch t := token.(type) {
	case xml.StartElement:
		c.start(t, begin, raw)
	case xml.EndElement:
		c.end(t, begin)
	case xml.CharData:
		c.text(t, begin, raw)
	case xml.Comment:
		if c.tree != nil {
			c.tree.comment(string(t))
		}
	case xml.ProcInst:
		c.instruction(t.Target, raw, begin)
	case xml.Directive:
		c.directive(string(t), begin)
	}
}

func (c *checker) text(text xml.CharData, begin int, raw []byte) {
	section := bytes.HasPrefix(raw, []byte("<![CDATA["))
	if !section {
		c.references(begin, raw)
	}
	if len(c.open) == 0 {
		// A reference or a CDATA section has no place outside the root even where it stands for white space.
		if at := len(raw) - len(bytes.TrimLeft(raw, whiteSpace)); at < len(raw) {
			c.fatal(TextOutsideRoot, begin+at, "%q stands outside the root", shorten(string(raw[at:]), maxQuoted))
		}
		return
	}
	if c.tree != nil {
		c.tree.characters(text)
	}
}

func (c *checker) references(begin int, raw []byte) {
	if at, detail, found := illegalReference(raw); found {
		c.fatal(IllegalCharacter, begin+at, "%s", detail)
	}
}

func (c *checker) end(t xml.EndElement, begin int) {
	if len(c.open) == 0 {
		c.stop(NotWellFormed, begin, "the end tag </%s> has no start tag", qName(t.Name))
		return
	}
	last := c.open[len(c.open)-1]
	if last.name != t.Name {
		c.stop(NotWellFormed, begin, "<%s> of octet %d is ended by </%s>", qName(last.name), last.begin+c.skipped, qName(t.Name))
		return
	}
	c.open = c.open[:len(c.open)-1]
	c.scope.leave(last.mark)
	if c.tree != nil {
		c.tree.end()
	}
}

func (c *checker) finish() {
	c.done = true
	if len(c.open) > 0 {
		last := c.open[len(c.open)-1]
		c.fatal(NotWellFormed, len(c.doc), "<%s> of octet %d is not ended", qName(last.name), last.begin+c.skipped)
	} else if !c.rooted {
		c.fatal(NoRoot, len(c.doc), "no element in the document")
	}
}

// refused reports what encoding/xml does not accept, where it stands.
func (c *checker) refused(begin int, err error) {
	end := int(c.decoder.InputOffset())
	raw := c.doc[begin:end]
	detail := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		detail = syntax.Msg
	}
	if strings.HasPrefix(detail, "illegal character code") {
		if at, why, found := illegalReference(raw); found {
			c.stop(IllegalCharacter, begin+at, "%s", why)
			return
		}
	}
	c.stop(NotWellFormed, refusedAt(begin, end, raw, detail), "%s", detail)
}

// refusedAt is where a fault stands that encoding/xml noticed when it had read up to end.
func refusedAt(begin, end int, raw []byte, detail string) int {
	switch {
	case strings.HasPrefix(detail, "unescaped ]]>"):
		return end - len("]]>")
	case strings.HasPrefix(detail, `invalid sequence "--"`):
		return end - len("--") - 1 // the octet behind it has been read
	case strings.HasPrefix(detail, "unescaped <"):
		return end - len("<")
	case strings.HasPrefix(detail, "invalid character entity"):
		return begin + max(0, bytes.LastIndexByte(raw, '&'))
	case strings.Contains(detail, "unsupported version"):
		return begin
	}
	return end
}

// lesser notes a fault that leaves the document's content beyond doubt.
func (c *checker) lesser(rule FaultRule, at int, format string, args ...any) {
	if len(c.faults) >= maxFaults {
		c.done = true
		return
	}
	c.faults = append(c.faults, Fault{rule, int64(at + c.skipped), shorten(fmt.Sprintf(format, args...), maxDetail)})
}

// fatal notes a fault after which nobody may trust the tree; the check goes on.
func (c *checker) fatal(rule FaultRule, at int, format string, args ...any) {
	c.unsafe, c.tree = true, nil
	c.lesser(rule, at, format, args...)
}

// stop notes a fault behind which the check cannot read on.
func (c *checker) stop(rule FaultRule, at int, format string, args ...any) {
	c.done = true
	c.fatal(rule, at, format, args...)
}

// qName writes a raw name as it stands in the document.
func qName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
