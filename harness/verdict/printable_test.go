package verdict

import (
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

func TestPrintable(t *testing.T) {
	for in, out := range map[string]string{
		"plain § ü 漢 🙂":            "plain § ü 漢 🙂",
		"line\n\ttab":              "line\n\ttab",
		"\x00\x1b[31mred\x1b[0m":   `\x00\x1b[31mred\x1b[0m`,
		"a\r\nb":                   `a\r` + "\nb",
		"\xff\xfe half \xe2\x82":   `\xff\xfe half \xe2\x82`,
		"\u0085\u009b":             `\u0085\u009b`,
		"\u202eevil\u2066":         `\u202eevil\u2066`,
		"\ufeff\ufffe\uffff\u2028": `\ufeff\ufffe\uffff\u2028`,
		"\U0001ffff":               `\U0001ffff`,
		"\ufffd stays":             "\ufffd stays",
		"]]>]]>":                   "]]>]]>",
		"\x7f":                     `\x7f`,
	} {
		NewWithT(t).Expect(Printable(in)).To(Equal(out))
	}
}

func TestPrintableNeverLetsAControlThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "octets")) + rapid.String().Draw(t, "text")
		out := Printable(in)
		if !utf8.ValidString(out) || strings.ContainsFunc(out, unprintable) {
			t.Fatalf("%q became %q", in, out)
		}
		if again := Printable(out); again != out {
			t.Fatalf("%q became %q the second time", out, again)
		}
	})
}
