package netconf

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// rawAttribute is an attribute as it stands in a start tag.
type rawAttribute struct {
	begin  int    // of its name, in the tag
	value  []byte // between the quotes, nothing decoded
	spaced bool   // white space stands before it
}

// rawAttributes takes apart a start tag that encoding/xml has accepted: each attribute has a quoted value.
func rawAttributes(tag []byte) []rawAttribute {
	var all []rawAttribute
	at := nameEnd(tag)
	for {
		name := skipSpace(tag, at)
		if tag[name] == '>' || tag[name] == '/' {
			return all
		}
		equals := name + bytes.IndexByte(tag[name:], '=')
		quote := skipSpace(tag, equals+1)
		length := bytes.IndexByte(tag[quote+1:], tag[quote])
		end := quote + 1 + length
		all = append(all, rawAttribute{name, tag[quote+1 : end], name > at})
		at = end + 1
	}
}

// nameEnd is where the element's name in a start tag ends.
func nameEnd(tag []byte) int {
	return bytes.IndexAny(tag, whiteSpace+"/>")
}

func skipSpace(octets []byte, at int) int {
	for isSpace(octets[at]) {
		at++
	}
	return at
}

func isSpace(b byte) bool { return strings.IndexByte(whiteSpace, b) >= 0 }

// attributeValue normalises a value (XML 1.0 §3.3.3): white space written as such becomes blanks, white space
// written as a reference stays. encoding/xml does not, and has mixed both in decoded.
func attributeValue(decoded string, raw []byte) string {
	if !bytes.ContainsAny(raw, "\t\r\n") {
		return decoded
	}
	blanks := strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ").Replace(string(raw))
	quote := `"`
	if strings.Contains(blanks, quote) {
		quote = `'`
	}
	token, err := xml.NewDecoder(strings.NewReader("<a v=" + quote + blanks + quote + "/>")).RawToken()
	if start, ok := token.(xml.StartElement); err == nil && ok {
		return start.Attr[0].Value
	}
	return decoded
}
