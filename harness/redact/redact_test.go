package redact_test

import (
	"bytes"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/redact"
	"github.com/ncspec/ncspec/harness/wire"
)

const canary = "Canary-7Hq"

func redactor(t *testing.T, leaves ...string) *redact.Redactor {
	t.Helper()
	r, err := redact.New(leaves...)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return r
}

func TestSecretsAreMasked(t *testing.T) {
	r := redactor(t, "enable-code")
	for name, text := range map[string]string{
		"a leaf":                     `<password>` + canary + `</password>`,
		"a longer name":              `<encrypted-password>` + canary + `</encrypted-password>`,
		"a prefix":                   `<s:auth-key xmlns:s="urn:s">` + canary + `</s:auth-key>`,
		"attributes":                 "<secret\n  nc:operation=\"replace\">" + canary + `</secret>`,
		"another case":               `<PassWord>` + canary + `</PassWord>`,
		"CDATA":                      `<password><![CDATA[` + canary + `]]></password>`,
		"CDATA with a tag":           `<password><![CDATA[<x>` + canary + `]]></password>`,
		"text around CDATA":          `<password>a<![CDATA[<]]>` + canary + `</password>`,
		"a comment inside":           `<password>a<!-- <b> -->` + canary + `</password>`,
		"an instruction inside":      `<password>a<?b c?>` + canary + `</password>`,
		"a message cut off":          `<data><password>` + canary,
		"CDATA cut off":              `<password><![CDATA[` + canary,
		"a beginning cut off":        canary + `</password></data>`,
		"CDATA, its beginning cut":   canary + `]]></password>`,
		"a leaf of the target file":  `<enable-code>` + canary + `</enable-code>`,
		"a second leaf":              `<password>a</password><psk>` + canary + `</psk>`,
		"text over several lines":    "<private-key>\n  a\n  " + canary + "\n</private-key>",
		"white space in the end tag": `<password>` + canary + `</password >`,
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			masked := r.Text(text)
			g.Expect(masked).NotTo(ContainSubstring(canary))
			g.Expect(masked).To(HaveLen(len(text)))
			g.Expect(strings.Count(masked, "\n")).To(Equal(strings.Count(text, "\n")))
		})
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	r := redactor(t)
	for _, text := range []string{
		`<contact>` + canary + `</contact>`,
		`<passwords><user name="` + canary + `"/></passwords>`,
		`<password type="` + canary + `"/>`, // attributes are not looked at
		`<password/><contact>` + canary + `</contact>`,
		`the password ` + canary + ` outside XML`,
		`<enable-code>` + canary + `</enable-code>`,
	} {
		NewWithT(t).Expect(r.Text(text)).To(Equal(text))
	}
}

func TestASecretCutByChunkHeadersIsMasked(t *testing.T) {
	r := redactor(t)
	message := []byte(`<rpc><password>` + canary + `</password><contact>seen</contact></rpc>`)
	for size := 1; size <= len(message); size++ {
		g := NewWithT(t)
		frame := wire.Append(nil, wire.Chunked, message, size)
		masked := r.Frame(wire.Chunked, frame)
		g.Expect(masked).To(HaveLen(len(frame)))
		plain := unframed(t, masked)
		g.Expect(plain).To(Equal(`<rpc><password>`+strings.Repeat("*", len(canary))+`</password><contact>seen</contact></rpc>`), "chunks of %d", size)
	}
}

// unframed also shows that the framing is whole.
func unframed(t *testing.T, frame []byte) string {
	t.Helper()
	var message []byte
	d := wire.NewDecoder(wire.Chunked, wire.Limits{})
	for len(frame) > 0 {
		n, event := d.Decode(frame)
		NewWithT(t).Expect(event.Kind).NotTo(Equal(wire.Violated))
		message = append(message, event.Data...)
		frame = frame[n:]
	}
	return string(message)
}

func TestASecretBehindBrokenFramingIsMasked(t *testing.T) {
	r := redactor(t)
	for _, octets := range []string{
		"\n#0\n<password>" + canary + "</password>\n##\n",
		"<password>" + canary + "</password>",
		"\n#9\n<password>" + canary + "</password>]]>]]>",
	} {
		masked := r.Frame(wire.Chunked, []byte(octets))
		NewWithT(t).Expect(bytes.Contains(masked, []byte(canary))).To(BeFalse(), "%q", masked)
	}
}

func TestTheOctetsGivenStayAsTheyAre(t *testing.T) {
	g := NewWithT(t)
	frame := wire.Append(nil, wire.EndOfMessage, []byte(`<password>`+canary+`</password>`))
	before := bytes.Clone(frame)
	g.Expect(redactor(t).Frame(wire.EndOfMessage, frame)).NotTo(Equal(before))
	g.Expect(frame).To(Equal(before))
}

func TestNames(t *testing.T) {
	g := NewWithT(t)
	r := redactor(t, " enable-code ")
	for _, leaf := range []string{"password", "Encrypted-Password", "enable-code", "community", "shared-secret"} {
		g.Expect(r.Hides(leaf)).To(BeTrue(), leaf)
	}
	for _, leaf := range []string{"contact", "code", "enable-codes", ""} {
		g.Expect(r.Hides(leaf)).To(BeFalse(), leaf)
	}
	_, err := redact.New(" ")
	g.Expect(err).To(MatchError(ContainSubstring("give the local name")))
}
