package wire

import (
	"reflect"
	"slices"
	"testing"
)

// compareWithGrammar checks what a decoder without limits in reach said about octets against the ABNF.
func compareWithGrammar(t failer, octets []byte, r replay) {
	t.Helper()
	messages, legal := grammar(octets)
	if legal != (len(r.violations) == 0) {
		t.Fatalf("%q: legal is %t, violations are %v", octets, legal, r.events)
	}
	if legal && !slices.Equal(messages, r.messages) {
		t.Fatalf("%q: messages %q, by the grammar %q", octets, r.messages, messages)
	}
}

// fuzzCuts feeds octets whole, octet by octet and cut once: all must say the same. It gives what they say.
func fuzzCuts(t *testing.T, f Framing, l Limits, octets []byte, at uint16) replay {
	t.Helper()
	whole := feed(t, NewDecoder(f, l), octets)
	for _, pieces := range [][][]byte{single(octets), Cut(octets, int(at))} {
		if r := feed(t, NewDecoder(f, l), pieces...); !reflect.DeepEqual(r, whole) {
			t.Fatalf("%q in %d pieces: %q, whole: %q", octets, len(pieces), r.events, whole.events)
		}
	}
	return whole
}

// seed adds the octet vectors.
func seed(f *testing.F) {
	for _, v := range vectors(f) {
		f.Add(v.octets, uint16(len(v.octets)/2), uint8(0))
		f.Add(v.octets, uint16(1), uint8(5))
	}
}

// FuzzDecodeChunked: never a panic, always progress, bounded memory, the same however cut, strict as the grammar.
func FuzzDecodeChunked(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, octets []byte, at uint16, limit uint8) {
		l := Limits{Message: int64(limit), Header: int(limit)}
		r := fuzzCuts(t, Chunked, l, octets, at)
		if limit == 0 && !slices.ContainsFunc(r.violations, func(v Violation) bool { return v.Rule == HeaderTooLong }) {
			compareWithGrammar(t, octets, r)
		}
	})
}

// FuzzDecodeEndOfMessage: as FuzzDecodeChunked, against a plain split at the marks.
func FuzzDecodeEndOfMessage(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, octets []byte, at uint16, limit uint8) {
		r := fuzzCuts(t, EndOfMessage, Limits{Message: int64(limit)}, octets, at)
		if limit > 0 {
			return
		}
		messages, open := split(octets)
		if !slices.Equal(messages, r.messages) {
			t.Fatalf("%q: messages %q, split at the marks %q", octets, r.messages, messages)
		}
		if open && len(r.violations) != 1 {
			t.Fatalf("%q: a message without its mark, violations %v", octets, r.events)
		}
	})
}

// FuzzRoundTrip: what the encoder writes is legal and comes back whole.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("<rpc message-id=\"102\"/>"), 4, 18, uint16(3))
	f.Add([]byte("\n##\n]]>]]>\n#1\n"), 1, 0, uint16(9))
	f.Fuzz(func(t *testing.T, message []byte, first, rest int, at uint16) {
		octets := Append(nil, Chunked, message, first, rest)
		r := fuzzCuts(t, Chunked, Limits{}, octets, at)
		compareWithGrammar(t, octets, r)
		if len(message) > 0 && !slices.Equal(r.messages, []string{string(message)}) {
			t.Fatalf("%q came back as %q", message, r.messages)
		}
	})
}
