package cli_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	gossh "golang.org/x/crypto/ssh"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/json"
	"github.com/ncspec/ncspec/suites/cli"
)

// asCommand makes this test binary the ncspec command, for tests that need a process of its own.
const asCommand = "NCSPEC_TEST_AS_COMMAND"

// peakFile names the file that such a command writes its peak of memory to. What the system says of a child when it is
// over counts the memory of its parent too, from before it became a program of its own.
const peakFile = "NCSPEC_TEST_PEAK"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) == "" {
		os.Exit(m.Run())
	}
	code := cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if file := os.Getenv(peakFile); file != "" {
		status, _ := os.ReadFile("/proc/self/status") // where there is none the peak is not known
		_ = os.WriteFile(file, status, 0o600)
	}
	os.Exit(code)
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peakOf reads the peak in KiB, 0 where it is not known.
func peakOf(file string) int {
	status, _ := os.ReadFile(file)
	if m := peak.FindSubmatch(status); m != nil {
		kib, _ := strconv.Atoi(string(m[1]))
		return kib
	}
	return 0
}

// outcome is how a command ended.
type outcome struct {
	code      int
	out, errs string
	dir       string // --out
}

// ncspec runs the command in this process, with an output folder of its own where args name none.
func ncspec(t *testing.T, args ...string) outcome {
	t.Helper()
	o := outcome{}
	if args, o.dir = withOut(t, args); true {
		var out, errs bytes.Buffer
		o.code = cli.Main(args, strings.NewReader(""), &out, &errs)
		o.out, o.errs = out.String(), errs.String()
	}
	return o
}

// withOut gives a run its output folder.
func withOut(t *testing.T, args []string) ([]string, string) {
	t.Helper()
	for i, arg := range args {
		if arg == "--out" {
			return args, args[i+1]
		}
	}
	if args[0] != "run" {
		return args, ""
	}
	dir := filepath.Join(t.TempDir(), "report")
	return append([]string{"run", "--out", dir}, args[1:]...), dir
}

// report reads report.json.
func (o outcome) report(t *testing.T) *verdict.Report {
	t.Helper()
	r, err := json.Read(filepath.Join(o.dir, "report.json"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), o.errs)
	return r
}

// verdicts are those of all specs by id.
func (o outcome) verdicts(t *testing.T) map[string]verdict.Verdict {
	t.Helper()
	all := map[string]verdict.Verdict{}
	for _, spec := range o.report(t).Specs {
		all[spec.ID] = spec.Verdict
	}
	return all
}

// testcase is one of a JUnit file.
type testcase struct {
	Name    string `xml:"name,attr"`
	Failure *said  `xml:"failure"`
	Error   *said  `xml:"error"`
	Skipped *said  `xml:"skipped"`
}

type said struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func testcases(t *testing.T, file string) []testcase {
	t.Helper()
	g := NewWithT(t)
	data, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	var document struct {
		Suites []struct {
			Cases []testcase `xml:"testcase"`
		} `xml:"testsuite"`
	}
	g.Expect(xml.Unmarshal(data, &document)).To(Succeed())
	var all []testcase
	for _, suite := range document.Suites {
		all = append(all, suite.Cases...)
	}
	return all
}

// exitOf is the exit code that each testsuite of a JUnit file tells.
func exitOf(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	codes := map[string]bool{}
	for _, m := range regexp.MustCompile(`<property name="exit" value="(\d+)">`).FindAllStringSubmatch(string(data), -1) {
		codes[m[1]] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(codes)), " and ")
}

// red are the texts of the testcases that fail.
func red(t *testing.T, file string) []string {
	t.Helper()
	var texts []string
	for _, c := range testcases(t, file) {
		for _, s := range []*said{c.Failure, c.Error} {
			if s != nil {
				texts = append(texts, s.Message+"\n"+s.Text)
			}
		}
	}
	return texts
}

// fails holds an outcome against what it must be: the code, and what the user and JUnit are told.
func fails(t *testing.T, o outcome, code int, tells ...string) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(o.code).To(Equal(code), "%s\n%s", o.out, o.errs)
	summary, err := os.ReadFile(filepath.Join(o.dir, "report.md"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(summary)).To(HavePrefix("## ❌ ncspec: "))
	g.Expect(exitOf(t, filepath.Join(o.dir, "junit.xml"))).To(Equal(fmt.Sprint(code)), "the code that JUnit tells")
	told := flat(strings.Join(red(t, filepath.Join(o.dir, "junit.xml")), "\n"))
	for _, text := range tells {
		g.Expect(flat(o.out+o.errs)).To(ContainSubstring(text), "told the user")
		g.Expect(told).To(ContainSubstring(text), "told JUnit")
	}
}

// flat undoes the breaking of lines.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// write writes a file into a folder of its own and gives its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	writeAt(t, path, text)
	return path
}

func writeAt(t *testing.T, path, text string) {
	t.Helper()
	NewWithT(t).Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
	NewWithT(t).Expect(os.WriteFile(path, []byte(text), 0o644)).To(Succeed())
}

// quickly is a target file for a server that is given little time.
func quickly(t *testing.T, address string, more ...string) string {
	t.Helper()
	return within(t, "100ms", address, more...)
}

// within is a target file for a server that is given so much time.
func within(t *testing.T, grace, address string, more ...string) string {
	t.Helper()
	return write(t, "device.yaml", fmt.Sprintf("address: %s\nuser: admin\nhost-key: accept\ngrace: %s\n%s", address, grace, strings.Join(more, "")))
}

// alone takes away what the user who runs the tests has: keys, an agent, known hosts.
func alone(t *testing.T) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("SSH_AUTH_SOCK", "")
	t.Setenv("NCSPEC_PASSWORD", "admin")
}

// serve starts a reference server.
func serve(t *testing.T, o reference.Options) *reference.Server {
	t.Helper()
	server, err := reference.Start(t.Context(), o)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = server.Close() })
	return server
}

func fingerprint(s *reference.Server) string { return gossh.FingerprintSHA256(s.HostKey()) }
