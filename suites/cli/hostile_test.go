package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/reports/junit"
)

// hostile is text that breaks what is not careful: characters that XML does not have, ends of what reports put around
// evidence, sequences that terminals act on, Markdown and HTML.
const hostile = "\x00]]>\x1b[2J<![CDATA[\ufffe\xff&#0;-->\r\n```\n</details><script>alert(1)</script>\u202e|*_~ "

// swearing changes messages so that each error and each piece of data is hostile.
func swearing(message []byte) []byte {
	return []byte(strings.NewReplacer(
		"</capabilities>", "<capability>http://x/?"+`"'`+"`|"+`&amp;&lt;img src=x onerror=alert(1)&gt;`+"</capability></capabilities>",
		"</rpc-error>", "<error-message>"+hostile+"</error-message></rpc-error>",
		"</data>", hostile+"</data>").Replace(string(message)))
}

func TestReportsOfAServerThatSwears(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	o := ncspec(t, "run", within(t, "1s", meddler(t, 1000, swearing)), "--suite", "hello", "--suite", "xml", "--suite", "errors", "--no-color")
	g.Expect(o.code).To(Equal(exitViolation), "%s\n%s", o.out, o.errs)

	file := filepath.Join(o.dir, "junit.xml")
	data, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(junit.Check(data)).To(Succeed())
	g.Expect(string(data)).To(And(ContainSubstring(`\x00`), ContainSubstring("]]&gt;"), ContainSubstring(`\x1b[2J`)))
	if lint, err := exec.LookPath("xmllint"); err == nil {
		said, err := exec.Command(lint, "--noout", file).CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(said))
	}

	summary, err := os.ReadFile(filepath.Join(o.dir, "report.md"))
	g.Expect(err).NotTo(HaveOccurred())
	for _, text := range []string{o.out, o.errs, string(summary)} {
		g.Expect(text).NotTo(Or(ContainSubstring("\x1b"), ContainSubstring("\x00"), ContainSubstring("\u202e")))
		g.Expect(utf8.ValidString(text)).To(BeTrue())
	}

	again := filepath.Join(t.TempDir(), "junit.xml")
	report, err := json.Read(filepath.Join(o.dir, "report.json"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(junit.Write(again, report)).To(Succeed())
	rendered, err := os.ReadFile(again)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(bytes.Equal(rendered, data)).To(BeTrue(), "the file is the same when it is made of report.json")
}
