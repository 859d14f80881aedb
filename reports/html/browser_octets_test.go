//go:build browser

package html_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/transcripts/format"
)

const base = ` xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"`

// shownAs opens the page of one spec with the events, at its transcript, in octets and messages. The last event is judged.
func shownAs(t *testing.T, where *verdict.Where, events ...format.Event) *tab {
	t.Helper()
	folder := t.TempDir()
	r := &verdict.Report{}
	s := verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Violation}
	s.Transcript = record(t, folder, &format.Recording{ID: "a/b", Events: events})
	if where != nil {
		s.Broken = []verdict.Broken{{Requirement: "rfc6241-1-x", Verdict: verdict.Violation, Message: "expected\nfound", Where: where}}
	}
	r.Add(s)
	page, _ := written(t, r, folder)
	path := filepath.Join(folder, "report.html")
	NewWithT(t).Expect(os.WriteFile(path, []byte(page), 0o644)).To(Succeed())
	p := open(t, light(), path, "#a/b")
	p.waitFor("document.querySelector('.events')")
	p.click("button[data-view=both]")
	return p
}

func came(framing, octets string) format.Event {
	return format.Event{At: time.Millisecond, Session: "S1", Direction: format.Received, Framing: framing, Octets: []byte(octets)}
}

func went(framing, octets string) format.Event {
	return format.Event{Session: "S1", Direction: format.Sent, Framing: framing, Octets: []byte(octets)}
}

// TestOctets shows what cannot be seen, what is no UTF-8, and what is outside the framing.
func TestOctets(t *testing.T) {
	events := []struct {
		event   format.Event
		octets  string // as the page shows them
		message string // decoded
	}{
		{came("end-of-message", "<a>\x00\x1b[31m\u202e\u2028 \r\n\tx\x7f</a>]]>]]>"), "<a>NULESC[31mU+202EU+2028 CRLF\nHTxDEL</a>]]>]]>", "<a>NULESC[31mU+202EU+2028 CR\n\txDEL</a>"},
		{came("end-of-message", "<a>\xff\xc3(\xe2\x82</a>]]>]]>"), `<a>\xff\xc3(\xe2\x82</a>]]>]]>`, `<a>\xff\xc3(\xe2\x82</a>`},
		{came("end-of-message", "<script>canary()</script><img src=x onerror=canary()>]]>]]>"), "<script>canary()</script><img src=x onerror=canary()>]]>]]>", "<script>canary()</script>\n<img src=x onerror=canary()>"},
		{came("chunked", "\n#4\n<a><\n#05\nb/></\n#2\na>\n##\n"), "LF\n#4LF\n<a><LF\n#05LF\nb/></LF\n#2LF\na>LF\n##LF\n", "<a>\n  <b/>\n</a>"},
		{came("chunked", "\n#5\n<a>\xc3\xa4</a>\n##\n"), "LF\n#5LF\n<a>ä</a>LF\n##LF\n", "<a>ä"},
		{came("chunked", "garbage\n#4\n<a/>\n##\n"), "garbageLF\n#4LF\n<a/>LF\n##LF\n", "<a/>"},
		{came("chunked", "\n#3\n<a\xc3\n#2\n\xa4/\n#1\n>\n##\n"), "LF\n#3LF\n<a\\xc3LF\n#2LF\n\\xa4/LF\n#1LF\n>LF\n##LF\n", ""},
		{came("end-of-message", "\"quoted\" \\ and no end"), `"quoted" \ and no end`, `"quoted" \ and no end`},
	}
	var recorded []format.Event
	for _, e := range events {
		recorded = append(recorded, e.event)
	}
	p := shownAs(t, nil, recorded...)
	for i, e := range events {
		view := func(class string) string {
			return p.text(fmt.Sprintf("[...document.querySelectorAll('.event')[%d].querySelectorAll('.%s pre')].map(pre => pre.textContent).join('|')", i, class))
		}
		p.Expect(view("view-octets")).To(Equal(e.octets), "event %d", i)
		if e.message != "" {
			p.Expect(view("view-messages")).To(Equal(e.message), "event %d", i)
		}
	}
	all := func(class string) string {
		return p.text(fmt.Sprintf("[...document.querySelectorAll('.%s')].map(found => found.textContent).join('|')", class))
	}
	p.Expect(all("o-odd")).To(Equal("LF\n#05LF\n"), "a size that begins with 0")
	p.Expect(all("o-stray")).To(Equal("</a>|garbage"), "what lies outside of the chunks")
	p.quiet()
}

// TestAMessageInPieces puts together what was sent in several writes.
func TestAMessageInPieces(t *testing.T) {
	p := shownAs(t, nil, went("chunked", "\n#"), went("chunked", "4\n<a"), went("chunked", "/>\n##"), went("chunked", "\n\n#1"))
	gists := p.text("[...document.querySelectorAll('.gist')].map(g => g.textContent).join('|')")
	p.Expect(gists).To(Equal("part of a message|part of a message|part of a message|a"))
	p.Expect(p.text("[...document.querySelectorAll('.view-messages pre')].map(pre => pre.textContent).join('|')")).To(Equal("<a/>"))
	p.quiet()
}

// TestMarks shows what an expression selects, or the nearest that is there.
func TestMarks(t *testing.T) {
	message := `<?xml version="1.0"?><!-- <x/> --><r:rpc-reply xmlns:r="urn:ietf:params:xml:ns:netconf:base:1.0" message-id='7'>` +
		`<r:rpc-error><r:error-tag>in-use</r:error-tag><r:error-info><m:leaf xmlns:m="urn:m">1</m:leaf><m:leaf xmlns:m="urn:m">2</m:leaf></r:error-info></r:rpc-error></r:rpc-reply>`
	for name, c := range map[string]struct{ xpath, class, marked, said string }{
		"an element":          {"/nc:rpc-reply/nc:rpc-error/nc:error-tag", "hit", "<r:error-tag>in-use</r:error-tag>", "selects what is marked"},
		"several":             {"//m:leaf", "hit", `<m:leaf xmlns:m="urn:m">1</m:leaf><m:leaf xmlns:m="urn:m">2</m:leaf>`, "selects what is marked"},
		"an attribute":        {"/nc:rpc-reply/@message-id", "hit", "message-id='7'", "selects what is marked"},
		"a text":              {"/nc:rpc-reply/nc:rpc-error/nc:error-tag/text()", "hit", "<r:error-tag>in-use</r:error-tag>", "selects what is marked"},
		"a comparison":        {"/nc:rpc-reply/nc:rpc-error/nc:error-tag = 'lock-denied'", "hit", "<r:error-tag>in-use</r:error-tag>", "/nc:rpc-reply/nc:rpc-error/nc:error-tag selects what is marked"},
		"a function":          {"count(//m:leaf[. = '2']) = 3", "hit", `<m:leaf xmlns:m="urn:m">2</m:leaf>`, "//m:leaf[. = '2'] selects what is marked"},
		"nothing":             {"/nc:rpc-reply/nc:rpc-error/nc:error-path", "near", "<r:rpc-error>", "selects nothing here; the nearest that is there is marked: /nc:rpc-reply/nc:rpc-error"},
		"a false condition":   {"/nc:rpc-reply/nc:rpc-error[nc:error-tag = 'a/b']", "near", "<r:rpc-error>", "selects nothing here; the nearest that is there is marked: /nc:rpc-reply/nc:rpc-error"},
		"nothing at all":      {"/nc:hello/nc:session-id", "hit", "", "selects nothing here, and nothing above it is there"},
		"what is no XPath":    {"/nc:rpc-reply[", "hit", "", "selects nothing here, and nothing above it is there"},
		"a prefix not bound":  {"/nc:rpc-reply/x:y", "near", `<r:rpc-reply xmlns:r="urn:ietf:params:xml:ns:netconf:base:1.0" message-id='7'>`, "selects nothing here; the nearest that is there is marked: /nc:rpc-reply"},
		"the message as such": {"", "hit", "", "judged as a whole"},
	} {
		t.Run(name, func(t *testing.T) {
			where := &verdict.Where{XPath: c.xpath, Namespaces: map[string]string{"m": "urn:m"}, Event: 1}
			p := shownAs(t, where, came("end-of-message", message+"]]>]]>"))
			p.Expect(p.textOf(".judged span:last-child")).To(Equal(c.said))
			p.Expect(p.marked(".view-messages", c.class)).To(Equal(c.marked))
			p.Expect(p.marked(".view-octets", c.class)).To(Equal(c.marked))
			p.quiet()
		})
	}
}

// TestTheMessageIsFoundWhereTheReportDoesNotNameIt takes the last one in which the expression finds most.
func TestTheMessageIsFoundWhereTheReportDoesNotNameIt(t *testing.T) {
	where := &verdict.Where{XPath: "/nc:hello/nc:session-id"}
	p := shownAs(t, where, came("end-of-message", "<hello"+base+"><capabilities/></hello>]]>]]>"), came("end-of-message", "<rpc-reply"+base+"><ok/></rpc-reply>]]>]]>"))
	p.Expect(p.marked(".view-messages", "near")).To(Equal("<hello" + base + ">"))
	p.quiet()
}

// TestLongMessagesAreFolded shows the first part of a long message, and more when asked.
func TestLongMessagesAreFolded(t *testing.T) {
	p := shownAs(t, nil, came("end-of-message", "<a>"+strings.Repeat("<b>0123456789</b>", 100_000)+"</a>]]>]]>"))
	shown := func() string {
		return p.text("document.querySelector('.view-messages pre').textContent.length < 40000")
	}
	p.Expect(shown()).To(Equal("true"))
	p.Expect(p.textOf(".view-messages .more")).To(Equal("Show more: 16,384 of 1,700,007 octets are shown"))
	p.click(".view-messages .more")
	p.Expect(shown()).To(Equal("false"))
	p.quiet()
}
