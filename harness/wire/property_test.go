package wire

import (
	"bytes"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

// cutting gives octets in pieces as a network might.
func cutting(t *rapid.T, octets []byte) [][]byte {
	at := rapid.SliceOfN(rapid.IntRange(0, len(octets)), 0, 20).Draw(t, "cuts")
	return Cut(octets, at...)
}

// octetsLikeFraming gives octets that look like framing more often than chance would have it.
func octetsLikeFraming() *rapid.Generator[[]byte] {
	token := rapid.SampledFrom([]string{"\n", "#", "\n#", "\n##\n", "0", "1", "4", "12", "]", "]]>]]>", "]]>", "<a/>", " ", "\r",
		"\n#4\n<a/>", "\n#1\n", "+", "x", "f", "4294967296", "\x00", "\xff"})
	return rapid.Custom(func(t *rapid.T) []byte {
		return []byte(strings.Join(rapid.SliceOfN(token, 0, 40).Draw(t, "tokens"), ""))
	})
}

func message() *rapid.Generator[[]byte] {
	return rapid.OneOf(rapid.SliceOfN(rapid.Byte(), 1, 300), octetsLikeFraming()).Filter(func(m []byte) bool { return len(m) > 0 })
}

// texts makes strings of messages; no messages give nil.
func texts(messages [][]byte) []string {
	var list []string
	for _, m := range messages {
		list = append(list, string(m))
	}
	return list
}

func TestAnyMessageInAnyChunksComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		messages := rapid.SliceOfN(message(), 0, 4).Draw(t, "messages")
		var octets []byte
		for _, m := range messages {
			octets = Append(octets, Chunked, m, rapid.SliceOfN(rapid.IntRange(-1, 50), 0, 4).Draw(t, "sizes")...)
		}
		r := feed(t, NewDecoder(Chunked, Limits{}), cutting(t, octets)...)
		g := NewWithT(t)
		g.Expect(r.violations).To(BeEmpty())
		g.Expect(r.messages).To(Equal(texts(messages)))
		plain, legal := grammar(octets)
		g.Expect(legal).To(BeTrue(), "the encoder broke the grammar: %q", octets)
		g.Expect(plain).To(Equal(texts(messages)))
	})
}

func TestAnyMessageBeforeAMarkComesBack(t *testing.T) {
	sendable := message().Filter(func(m []byte) bool {
		framed := append(bytes.Clone(m), EndOfMessageMark...)
		white := len(m) - len(bytes.TrimLeft(m, " \t\r\n"))
		return bytes.Index(framed, []byte(EndOfMessageMark)) == len(m) && white < len(m) && white <= keptBlanks
	})
	rapid.Check(t, func(t *rapid.T) {
		messages := rapid.SliceOfN(sendable, 0, 4).Draw(t, "messages")
		var octets []byte
		for _, m := range messages {
			octets = Append(octets, EndOfMessage, m)
		}
		r := feed(t, NewDecoder(EndOfMessage, Limits{}), cutting(t, octets)...)
		g := NewWithT(t)
		g.Expect(r.violations).To(BeEmpty())
		g.Expect(r.messages).To(Equal(texts(messages)))
	})
}

func TestCutsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		octets := octetsLikeFraming().Draw(t, "octets")
		f := rapid.SampledFrom([]Framing{Chunked, EndOfMessage}).Draw(t, "framing")
		limits := Limits{Message: rapid.Int64Range(0, 30).Draw(t, "message"), Header: rapid.IntRange(0, 8).Draw(t, "header")}
		whole := feed(t, NewDecoder(f, limits), octets)
		NewWithT(t).Expect(feed(t, NewDecoder(f, limits), cutting(t, octets)...)).To(Equal(whole))
	})
}

// Strict: what breaks the grammar is reported, what does not is not.
func TestViolationsAreWhatBreaksTheGrammar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		octets := octetsLikeFraming().Draw(t, "octets")
		compareWithGrammar(t, octets, feed(t, NewDecoder(Chunked, Limits{}), octets))
	})
}

// An observer: each run of odd octets is one fault and costs no message.
func TestOneFaultDoesNotHideTheNext(t *testing.T) {
	odd := rapid.StringMatching(`[a-z0-9 >&;][a-z0-9\n >&;]{0,20}[a-z>&;]`)
	broken := rapid.SampledFrom([]string{"\n#04\n<a/>\n##\n", "\n#4\n<a/>##\n", "\n#4<a/>\n##\n", "\n#\n<a/>\n##\n", "\n#x4\n<a/>\n##\n",
		"\n#4\r\n<a/>\n##\n", "\n#4294967299\n<a/>\n##\n", "\n4\n<a/>\n##\n", "\n#4\n<a/>\n##\r\n"})
	rapid.Check(t, func(t *rapid.T) {
		var octets []byte
		faults, messages := 0, 0
		for range rapid.IntRange(1, 8).Draw(t, "parts") {
			switch rapid.IntRange(0, 2).Draw(t, "part") {
			case 0:
				octets = append(append(octets, odd.Draw(t, "odd")...), "\n#4\n<a/>\n##\n"...)
				faults++
			case 1:
				octets = append(octets, broken.Draw(t, "broken")...)
				faults++
			default:
				octets = append(octets, "\n#4\n<a/>\n##\n"...)
			}
			messages++
		}
		r := feed(t, NewDecoder(Chunked, Limits{}), octets)
		g := NewWithT(t)
		g.Expect(r.messages).To(HaveLen(messages))
		g.Expect(r.messages).To(HaveEach("<a/>"))
		g.Expect(r.violations).To(HaveLen(faults))
	})
}

func TestCutLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		octets := rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "octets")
		at := rapid.SliceOfN(rapid.IntRange(-2, 32), 0, 10).Draw(t, "at")
		pieces := Cut(octets, at...)
		g := NewWithT(t)
		g.Expect(bytes.Join(pieces, nil)).To(Equal(append([]byte{}, octets...)))
		g.Expect(pieces).NotTo(ContainElement(BeEmpty()))
	})
}
