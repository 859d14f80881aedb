package wire

import (
	"bytes"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// A hello ends with the mark whatever was agreed; the framing changes right after it (RFC 6242 §4.1).
func TestSwitchAfterHello(t *testing.T) {
	g := NewWithT(t)
	d := NewDecoder(EndOfMessage, Limits{})
	octets := []byte("<hello/>]]>]]>\n#4\n<a/>\n##\n\n#04\n<b/>\n##\n")
	n, ev := d.Decode(octets)
	g.Expect(string(ev.Data)).To(Equal("<hello/>"))
	g.Expect(d.InMessage()).To(BeTrue())
	end, ev := d.Decode(octets[n:])
	g.Expect(ev.Kind).To(Equal(End))
	g.Expect(d.InMessage()).To(BeFalse())
	d.Switch(Chunked)
	g.Expect(d.Framing()).To(Equal(Chunked))
	r := feed(t, d, octets[n+end:])
	g.Expect(r.events).To(Equal([]string{`message "<a/>"`, "leading-zero@28", `message "<b/>"`}))
	g.Expect(d.Offset()).To(BeEquivalentTo(len(octets)))
}

func TestSwitchDropsAMessageUnderWay(t *testing.T) {
	g := NewWithT(t)
	d := NewDecoder(EndOfMessage, Limits{})
	feed(t, d, []byte("<a>]]>"))
	d.Switch(Chunked)
	g.Expect(d.InMessage()).To(BeFalse())
	g.Expect(feed(t, d, []byte("\n#4\n<a/>\n##\n")).events).To(Equal([]string{`message "<a/>"`}))
}

// A session asks what a silent peer still owes, and then goes on.
func TestFinishChangesNothing(t *testing.T) {
	g := NewWithT(t)
	d := NewDecoder(Chunked, Limits{})
	feed(t, d, []byte("\n#4\n<a/>\n##"))
	v := d.Finish()
	g.Expect(v).NotTo(BeNil())
	g.Expect(d.Finish()).To(Equal(v))
	g.Expect(v.Detail).To(ContainSubstring(`end-of-chunks after "\n##"`))
	g.Expect(feed(t, d, []byte("\n")).events).To(Equal([]string{`message ""`}), "its data came before")
}

func TestStoppedDecoderIsSilent(t *testing.T) {
	g := NewWithT(t)
	d := NewDecoder(Chunked, Limits{Header: 3})
	r := feed(t, d, []byte("\n#1234\n#"))
	g.Expect(r.events).To(Equal([]string{"header-too-long@2"}))
	g.Expect(d.Stopped()).To(BeTrue())
	g.Expect(feed(t, d, []byte("\n#1\nx\n##\n")).events).To(BeEmpty())
	d.Switch(EndOfMessage)
	g.Expect(d.Stopped()).To(BeTrue())
	g.Expect(d.Offset()).To(BeEquivalentTo(17))
}

func TestNothingFedIsNothing(t *testing.T) {
	for _, f := range []Framing{EndOfMessage, Chunked} {
		n, ev := NewDecoder(f, Limits{}).Decode(nil)
		NewWithT(t).Expect([]any{n, ev}).To(Equal([]any{0, Event{}}))
	}
}

func TestViolationShowsRulePlaceAndOctets(t *testing.T) {
	g := NewWithT(t)
	long := strings.Repeat("x", 100)
	r := feed(t, NewDecoder(Chunked, Limits{}), Append(nil, Chunked, []byte(long)), []byte("\n#04\n<a/>\n##\n"))
	g.Expect(r.violations).To(HaveLen(1))
	v := r.violations[0]
	g.Expect(string(v.Octets)).To(Equal(strings.Repeat("x", 23) + "\n##\n\n#04\n"))
	g.Expect(v.Error()).To(HavePrefix("leading-zero at octet 112: the chunk-size 04 begins with 0"))
	g.Expect(v.Error()).To(HaveSuffix("[RFC 6242 §4.2]"))
}

// Octets read ahead of the fault, to tell data from a mark, are no evidence.
func TestEvidenceEndsAtTheFault(t *testing.T) {
	for _, pieces := range [][][]byte{{[]byte("00000]0")}, single([]byte("00000]0"))} {
		r := feed(t, NewDecoder(EndOfMessage, Limits{Message: 5}), pieces...)
		NewWithT(t).Expect(string(r.violations[0].Octets)).To(Equal("00000]"))
	}
}

func TestSections(t *testing.T) {
	g := NewWithT(t)
	g.Expect(ZeroSize.Section()).To(Equal("4.2"))
	g.Expect(MessageTooLong.Section()).To(BeEmpty())
	g.Expect((&Violation{Rule: Truncated, Framing: EndOfMessage}).Section()).To(Equal("4.3"))
	g.Expect((&Violation{Rule: Truncated, Framing: Chunked}).Section()).To(Equal("4.2"))
	g.Expect((&Violation{Rule: HeaderTooLong}).Error()).NotTo(ContainSubstring("RFC"))
}

func TestDecodeHoldsNoMessage(t *testing.T) {
	for _, f := range []Framing{EndOfMessage, Chunked} {
		octets := Append(nil, f, bytes.Repeat([]byte("<a>]]></a>\n"), 100_000), 5000)
		d := NewDecoder(f, Limits{})
		allocations := testing.AllocsPerRun(3, func() {
			for rest := octets; len(rest) > 0; {
				n, _ := d.Decode(rest[:min(4096, len(rest))])
				rest = rest[n:]
			}
		})
		// End-of-message framing copies a few octets where a read ends in what may be a mark.
		NewWithT(t).Expect(allocations).To(BeNumerically("<", 2000), f.String())
	}
}
