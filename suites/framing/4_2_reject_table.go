package framing

import (
	"fmt"
	"strings"
)

// headed puts the header given before the first octets of the document, and the rest into a chunk as it should be: a
// server that reads the header as that many octets finds a whole request.
func headed(header string, size int) func(string) string {
	return func(document string) string { return header + document[:size] + message(document[size:]) }
}

// between puts octets that no rule has between the first chunk and the second.
func between(octets string) func(string) string {
	return func(document string) string { return chunk(document[:10]) + octets + message(document[10:]) }
}

// ended puts octets in the place of the end-of-chunks.
func ended(octets string) func(string) string {
	return func(document string) string { return chunk(document) + octets }
}

// around puts the document between a header, in which %d is its size, and the end given.
func around(header, end string) func(string) string {
	return func(document string) string {
		return strings.ReplaceAll(header, "%d", fmt.Sprint(len(document))) + document + end
	}
}

// behindHello is a variant whose octets have to be the first behind the hellos.
func behindHello(name string, octets func(string) string) variant {
	return variant{name: name, octets: octets, first: true}
}

// just sends octets without a request.
func just(octets string) func(string) string { return func(string) string { return octets } }

func brokenSizes() []breach {
	return []breach{
		{"rfc6242-4.2-reject-size-zero", "a chunk-size of 0", []variant{
			{name: "0 as the first chunk", octets: headed("\n#0\n", 0)},
			{name: "0 between two chunks", octets: between("\n#0\n")},
		}},
		{"rfc6242-4.2-reject-leading-zero", "a leading zero", []variant{
			{name: "0123", octets: headed("\n#0123\n", 123)},
			{name: "00", octets: headed("\n#00\n", 0)},
		}},
		{"rfc6242-4.2-reject-size-above-max", "a chunk-size above 4294967295", []variant{
			{name: "4294967296", octets: around("\n#4294967296\n", end)},
		}},
		{"rfc6242-4.2-reject-size-overflow", "a chunk-size that wraps around", []variant{
			{name: "2^32+100", octets: headed("\n#4294967396\n", 100)},
			{name: "2^64+100", octets: headed("\n#18446744073709551716\n", 100)},
		}},
		{"rfc6242-4.2-reject-endless-size", "a chunk-size without end", []variant{
			{name: "1 MiB of digits", octets: just("\n#" + strings.Repeat("1", 1<<20))},
		}},
		{"rfc6242-4.2-reject-empty-size", "a chunk without a size", []variant{
			{name: "no size", octets: around("\n#\n", end)},
		}},
		{"rfc6242-4.2-reject-non-digit-size", "a chunk-size that is no decimal number", []variant{
			{name: "abc", octets: around("\n#abc\n", end)},
			{name: "0x10", octets: headed("\n#0x10\n", 16)},
			{name: "12a", octets: headed("\n#12a\n", 12)},
			{name: "1.5", octets: headed("\n#1.5\n", 1)},
			{name: "U+0661", octets: headed("\n#\u0661\n", 1)},
			{name: "U+FF11", octets: headed("\n#\uFF11\n", 1)},
		}},
		{"rfc6242-4.2-reject-signed-size", "a signed chunk-size", []variant{
			{name: "-5", octets: headed("\n#-5\n", 5)},
			{name: "+5", octets: headed("\n#+5\n", 5)},
		}},
	}
}

func brokenHeaders() []breach {
	return []breach{
		{"rfc6242-4.2-reject-blank-in-header", "a blank in a chunk header", []variant{
			{name: "blank before the size", octets: headed("\n# 12\n", 12)},
			{name: "blank behind the size", octets: headed("\n#12 \n", 12)},
			{name: "blank before the #", octets: headed("\n #12\n", 12)},
			{name: "tab before the size", octets: headed("\n#\t12\n", 12)},
		}},
		{"rfc6242-4.2-reject-crlf", "CR LF in place of LF", []variant{
			{name: "CR LF everywhere", octets: around("\r\n#%d\r\n", "\r\n##\r\n")},
		}},
		{"rfc6242-4.2-reject-missing-first-lf", "a first header without the LF before it", []variant{
			behindHello("#", around("#%d\n", end)),
		}},
		{"rfc6242-4.2-reject-missing-lf-after-size", "a size without the LF behind it", []variant{
			{name: "data right behind the size", octets: around("\n#%d", end)},
		}},
		{"rfc6242-4.2-reject-missing-hash", "a header without #", []variant{
			{name: "the size alone", octets: around("\n%d\n", end)},
		}},
	}
}

func brokenChunks() []breach {
	return []breach{
		{"rfc6242-4.2-reject-size-too-small", "more data than the chunk-size says", []variant{
			{name: "size ten below the data", octets: func(document string) string { return header(len(document)-10) + document + end }},
		}},
		{"rfc6242-4.2-reject-size-too-large", "a chunk that has swallowed the end-of-chunks", []variant{
			{name: "size 20 above the data", octets: func(document string) string {
				return header(len(document)+20) + document + end + strings.Repeat(message(document), 3)
			}},
		}},
		{"rfc6242-4.2-reject-missing-lf-before-next-chunk", "a next chunk without the LF before it", []variant{
			{name: "# right behind the data", octets: func(document string) string {
				return chunk(document[:10]) + strings.TrimPrefix(message(document[10:]), "\n")
			}},
		}},
		{"rfc6242-4.2-reject-garbage-between-chunks", "octets between two chunks", []variant{
			{name: "xyz", octets: between("xyz")},
			{name: "a blank", octets: between(" ")},
		}},
		{"rfc6242-4.2-reject-extra-lf-between-chunks", "an additional LF between two chunks", []variant{
			{name: "LF", octets: between("\n")},
		}},
	}
}

func brokenEnds() []breach {
	return []breach{
		{"rfc6242-4.2-reject-end-without-chunk", "an end-of-chunks without a chunk", []variant{
			behindHello("LF ## LF behind the hellos", just(end)),
			{name: "LF ## LF behind a message", octets: just(end)},
		}},
		{"rfc6242-4.2-reject-malformed-end", "a garbled end-of-chunks", []variant{
			{name: "LF ### LF", octets: ended("\n###\n")},
			{name: "LF # LF # LF", octets: ended("\n#\n#\n")},
			{name: "LF ## blank LF", octets: ended("\n## \n")},
			{name: "LF ##x", octets: ended("\n##x")},
		}},
	}
}

func brokenFraming() []breach {
	return []breach{
		{"rfc6242-4.2-reject-garbage-between-messages", "octets between two messages", []variant{
			{name: "xyz", octets: func(document string) string { return "xyz" + message(document) }},
		}},
		{"rfc6242-4.2-reject-eom-in-chunked-session", "a message in end-of-message framing", []variant{
			{name: "document and ]]>]]>", octets: func(document string) string { return document + mark }},
		}},
		{"rfc6242-4.2-reject-unframed-xml", "XML without framing", []variant{
			{name: "document and LF", octets: func(document string) string { return document + "\n" }},
		}},
	}
}
