package wire

import (
	"testing"

	. "github.com/onsi/gomega"
)

// The encoder against octets written by hand, not against our own decoder.
func TestAppend(t *testing.T) {
	for _, c := range []struct {
		name    string
		framing Framing
		message string
		sizes   []int
		want    string
	}{
		{"the mark", EndOfMessage, "<a/>", nil, "<a/>]]>]]>"},
		{"the mark, sizes ignored", EndOfMessage, "<a/>", []int{1}, "<a/>]]>]]>"},
		{"one chunk", Chunked, "<a/>", nil, "\n#4\n<a/>\n##\n"},
		{"the last size repeats", Chunked, "<abcde/>", []int{1, 3}, "\n#1\n<\n#3\nabc\n#3\nde/\n#1\n>\n##\n"},
		{"a size over the message", Chunked, "<a/>", []int{100}, "\n#4\n<a/>\n##\n"},
		{"sizes below 1 count as 1", Chunked, "ab", []int{0, -7}, "\n#1\na\n#1\nb\n##\n"},
		{"no octets have no chunks", Chunked, "", []int{4}, ""},
		{"no octets before a mark", EndOfMessage, "", nil, "]]>]]>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Append([]byte("before"), c.framing, []byte(c.message), c.sizes...)
			NewWithT(t).Expect(string(got)).To(Equal("before" + c.want))
		})
	}
}

// The chunks of the example in RFC 6242 §4.2.
func TestAppendTheExampleOfTheRFC(t *testing.T) {
	for _, v := range vectors(t) {
		if v.name == "chunked_legal: the example of the RFC: three chunks of 4, 18 and 79 octets" {
			message := feed(t, NewDecoder(Chunked, Limits{}), v.octets).messages[0]
			got := Append(nil, Chunked, []byte(message), 4, 18, 79)
			NewWithT(t).Expect(string(got)).To(Equal(string(v.octets)))
			return
		}
	}
	t.Fatal("the example of the RFC is not among the octet vectors")
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name string
		at   []int
		want []string
	}{
		{"nowhere", nil, []string{"]]>]]>"}},
		{"in any order, doubles ignored", []int{4, 1, 4}, []string{"]", "]>]", "]>"}},
		{"outside ignored", []int{-1, 0, 6, 99}, []string{"]]>]]>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, piece := range Cut([]byte(EndOfMessageMark), c.at...) {
				got = append(got, string(piece))
			}
			NewWithT(t).Expect(got).To(Equal(c.want))
		})
	}
	NewWithT(t).Expect(Cut(nil, 3)).To(BeEmpty())
}
