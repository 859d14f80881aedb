package framing

import (
	"slices"
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/netconf"
	"github.com/ncspec/ncspec/harness/session"
	"github.com/ncspec/ncspec/harness/wire"
)

func sample() string {
	return string(netconf.Request{MessageID: "101", Operation: session.Nothing()}.Marshal())
}

// decoded feeds octets to a strict decoder: whole messages, what remains of the last, and the rules broken.
func decoded(octets string) (messages []string, rest string, broken []wire.Rule) {
	decoder := wire.NewDecoder(wire.Chunked, wire.Limits{})
	for left := []byte(octets); len(left) > 0 && !decoder.Stopped(); {
		n, event := decoder.Decode(left)
		left = left[n:]
		switch event.Kind {
		case wire.Data:
			rest += string(event.Data)
		case wire.End:
			messages, rest = append(messages, rest), ""
		case wire.Violated:
			broken = append(broken, event.Violation.Rule)
		}
	}
	return messages, rest, broken
}

func TestCutsKeepTheDocument(t *testing.T) {
	for _, c := range []struct {
		places []string
		chunks int
	}{
		{nil, 1},
		{[]string{"<rp|c", "message-|id", `"10|1"`, "</r|pc>"}, 5},
		{[]string{"|<get-config>"}, 2},
		{[]string{"nowhere|"}, 1},
	} {
		g := gomega.NewWithT(t)
		framed := cutAt(sample(), c.places...)
		messages, rest, broken := decoded(framed)
		g.Expect(messages).To(gomega.Equal([]string{sample()}))
		g.Expect(rest).To(gomega.BeEmpty())
		g.Expect(broken).To(gomega.BeEmpty())
		g.Expect(strings.Count(framed, "\n#")).To(gomega.Equal(c.chunks + 1))
	}
}

func TestEachVariantBreaksTheGrammar(t *testing.T) {
	endless := "rfc6242-4.2-reject-endless-size"
	for _, b := range slices.Concat(brokenSizes(), brokenHeaders(), brokenChunks(), brokenEnds(), brokenFraming()) {
		for _, v := range b.variants {
			t.Run(slug(b.requirement)+"/"+v.name, func(t *testing.T) {
				g := gomega.NewWithT(t)
				before := message(sample())
				if v.first {
					before = ""
				}
				_, _, broken := decoded(before + v.octets(sample()))
				g.Expect(broken).NotTo(gomega.BeEmpty())
				if b.requirement != endless {
					g.Expect(broken).NotTo(gomega.ContainElement(wire.HeaderTooLong))
				}
			})
		}
	}
}

func TestSlug(t *testing.T) {
	gomega.NewWithT(t).Expect(slug("rfc6242-4.2-reject-size-zero")).To(gomega.Equal("reject-size-zero"))
}
