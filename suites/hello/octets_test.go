package hello

import (
	"regexp"
	"testing"

	. "github.com/onsi/gomega"
)

// matched tells what each text is to the expression that judges it.
type matched map[string]bool

func (m matched) hold(t *testing.T, expression *regexp.Regexp) {
	t.Helper()
	for text, wanted := range m {
		NewWithT(t).Expect(expression.MatchString(text)).To(Equal(wanted), "%q", text)
	}
}

func TestHelloIsMarked(t *testing.T) {
	matched{
		"<hello></hello>]]>]]>": true,
		"\n<?xml version=\"1.0\"?>\n<nc:hello>…</nc:hello>]]>]]>": true,
		"<hello></hello >\n\t ]]>]]>":                             true,
		"<hello></hello><!-- the end -->\n]]>]]>":                 true,
		"<hello></hello>and more]]>]]>":                           false,
		"<hello></hello>":                                         false,
		"\n#15\n<hello></hello>\n##\n":                            false,
		"\n#15\n<hello></hello>\n##\n]]>]]>":                      false,
		"":                                                        false,
	}.hold(t, markedHello)
}

func TestHelloBeginsWithItsFirstOctet(t *testing.T) {
	matched{
		"<hello>": true,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- hi --><nc:hello xmlns:nc=\"\">": true,
		"\uFEFF<?xml version=\"1.0\"?><hello/>":                                           true,
		" \r\n<hello>":                                                                    true,
		"Welcome\n<hello>":                                                                false,
		"<greeting/>\n<hello>":                                                            false,
		"<hellos>":                                                                        false,
		"<!-- no end <hello>":                                                             false,
		"login: <?xml version=\"1.0\"?>":                                                  false,
	}.hold(t, helloStart)
}

func TestMessageIsChunked(t *testing.T) {
	matched{
		"\n#4\n<a/>\n##\n":       true,
		"\n\n#4\n<a/>\n##\n":     true,
		"\n#1\n<\n#3\na/>\n##\n": true,
		"\n#04\n<a/>\n##\n":      false,
		"<a/>]]>]]>":             false,
		"<a/>":                   false,
		"\n#4\n<a/>]]>]]>":       false,
	}.hold(t, chunkedFrame)
}

func TestNothingStandsAheadOfTheFirstChunk(t *testing.T) {
	matched{"\n#4\n<a/>": true, "\n\n#4\n<a/>": true, "\n\n\n#4\n": false, "ready\n#4\n": false, " \n#4\n": false, "\n#0": false, "": false}.
		hold(t, beginsAsChunk)
}

func TestCapabilityNames(t *testing.T) {
	matched{
		"urn:ietf:params:netconf:base:1.1":                                   true,
		"http://example.net/router/2.3/myfeature":                            true,
		"http://example.net/m?module=m&revision=2020-01-01&features=a,b%20c": true,
		"http://[2001:db8::1]/m":                                             true,
		"private extensions":                                                 false,
		"candidate":                                                          false,
		"/relative":                                                          false,
		"urn:":                                                               false,
		"1urn:x":                                                             false,
		"urn:x%2":                                                            false,
		"urn:é":                                                              false,
		"":                                                                   false,
	}.hold(t, uri)
}

func TestSessionIDs(t *testing.T) {
	for text, wanted := range map[string]bool{"1": true, "4294967295": true, " 7\n": true, "007": true, "+7": true,
		"0": false, "4294967296": false, "9999999999": false, "12345678901": false, "-1": false, "1.0": false, "0x1": false, "": false, "1 2": false} {
		holds, err := beSessionID().Match(text)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(holds).To(Equal(wanted), "%q", text)
	}
}
