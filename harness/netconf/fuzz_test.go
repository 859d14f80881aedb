package netconf

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzCheck: whatever comes in, nothing panics; what Check accepts, encoding/xml decodes, and its text comes back the
// same when it is written anew.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"<a/>", `<?xml version="1.0" encoding="UTF-8"?><a b="&#9;">x<![CDATA[y]]>&amp;</a>`, "\xef\xbb\xbf<a/>", "<!DOCTYPE a><a/>",
		`<p:a xmlns:p="u" xmlns="v" p:b="1" b="2"><c xmlns=""/><!-- d --><?e f?></p:a>`, "<a>\xff\x00</a><b/>", "<a b='1'c='2'/>",
		"<a>1\r\n2\r3&#13;&#xD800;</a>", "<:a b:=''/>", "</a>", "<a><b></a>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		faults := Check(doc)
		d, again := Parse(doc)
		if len(faults) != len(again) {
			t.Fatalf("Check finds %v, Parse %v", faults, again)
		}
		for i, fault := range faults {
			if fault.Offset < 0 || fault.Offset > int64(len(doc)) || i > 0 && fault.Offset < faults[i-1].Offset {
				t.Fatalf("%v is out of place", fault)
			}
		}
		if len(faults) > 0 {
			return
		}
		if d == nil || len(d.StartTag()) == 0 {
			t.Fatal("no fault and no document")
		}
		decodes(t, doc)
		comesBack(t, d)
	})
}

func decodes(t *testing.T, doc []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(doc))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("no fault, but encoding/xml says: %v", err)
		}
	}
}

func comesBack(t *testing.T, d *Document) {
	t.Helper()
	before := d.Root.InnerText()
	written := "<a b=\"" + escape(before) + "\">" + escape(before) + "</a>"
	copied, faults := Parse([]byte(written))
	if copied == nil || len(faults) > 0 {
		t.Fatalf("%q written anew has %v", before, faults)
	}
	if after := copied.Root.InnerText(); after != before {
		t.Fatalf("text was %q and came back %q", before, after)
	}
	if after := copied.Root.SelectAttr("b"); after != before {
		t.Fatalf("attribute was %q and came back %q", before, after)
	}
}

// BenchmarkCheck judges a reply of about a megabyte.
func BenchmarkCheck(b *testing.B) {
	doc := largeReply(b)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if faults := Check(doc); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

// BenchmarkParse builds its tree as well.
func BenchmarkParse(b *testing.B) {
	doc := largeReply(b)
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if d, faults := Parse(doc); d == nil {
			b.Fatal(faults)
		}
	}
}

func largeReply(b *testing.B) []byte {
	b.Helper()
	const entry = `
    <user>
      <name>fred</name>
      <type>admin</type>
      <full-name xml:lang="en">Fred &quot;Flint&quot; Flintstone</full-name>
      <company-info><dept>2</dept><id>2</id></company-info>
    </user>`
	return []byte(`<rpc-reply xmlns="` + BaseNamespace + `" message-id="1"><data><users xmlns="http://example.com/schema/1.2/config">` +
		strings.Repeat(entry, 1<<20/len(entry)) + `</users></data></rpc-reply>`)
}
