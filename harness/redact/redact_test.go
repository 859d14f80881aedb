package redact_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
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
		"an attribute":               `<user enable-code="` + canary + `"/>`,
		"an attribute's prefix":      `<user x:password = '` + canary + `'/>`,
		"an attribute cut off":       `<user password="` + canary,
		"a predicate":                `/users/user[s:password='` + canary + `']/name`,
		"a parameter":                `http://device/?password=` + canary + `&amp;x=y`,
		"a parameter of a parameter": `http://device/?next=%3Fpassword%3D` + canary,
		"a URL's password":           `<url>ftp://admin:` + canary + `@192.0.2.1/running.xml</url>`,
		"XML in XML":                 `<error-message>&lt;s:password&gt;` + canary + `&lt;/s:password&gt;</error-message>`,
		"XML in JSON":                `{"xml": "\u003cpassword\u003e` + canary + `\u003c/password\u003e"}`,
		"XML in a URL":               `?filter=%3Cpassword%3E` + canary + `%3C/password%3E`,
		"an attribute in XML in XML": `&lt;user password=&quot;` + canary + `&quot;&gt;`,
		"JSON":                       `{"s:password" : "a \" ` + canary + `"}`,
		"JSON in JSON":               `"{\"password\": \"` + canary + `\"}"`,
		"JSON in XML":                `<text>{&quot;password&quot;: &quot;` + canary + `&quot;}</text>`,
		"a list in JSON":             `{"community": ["a", "` + canary + `"]}`,
		"a key of OpenSSH":           "-----BEGIN OPENSSH PRIVATE KEY-----\n" + canary + "\n-----END OPENSSH PRIVATE KEY-----",
		"a key cut off":              "-----BEGIN PRIVATE KEY-----\n" + canary,
		"a list of communities":      `<community><name>` + canary + `</name><authorization>read-only</authorization></community>`,
		"ietf-snmp's community":      `<community><index>1</index><text-name>` + canary + `</text-name></community>`,
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
		`<password type="` + canary + `"/>`,
		`<top xmlns:secret="urn:` + canary + `"><secret:name>` + canary + `</secret:name></top>`,
		`/system/location=(secret)`,
		`ssh://admin@192.0.2.1:830, see http://` + canary + `:80/`,
		`<community><index>` + canary + `</index></community>`,
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

func TestAValueOnceSeenIsMaskedEverywhere(t *testing.T) {
	const value = `Canary-7Hq&"+/é`
	for name, text := range map[string]string{
		"as it is":        "the user " + value + " is unknown",
		"in XML":          `<error-message>Canary-7Hq&amp;"+/é is wrong</error-message>`,
		"in an attribute": `<user name="Canary-7Hq&amp;&quot;+/é"/>`,
		"in JSON":         `{"name": "Canary-7Hq\u0026\"+/é"}`,
		"in JSON, plain":  `{"name": "Canary-7Hq&\"+/é"}`,
		"in a query":      "?name=" + url.QueryEscape(value),
		"in a path":       "/name=" + url.PathEscape(value),
		"in base64":       base64.StdEncoding.EncodeToString([]byte(value)),
		"in base64, 1":    base64.StdEncoding.EncodeToString([]byte("a" + value + ":b")),
		"in base64, 2":    base64.RawURLEncoding.EncodeToString([]byte("ab" + value + "c")),
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := redactor(t)
			g.Expect(r.Text(text)).To(Equal(text), "not known yet")
			r.Text(`<config><password>Canary-7Hq&amp;&quot;+/é</password></config>`)
			masked := r.Text(text)
			g.Expect(masked).To(MatchRegexp(`[*]{16,}`))
			g.Expect(masked).NotTo(ContainSubstring("Canary"))
			g.Expect(masked).To(HaveLen(len(text)))
		})
	}
}

func TestAValueIsRememberedFromWhereverItWasSecret(t *testing.T) {
	for _, text := range []string{
		`<password><![CDATA[` + canary + `]]></password>`,
		`<user password="` + canary + `"/>`,
		`{"password": "` + canary + `"}`,
		"<private-key>\n  MII4\n  " + canary + "\n</private-key>",
	} {
		r := redactor(t)
		r.Text(text)
		NewWithT(t).Expect(r.Text("it says "+canary)).To(Equal("it says **********"), text)
	}
	r := redactor(t)
	r.Frame(wire.Chunked, wire.Append(nil, wire.Chunked, []byte(`<a><password>`+canary+`</password></a>`), 3))
	masked := r.Frame(wire.Chunked, wire.Append(nil, wire.Chunked, []byte("<b>"+canary+"</b>"), 4))
	NewWithT(t).Expect(unframed(t, masked)).To(Equal("<b>**********</b>"))
}

// Else one community called "public" would blacken half a report.
func TestAWordIsNotMaskedEverywhere(t *testing.T) {
	r := redactor(t)
	r.Text(`<community>public</community><password>administrator</password><token>12345678</token><secret>ab1</secret>`)
	for _, text := range []string{"public", "administrator", "12345678", "ab1"} {
		NewWithT(t).Expect(r.Text("it says " + text)).To(Equal("it says " + text))
	}
}

func TestCharacterReferencesOfAWord(t *testing.T) {
	r := redactor(t)
	NewWithT(t).Expect(r.Text(`<a><password>&#x00061;&#x00031;</password></a>`)).To(ContainSubstring(">******************<"))
	NewWithT(t).Expect(r.Text("a1")).To(Equal("a1"))
}

func TestWhatWasCutOffIsNoValue(t *testing.T) {
	r := redactor(t)
	r.Text(`<password>interface-1`)
	NewWithT(t).Expect(r.Text("interface-1")).To(Equal("interface-1"))
}

func TestCredentialsAreMaskedEverywhere(t *testing.T) {
	g := NewWithT(t)
	r := redactor(t)
	r.Know("hunter")
	r.Know("admin")
	g.Expect(r.Text("hunter of admin, " + base64.StdEncoding.EncodeToString([]byte("admin:hunter")))).To(
		And(HavePrefix("****** of admin, YWRtaW"), Not(ContainSubstring("aHVudGVy")), HaveLen(33)))
}

func TestWhatIsLeftOfAValueThatWasCutIsMasked(t *testing.T) {
	r := redactor(t)
	r.Text(`<a><password>Canary-7Hq-and-more</password></a>`)
	for text, want := range map[string]string{
		"the user Cana…":           "the user ****…",
		"it says … 12 octets … re": "it says … 12 octets … re",
		"… 12 octets … and-more</": "… 12 octets … ********</",
		`"nary-7Hq-and"`:           `"************"`,
		"an and-more of Cana":      "an and-more of Cana",
	} {
		NewWithT(t).Expect(r.Text(text)).To(Equal(want))
	}
}

func TestManyValuesAreBounded(t *testing.T) {
	g := NewWithT(t)
	r := redactor(t)
	for i := range 1100 {
		r.Text(fmt.Sprintf("<a><password>secret-%04d</password></a>", i))
	}
	g.Expect(r.Text("secret-0999 secret-1000")).To(Equal("*********** secret-1000"))
}

// BenchmarkFrame masks a message of a megabyte: one without any secret, and one with a hundred.
func BenchmarkFrame(b *testing.B) {
	plain := "<interface><name>eth0</name><description>to the north</description></interface>\n"
	for name, every := range map[string]string{"plain": plain, "secrets": strings.Repeat(plain, 100) + "<user><password>abc-12345</password></user>"} {
		b.Run(name, func(b *testing.B) {
			r, err := redact.New()
			if err != nil {
				b.Fatal(err)
			}
			message := []byte(strings.Repeat(every, (1<<20)/len(every)))
			octets := wire.Append(nil, wire.Chunked, message, 4096)
			b.SetBytes(int64(len(octets)))
			for b.Loop() {
				r.Frame(wire.Chunked, octets)
			}
		})
	}
}
