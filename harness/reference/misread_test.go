package reference

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// probe is framing that a correct server ends the session for, and one with the defect answers.
type probe struct{ defect, octets string }

func probes() []probe {
	rpc := `<rpc message-id="7" xmlns="` + baseNS + `">` + getConfig("running", "") + "</rpc>"
	n := len(rpc)
	end := "\n##\n"
	one := fmt.Sprintf("\n#%d\n%s", n, rpc)
	first := fmt.Sprintf("\n#10\n%s", rpc[:10])
	second := fmt.Sprintf("\n#%d\n%s", n-10, rpc[10:])
	header := func(h string) string { return h + rpc + end }
	return []probe{
		{"chunk-size-zero-accepted", "\n#0\n" + one + end},
		{"error-in-later-chunk-ignored", first + "\n#0\n" + second + end},
		{"chunk-size-leading-zero-accepted", header(fmt.Sprintf("\n#0%d\n", n))},
		{"chunk-size-above-maximum-accepted", header("\n#4294967296\n")},
		{"chunk-size-overflow-accepted", header("\n#18446744073709551716\n")},
		{"empty-chunk-size-accepted", header("\n#\n")},
		{"chunk-size-not-decimal-accepted", header("\n#abc\n")},
		{"chunk-size-not-decimal-accepted", header("\n#0x10\n")},
		{"signed-chunk-size-accepted", header(fmt.Sprintf("\n#+%d\n", n))},
		{"signed-chunk-size-accepted", header(fmt.Sprintf("\n#-%d\n", n))},
		{"blank-in-chunk-header-accepted", header(fmt.Sprintf("\n# %d\n", n))},
		{"blank-in-chunk-header-accepted", header(fmt.Sprintf("\n#%d \n", n))},
		{"blank-in-chunk-header-accepted", header(fmt.Sprintf("\n#\t%d\n", n))},
		{"crlf-accepted", fmt.Sprintf("\r\n#%d\r\n%s\r\n##\r\n", n, rpc)},
		{"missing-first-lf-accepted", one[1:] + end},
		{"missing-lf-after-size-accepted", header(fmt.Sprintf("\n#%d", n))},
		{"missing-hash-accepted", header(fmt.Sprintf("\n%d\n", n))},
		{"chunk-size-too-small-accepted", fmt.Sprintf("\n#%d\n%s", n-10, rpc) + end},
		{"chunk-size-too-large-accepted", fmt.Sprintf("\n#%d\n%s", n+20, rpc) + end + one + end + one + end},
		{"missing-lf-before-chunk-accepted", first + second[1:] + end},
		{"garbage-between-chunks-accepted", first + "xyz" + second + end},
		{"garbage-between-chunks-accepted", first + " " + second + end},
		{"extra-lf-between-chunks-accepted", first + "\n" + second + end},
		{"garbage-between-messages-accepted", "xyz" + one + end},
		{"extra-lf-between-messages-accepted", "\n" + one + end},
		{"end-without-chunk-accepted", end + one + end},
		{"malformed-end-accepted", one + "\n###\n" + one + end},
		{"malformed-end-accepted", one + "\n## \n" + one + end},
		{"malformed-end-accepted", one + "\n##x" + one + end},
		{"end-mark-framing-accepted-after-1.1", rpc + "]]>]]>"},
		{"unframed-xml-accepted", rpc + one + end},
	}
}

func TestFramingErrorsEndTheSession(t *testing.T) {
	s := start(t, Options{})
	for _, p := range probes() {
		t.Run(p.defect, func(t *testing.T) {
			c := open(t, s)
			c.raw(p.octets)
			rest, _ := c.read()
			NewWithT(t).Expect(rest).NotTo(Or(ContainSubstring("<data>"), ContainSubstring("<ok/>")), "%q", p.octets)
		})
	}
}

func TestFramingDefectsTolerateOneError(t *testing.T) {
	for _, p := range probes() {
		t.Run(p.defect, func(t *testing.T) {
			c := open(t, start(t, Options{Defects: []string{p.defect}}))
			c.raw(p.octets)
			NewWithT(t).Expect(c.receive()).To(ContainSubstring("<rpc-reply"), "%q", p.octets)
		})
	}
}

func TestEndMissingFinalLF(t *testing.T) {
	c := open(t, start(t, Options{Defects: []string{"end-missing-final-lf-accepted"}}))
	rpc := c.frame(`<rpc message-id="7" xmlns="` + baseNS + `">` + getConfig("running", "") + "</rpc>")
	c.raw(strings.TrimSuffix(rpc, "\n") + rpc)
	c.receive()
	c.receive()
}

// cutting is a message cut in some legal way, which the server with the defect does not bear.
func TestCutsAreLegal(t *testing.T) {
	request := `<rpc message-id="7" xmlns="` + baseNS + `"><!-- ä --> ` + getConfig("running", "") + "</rpc>"
	cut := func(at ...int) string {
		var b strings.Builder
		last := 0
		for _, n := range append(at, len(request)) {
			fmt.Fprintf(&b, "\n#%d\n%s", n-last, request[last:n])
			last = n
		}
		return b.String() + "\n##\n"
	}
	var all []int
	for n := 1; n < len(request); n++ {
		all = append(all, n)
	}
	comment := strings.Index(request, "<!--")
	blank := strings.Index(request, "--> ") + 3
	for defect, octets := range map[string]string{
		"many-chunks-refused":              cut(all...),
		"one-octet-chunk-refused":          cut(1),
		"chunk-boundary-in-tag-refused":    cut(3),
		"chunk-boundary-in-markup-refused": cut(comment + 2),
		"blank-chunk-refused":              cut(blank, blank+1),
		"chunk-data-trimmed":               cut(4),
	} {
		t.Run(defect, func(t *testing.T) {
			g := NewWithT(t)
			right := open(t, start(t, Options{}))
			right.raw(octets)
			g.Expect(right.receive()).To(ContainSubstring("<data>"))
			wrong := open(t, start(t, Options{Defects: []string{defect}}))
			wrong.raw(octets)
			reply, _ := wrong.read()
			g.Expect(reply).NotTo(ContainSubstring("<data>"))
		})
	}
}
