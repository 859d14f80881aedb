package html_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	nethtml "golang.org/x/net/html"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/html"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/transcripts/format"
)

// sample is the report that all writers of reports are shown with: it has every verdict.
func sample(t testing.TB) *verdict.Report {
	t.Helper()
	r, err := json.Read(filepath.Join("..", "json", "testdata", "report.json"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return r
}

// contention is a recording of two sessions that want one lock, with the octets of the sample's violation.
func contention() *format.Recording {
	const base = `xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"`
	event := func(ms float64, session string, d format.Direction, framing, octets string) format.Event {
		return format.Event{At: time.Duration(ms * float64(time.Millisecond)), Session: session, Direction: d, Framing: framing, Octets: []byte(octets)}
	}
	chunk := func(message string) string { return fmt.Sprintf("\n#%d\n%s\n##\n", len(message), message) }
	hello := `<hello ` + base + `><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities>%s</hello>]]>]]>`
	lock := chunk(`<rpc ` + base + ` message-id="1"><lock><target><running/></target></lock></rpc>`)
	denied := `<rpc-reply ` + base + ` message-id="1"><rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag>` +
		`<error-severity>error</error-severity><error-info><session-id>0</session-id></error-info></rpc-error></rpc-reply>`
	return &format.Recording{ID: "lock/denied-names-holder", Target: "edge-1", Events: []format.Event{
		event(1, "holder", format.Sent, "end-of-message", fmt.Sprintf(hello, "")),
		event(1.5, "holder", format.Received, "end-of-message", fmt.Sprintf(hello, "<session-id>4</session-id>")),
		event(2, "rival", format.Sent, "end-of-message", fmt.Sprintf(hello, "")),
		event(2.5, "rival", format.Received, "end-of-message", fmt.Sprintf(hello, "<session-id>5</session-id>")),
		event(3, "holder", format.Sent, "chunked", lock),
		event(3.25, "holder", format.Received, "chunked", chunk(`<rpc-reply `+base+` message-id="1"><ok/></rpc-reply>`)),
		event(4, "rival", format.Sent, "chunked", lock),
		event(4.525, "rival", format.Received, "chunked", chunk(denied)),
		{At: 1005 * time.Millisecond, Session: "rival", Direction: format.Note, Note: `no reply to message-id "2" within 1s`},
	}}
}

// record writes a recording below a folder and gives its path in the report.
func record(t testing.TB, folder string, r *format.Recording) string {
	t.Helper()
	g := NewWithT(t)
	path := "transcripts/" + r.ID + ".yaml"
	g.Expect(os.MkdirAll(filepath.Join(folder, filepath.Dir(path)), 0o755)).To(Succeed())
	file, err := os.Create(filepath.Join(folder, path))
	g.Expect(err).NotTo(HaveOccurred())
	defer file.Close()
	g.Expect(r.Write(file)).To(Succeed())
	return path
}

// big is a report of 1,000 specs with some 20 MB of recordings in the folder.
func big(t testing.TB, folder string) *verdict.Report {
	t.Helper()
	r := sample(t)
	r.Specs, r.Requirements = nil, nil
	for i := range 1000 {
		id := fmt.Sprintf("rfc6241-%d.%d-requirement-%d", i/100+1, i/20%5+1, i)
		spec := verdict.Spec{ID: fmt.Sprintf("suite%d/spec-%d", i/50, i), Suite: fmt.Sprintf("suite%d", i/50), Text: "does what the requirement asks of it",
			Level: "MUST", Verdict: verdict.Pass, Requirements: []string{id}, RPCs: []verdict.RPC{{Operation: "get-config", Milliseconds: 2}}}
		spec.Transcript = record(t, folder, long(spec.ID, i))
		r.Specs = append(r.Specs, spec)
		r.Requirements = append(r.Requirements, verdict.Requirement{ID: id, RFC: "6241", Section: fmt.Sprintf("%d.%d", i/100+1, i/20%5+1), Level: "MUST",
			Testable: "yes", ServerMust: "Do what the requirement asks of it, whatever else is asked.", Verdict: verdict.Pass, Specs: []string{spec.ID}})
	}
	r.Summary = map[verdict.Verdict]int{verdict.Pass: len(r.Specs)}
	return r
}

// long is a recording of some 20 kB.
func long(id string, seed int) *format.Recording {
	r := contention()
	r.ID = id
	for i := range 60 {
		e := r.Events[7]
		e.At += time.Duration(i) * time.Millisecond
		e.Octets = fmt.Appendf(nil, "\n#%d\n<data>%x</data>\n##\n", 213, strings.Repeat(fmt.Sprintf("%07d%03d", seed*7919, i), 10))
		r.Events = append(r.Events, e)
	}
	return r
}

// written is the page of a report as octets and as a tree.
func written(t testing.TB, r *verdict.Report, folder string) (string, *nethtml.Node) {
	t.Helper()
	g := NewWithT(t)
	var out bytes.Buffer
	g.Expect(html.Write(&out, r, os.DirFS(folder))).To(Succeed())
	tree, err := nethtml.Parse(bytes.NewReader(out.Bytes()))
	g.Expect(err).NotTo(HaveOccurred())
	return out.String(), tree
}

// elements are all elements of a tree that are as asked for.
func elements(tree *nethtml.Node, fit func(*nethtml.Node) bool) []*nethtml.Node {
	var all []*nethtml.Node
	for n := range tree.Descendants() {
		if n.Type == nethtml.ElementNode && fit(n) {
			all = append(all, n)
		}
	}
	return all
}

func named(name string) func(*nethtml.Node) bool {
	return func(n *nethtml.Node) bool { return n.Data == name }
}

// having finds by a class.
func having(class string) func(*nethtml.Node) bool {
	return func(n *nethtml.Node) bool { return strings.Contains(" "+attribute(n, "class")+" ", " "+class+" ") }
}

func withID(id string) func(*nethtml.Node) bool {
	return func(n *nethtml.Node) bool { return attribute(n, "id") == id }
}

func attribute(n *nethtml.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is all that an element says, white space as a reader sees it.
func text(n *nethtml.Node) string {
	var all strings.Builder
	for d := range n.Descendants() {
		if d.Type == nethtml.TextNode {
			all.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(all.String()), " ")
}
