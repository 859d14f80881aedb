package reference

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// TestRPCDefectsShow sends one message to a right server and to a wrong one: the text is in one reply only.
func TestRPCDefectsShow(t *testing.T) {
	rpc := func(attributes, operation string) string {
		return `<rpc message-id="101" xmlns="` + baseNS + `" ` + attributes + ">" + operation + "</rpc>"
	}
	nothing, bogus, narrow := getConfig("running", "<none/>"), "<bogus/>", "<get><filter><none/></filter></get>"
	unmet := getConfig("running", user("<name>wilma</name>"))
	long := strings.Repeat("x", 100) + "y"
	for _, test := range []struct {
		defect, message, text string
		inWrong               bool
	}{
		{"message-id-truncated", strings.Replace(rpc("", nothing), "101", long, 1), `="` + long + `"`, false},
		{"message-id-read-as-number", strings.Replace(rpc("", nothing), "101", "007", 1), `="007"`, false},
		{"message-id-read-as-number", strings.Replace(rpc("", nothing), "101", "18446744073709551617", 1), `="18446744073709551617"`, false},
		{"message-id-escaped-twice", strings.Replace(rpc("", nothing), "101", "a&lt;b", 1), "&amp;lt;", true},
		{"blanks-in-message-id-dropped", strings.Replace(rpc("", nothing), "101", "a b", 1), `"a b"`, false},
		{"unqualified-attributes-dropped", rpc(`foo="bar"`, nothing), `foo="bar"`, false},
		{"unused-namespace-declarations-dropped", rpc(`xmlns:u="urn:u" xmlns:ex="urn:x" ex:a="1"`, nothing), "urn:u", false},
		{"parameters-beside-operation-accepted", rpc("", "<get-config/><source><running/></source>"), "<data>", true},
		{"empty-rpc-answered-with-ok", rpc("", ""), "<ok/>", true},
		{"get-requires-filter", rpc("", "<get/>"), "<data>", false},
		{"unknown-operation-reply-without-message-id", rpc("", bogus), "message-id", false},
		{"get-reply-drops-qualified-attributes", rpc(`xmlns:ex="urn:x" ex:a="1"`, narrow), `ex:a="1"`, false},
		{"error-reply-drops-attributes", rpc(`xmlns:ex="urn:x" ex:a="1"`, bogus), `ex:a="1"`, false},
		{"character-references-in-attributes-lost", rpc(`a="&#228;"`, nothing), "&#228;", false},
		{"empty-data-left-out", rpc("", narrow), "<data>", false},
		{"empty-result-answered-with-ok", rpc("", unmet), "<ok/>", true},
		{"error-type-of-no-layer", rpc("", bogus), "<error-type>server<", true},
		{"error-tag-of-its-own", rpc("", bogus), "<error-tag>not-implemented<", true},
		{"error-severity-warning", rpc("", bogus), "<error-severity>warning<", true},
		{"error-path-relative", rpc("", "<lock/>"), "<error-path>nc:rpc/", true},
		{"error-path-prefix-undeclared", rpc("", "<lock/>"), "<error-path>/undeclared:rpc/", true},
		{"error-message-without-language", rpc("", bogus), `xml:lang="en"`, false},
		{"error-message-empty", rpc("", bogus), "></error-message>", true},
		{"error-info-begins-with-debug-data", rpc("", "<lock/>"), "<error-info><debug", true},
		{"error-app-tag-empty", rpc("", bogus), "<error-app-tag></error-app-tag>", true},
		{"error-message-first", rpc("", bogus), "<rpc-error><error-message", true},
		{"undefined-child-of-error-info", rpc("", "<lock/>"), "<reason>", true},
		{"bad-element-prefix-undeclared", rpc("", "<lock/>"), "<bad-element>undeclared:target", true},
		{"bad-element-without-namespace", rpc("", "<lock/>"), `<bad-element xmlns="">`, true},
		{"close-session-answered-with-data", rpc("", "<close-session/>"), "<data>", true},
		{"get-reply-ends-with-ok", rpc("", "<get/>"), "<ok/>", true},
		{"missing-message-id-accepted", `<rpc xmlns="` + baseNS + `">` + nothing + "</rpc>", "<data>", true},
		{"declaration-behind-line-feed", rpc("", nothing), "\n<?xml", true},
		{"foreign-encoding-declared", rpc("", nothing), "ISO-8859-1", true},
		{"document-type-sent", rpc("", nothing), "<!DOCTYPE", true},
		{"large-message-fails", rpc("", "<!--"+strings.Repeat("x", 1<<20)+"-->"+nothing), "operation-failed", true},
		{"illegal-octets-left-out", rpc("", nothing+"\x00\x1b\xff"), "<data>", true},
		{"end-mark-ends-chunked-message", rpc("", nothing+"<!-- ]]>]]> -->"), "<data>", false},
		{"end-of-chunks-in-data-ends-message", rpc("", nothing+"<!-- \n##\n -->"), "<data>", false},
		{"chunk-header-in-data-ends-message", rpc("", nothing+"<!-- \n#5\n -->"), "<data>", false},
	} {
		t.Run(test.defect, func(t *testing.T) {
			for _, wrong := range []bool{false, true} {
				o := Options{}
				if wrong {
					o.Defects = []string{test.defect}
				}
				c := open(t, start(t, o))
				c.send(test.message)
				reply := c.receive()
				NewWithT(t).Expect(strings.Contains(reply, test.text)).To(Equal(wrong == test.inWrong), "wrong server: %v\n%s", wrong, reply)
			}
		})
	}
}

func TestPipeliningDefects(t *testing.T) {
	write, read := edit("candidate", place("A")), getConfig("candidate", system("<location/>"))
	for defect, wanted := range map[string][]string{
		"":                               {"<ok/>", ">A<", "not-supported", "<data>", ">A<"},
		"pipelined-reads-see-old-data":   {"<ok/>", ">Laboratory<", "not-supported", "<data>", ">Laboratory<"},
		"reply-overtaken-by-next":        {"<ok/>", ">A<", "not-supported", ">A<", "<data>"},
		"error-drops-pipelined-requests": {"<ok/>", ">A<", "not-supported"},
	} {
		t.Run(defect, func(t *testing.T) {
			o := Options{}
			if defect != "" {
				o.Defects = []string{defect}
			}
			c := open(t, start(t, o))
			var all strings.Builder
			for _, operation := range []string{write, read, "<bogus/>", "<get/>", read} {
				all.WriteString(c.frame(`<rpc message-id="1" xmlns="` + baseNS + `">` + operation + "</rpc>"))
			}
			c.raw(all.String())
			for _, text := range wanted {
				c.g.Expect(c.receive()).To(ContainSubstring(text))
			}
		})
	}
}
