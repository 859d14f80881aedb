package reference

import "strings"

// sentAttribute is an attribute of rpc as the client wrote it. It goes back as it came, references and all, so
// nothing that a parser would lose is lost; only literal white space becomes blanks, as attribute-value
// normalisation has it (RFC 6241 §4.1).
type sentAttribute struct {
	name  string // with its prefix
	value string // not decoded
	quote string
}

// String writes the attribute for a start tag.
func (a sentAttribute) String() string { return a.name + "=" + a.quote + a.value + a.quote }

// readStartTag takes a start tag that has been checked to be well-formed apart.
func readStartTag(tag string) (element string, attributes []sentAttribute) {
	tag = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(tag, "<"), ">"), "/")
	end := strings.IndexAny(tag, " \t\r\n")
	if end < 0 {
		return tag, nil
	}
	element, rest := tag[:end], strings.TrimLeft(tag[end:], " \t\r\n")
	for rest != "" {
		attr, after, _ := strings.Cut(rest, "=")
		after = strings.TrimLeft(after, " \t\r\n")
		if after == "" {
			break
		}
		quote := after[:1]
		value, left, _ := strings.Cut(after[1:], quote)
		attributes = append(attributes, sentAttribute{strings.TrimSpace(attr), blanks(value), quote})
		rest = strings.TrimLeft(left, " \t\r\n")
	}
	return element, attributes
}

func blanks(value string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(value)
}
