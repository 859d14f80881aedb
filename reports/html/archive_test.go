package html_test

import (
	"compress/gzip"
	"encoding/base64"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	. "github.com/onsi/gomega"
	nethtml "golang.org/x/net/html"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/html"
)

// recordings are the texts of those in a page, by id.
func recordings(t *testing.T, tree *nethtml.Node) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, n := range elements(tree, func(n *nethtml.Node) bool { return attribute(n, "type") == "application/gzip" }) {
		unpacked, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(n.FirstChild.Data)))
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		data, err := io.ReadAll(unpacked)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		all[attribute(n, "id")] = string(data)
	}
	return all
}

func transcriptOf(tree *nethtml.Node, spec string) *nethtml.Node {
	return elements(elements(tree, withID(spec))[0], having("transcript"))[0]
}

func TestRecordingsAreInThePage(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	path := record(t, folder, contention())
	original, err := os.ReadFile(filepath.Join(folder, path))
	g.Expect(err).NotTo(HaveOccurred())
	_, tree := written(t, sample(t), folder)
	all := recordings(t, tree)
	g.Expect(all).To(HaveLen(1), "the sample's other recordings are not there")
	place := transcriptOf(tree, "lock/denied-names-holder")
	g.Expect(all[attribute(place, "data-recording")]).To(Equal(string(original)))
	g.Expect(attribute(place, "data-where")).To(MatchJSON(
		`[{"requirement": "rfc6241-7.5-lock-denied-session-id", "xpath": "/nc:rpc-reply/nc:rpc-error/nc:error-info/nc:session-id", "namespaces": {}, "event": 8}]`))
	missing := transcriptOf(tree, "lock/released")
	g.Expect(attribute(missing, "data-recording")).To(BeEmpty())
	g.Expect(text(missing)).To(ContainSubstring("not part of this page"))
}

func TestARecordingOfSeveralSpecsIsThereOnce(t *testing.T) {
	folder := t.TempDir()
	path := record(t, folder, contention())
	r := &verdict.Report{}
	r.Add(verdict.Spec{ID: "a/1", Suite: "a", Verdict: verdict.Pass, Transcript: path})
	r.Add(verdict.Spec{ID: "a/2", Suite: "a", Verdict: verdict.Pass, Transcript: path})
	_, tree := written(t, r, folder)
	g := NewWithT(t)
	g.Expect(recordings(t, tree)).To(HaveLen(1))
	g.Expect(attribute(transcriptOf(tree, "a/1"), "data-recording")).To(Equal(attribute(transcriptOf(tree, "a/2"), "data-recording")))
}

func TestAReportCannotLeadOutOfItsFolder(t *testing.T) {
	g := NewWithT(t)
	outer := t.TempDir()
	folder := filepath.Join(outer, "report")
	g.Expect(os.Mkdir(folder, 0o755)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(outer, "secret"), []byte("Canary-7Hq"), 0o600)).To(Succeed())
	g.Expect(os.Symlink("../secret", filepath.Join(folder, "link"))).To(Succeed())
	r := &verdict.Report{}
	for _, path := range []string{"../secret", filepath.Join(outer, "secret"), "link", "."} {
		r.Add(verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Pass, Transcript: path})
	}
	page := filepath.Join(folder, "report.html")
	g.Expect(html.WriteFile(page, r, folder)).To(Succeed())
	file, err := os.Open(page)
	g.Expect(err).NotTo(HaveOccurred())
	defer file.Close()
	tree, err := nethtml.Parse(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(recordings(t, tree)).To(BeEmpty())
}

// endless is a file of a given size that is nowhere: its octets are made as they are read.
type endless struct{ fstest.MapFS }

func (endless) Open(string) (fs.File, error) { return &made{left: endlessSize}, nil }

func (endless) Stat(string) (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{"x": &fstest.MapFile{ModTime: time.Unix(0, 0)}}, "x")
}

const endlessSize = 24 << 20

type made struct {
	fs.File
	left, at int
}

func (m *made) Read(p []byte) (int, error) {
	if m.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), m.left)
	for i := range n {
		m.at = m.at*1103515245 + 12345
		p[i] = byte(m.at >> 16)
	}
	m.left -= n
	return n, nil
}

func (*made) Close() error { return nil }

func TestMemoryDoesNotGrowWithTheRecordings(t *testing.T) {
	r := &verdict.Report{}
	r.Add(verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Pass, Transcript: "x"})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	counted := &counter{}
	NewWithT(t).Expect(html.Write(counted, r, endless{})).To(Succeed())
	runtime.ReadMemStats(&after)
	g := NewWithT(t)
	g.Expect(counted.octets).To(BeNumerically(">", endlessSize), "the file is in the page")
	g.Expect(after.TotalAlloc-before.TotalAlloc).To(BeNumerically("<", 12<<20), "octets, of all that was allocated meanwhile")
}

type counter struct{ octets int }

func (c *counter) Write(p []byte) (int, error) {
	c.octets += len(p)
	return len(p), nil
}

// BenchmarkWrite writes the page of 1,000 specs with 20 MB of recordings to the disk.
func BenchmarkWrite(b *testing.B) {
	folder := b.TempDir()
	r := big(b, folder)
	b.ReportAllocs()
	for b.Loop() {
		if err := html.WriteFile(filepath.Join(folder, "report.html"), r, folder); err != nil {
			b.Fatal(err)
		}
	}
}
