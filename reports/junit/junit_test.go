package junit

import (
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onsi/ginkgo/v2/reporters"
	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"github.com/ncspec/ncspec/harness/verdict"
	"github.com/ncspec/ncspec/reports/json"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "testdata/junit.xml"

// sample is a run with every verdict.
func sample(t *testing.T) *verdict.Report {
	t.Helper()
	r, err := json.Read("../json/testdata/report.json")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return r
}

func written(t *testing.T, r *verdict.Report) []byte {
	t.Helper()
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "deep", "junit.xml")
	g.Expect(Write(path, r)).To(Succeed())
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.ReadDir(filepath.Dir(path))).To(HaveLen(1), "nothing but the file is left")
	return data
}

func parsed(t *testing.T, data []byte) reporters.JUnitTestSuites {
	t.Helper()
	var document reporters.JUnitTestSuites
	NewWithT(t).Expect(xml.Unmarshal(data, &document)).To(Succeed())
	return document
}

func cases(document reporters.JUnitTestSuites) map[string]reporters.JUnitTestCase {
	all := map[string]reporters.JUnitTestCase{}
	for _, suite := range document.TestSuites {
		for _, test := range suite.TestCases {
			all[test.Name] = test
		}
	}
	return all
}

func TestFileIsAsTheGoldenFile(t *testing.T) {
	g := NewWithT(t)
	got := written(t, sample(t))
	if *update {
		g.Expect(os.WriteFile(golden, got, 0o644)).To(Succeed())
	}
	want, err := os.ReadFile(golden)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(got)).To(Equal(string(want)), "run go test -update when this is meant")
}

func TestEachVerdictHasItsState(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	all := cases(parsed(t, written(t, r)))
	g.Expect(all).To(HaveLen(len(r.Specs)))
	for _, s := range r.Specs {
		test := all[s.ID]
		red := s.Verdict == verdict.Violation || s.Verdict == verdict.StaleWaiver
		g.Expect(test.Failure != nil).To(Equal(red), s.ID)
		g.Expect(test.Error != nil).To(Equal(s.Verdict == verdict.Error), s.ID)
		held := s.Verdict == verdict.NotRun || s.Verdict == verdict.NotApplicable || s.Verdict == verdict.Waived
		g.Expect(test.Skipped != nil).To(Equal(held), s.ID)
		g.Expect(test.Classname).To(Equal(s.Suite))
		g.Expect(test.Status).To(Equal(string(s.Verdict)))
		g.Expect(test.Properties.WithName("verdict")).To(Equal(string(s.Verdict)))
	}
	g.Expect(all["rpc/message-id-opaque"].Skipped.Message).To(Equal("waived: vendor case 4711, fixed in 2.14"))
	g.Expect(all["lock/startup"].Skipped.Message).To(Equal("not-applicable: the server does not announce startup"))
}

func TestAFailureSaysAll(t *testing.T) {
	g := NewWithT(t)
	test := cases(parsed(t, written(t, sample(t))))["lock/denied-names-holder"]
	g.Expect(test.Failure.Type).To(Equal("violation"))
	g.Expect(test.Failure.Message).To(HavePrefix("rfc6241-7.5-lock-denied-session-id (MUST, RFC 6241 §7.5): Name the session"))
	g.Expect(test.Failure.Description).To(And(
		ContainSubstring(test.Failure.Message), ContainSubstring(`to equal "4"`), ContainSubstring("</rpc-reply>]]>]]>"),
		ContainSubstring(`\x00\x1b[31mnot red\x1b[0m \xff`), ContainSubstring("transcripts/lock/denied-names-holder.yaml"),
		ContainSubstring("suites/lock/denied-names-holder.go:12")))
	g.Expect(test.Properties.WithName("requirement")).To(Equal("rfc6241-7.5-lock-denied-session-id"))
	g.Expect(test.Properties.WithName("section")).To(Equal("RFC 6241 §7.5"))
	g.Expect(test.Properties.WithName("level")).To(Equal("MUST"))
	g.Expect(test.Properties.WithName("transcript")).To(Equal("transcripts/lock/denied-names-holder.yaml"))
}

func TestAllBrokenDemandsStandInTheFailure(t *testing.T) {
	g := NewWithT(t)
	r := &verdict.Report{Run: verdict.Run{Complete: true}}
	r.Add(verdict.Spec{ID: "a/b", Suite: "a", Verdict: verdict.Violation, Message: "first demand\nx\n\nsecond demand\ny",
		Broken: []verdict.Broken{{Requirement: "rfc1-1-a", Message: "x"}, {Requirement: "rfc1-1-b", Message: "y"}}})
	test := cases(parsed(t, written(t, r)))["a/b"]
	g.Expect(test.Failure.Message).To(Equal("first demand (and 1 more)"))
	g.Expect(test.Failure.Description).To(HavePrefix("first demand\nx\n\nsecond demand\ny\n"))
}

func TestAFailureWithoutARequirementStillSaysWhat(t *testing.T) {
	g := NewWithT(t)
	all := cases(parsed(t, written(t, sample(t))))
	g.Expect(all["session/documented/inventory"].Failure.Message).To(Equal("the transcript demands: expected count(//j:chassis) = 1"))
	g.Expect(all["session/documented/lock"].Error.Description).To(HavePrefix("earlier step\n"))
}

func TestObservationsAreProperties(t *testing.T) {
	g := NewWithT(t)
	all := cases(parsed(t, written(t, sample(t))))
	g.Expect(all["hello/first"].Properties.WithName("observed: spoke first")).To(Equal("server"))
	g.Expect(all["lock/released"].Properties.WithName("observed: time to release")).To(Equal("12000"))
	g.Expect(all["lock/released"].Failure).To(BeNil(), "an advisory passes")
	g.Expect(all["lock/released"].SystemOut).To(ContainSubstring("lock-denied for 10 s"))
}

func TestTimesAreDecimals(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		r := &verdict.Report{Run: verdict.Run{Complete: true}}
		for i, ms := range rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0, 4e7), rapid.Float64Range(0, 3000)), 1, 20).Draw(t, "ms") {
			r.Add(verdict.Spec{ID: fmt.Sprint("a/", i), Suite: "a", Verdict: verdict.Pass, DurationMS: ms})
		}
		if err := Write(filepath.Join(dir, "junit.xml"), r); err != nil {
			t.Fatal(err)
		}
	})
}

func TestNamesAreUnique(t *testing.T) {
	g := NewWithT(t)
	r := &verdict.Report{Run: verdict.Run{Complete: true}}
	for _, id := range []string{"a/b", "a/b", "a/b-2", "a/b\n", "b/c"} {
		suite, _, _ := strings.Cut(id, "/")
		r.Add(verdict.Spec{ID: id, Suite: suite, Verdict: verdict.Pass})
	}
	g.Expect(cases(parsed(t, written(t, r)))).To(HaveLen(5))
}

// Whoever gates on the file must come to the same end as who gates on the exit code.
func TestRedExactlyWhereTheExitCodeIsNotZero(t *testing.T) {
	one := func(v verdict.Verdict) []verdict.Spec { return []verdict.Spec{{ID: "a/b", Suite: "a", Verdict: v}} }
	for name, c := range map[string]struct {
		run   verdict.Run
		specs []verdict.Spec
		exit  int
		says  string
	}{
		"pass":             {verdict.Run{Complete: true}, one(verdict.Pass), 0, ""},
		"advisory":         {verdict.Run{Complete: true}, one(verdict.Advisory), 0, ""},
		"waived":           {verdict.Run{Complete: true}, one(verdict.Waived), 0, ""},
		"violation":        {verdict.Run{Complete: true}, one(verdict.Violation), 1, ""},
		"stale waiver":     {verdict.Run{Complete: true}, one(verdict.StaleWaiver), 1, ""},
		"error":            {verdict.Run{Complete: true}, one(verdict.Error), 4, ""},
		"unusable":         {verdict.Run{Unusable: "connection refused"}, nil, 3, "the target is unusable: connection refused"},
		"nothing executed": {verdict.Run{Complete: true}, one(verdict.NotRun), 4, "nothing was executed"},
		"no specs":         {verdict.Run{Complete: true}, nil, 4, "nothing was executed"},
		"broken off":       {verdict.Run{}, one(verdict.Pass), 4, "broke off"},
		"interrupted":      {verdict.Run{Interrupted: true}, one(verdict.Pass), 130, "interrupted"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := &verdict.Report{Run: c.run, Summary: map[verdict.Verdict]int{}}
			for _, s := range c.specs {
				r.Add(s)
			}
			before := len(r.Specs)
			document := parsed(t, written(t, r))
			g.Expect(r.Exit()).To(Equal(c.exit))
			g.Expect(document.Failures+document.Errors > 0).To(Equal(c.exit != 0))
			g.Expect(r.Specs).To(HaveLen(before), "the report is not changed")
			if c.says != "" {
				g.Expect(cases(document)["run/outcome"].Error.Message).To(ContainSubstring(c.says))
			}
		})
	}
}

func TestFailureWritesOneRedTestcase(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "out", "junit.xml")
	g.Expect(Failure(path, "no spec matches --spec lock/nope\ndid you mean lock/denied?", 2)).To(Succeed())
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	document := parsed(t, data)
	g.Expect(document.Tests).To(Equal(1))
	g.Expect(document.Errors).To(Equal(1))
	g.Expect(string(data)).To(ContainSubstring(`<property name="exit" value="2">`))
	test := document.TestSuites[0].TestCases[0]
	g.Expect(test.Name).To(Equal("run/start"))
	g.Expect(test.Error.Message).To(Equal("no spec matches --spec lock/nope did you mean lock/denied?"))
	g.Expect(test.Error.Description).To(HavePrefix("no spec matches --spec lock/nope\ndid you mean lock/denied?\n"))
}

func TestWriteToAPlaceThatCannotBeWritten(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	g.Expect(os.WriteFile(file, nil, 0o600)).To(Succeed())
	g.Expect(Failure(filepath.Join(file, "junit.xml"), "why", 2)).To(MatchError(ContainSubstring("writing the JUnit file " + file)))
	taken := filepath.Join(dir, "junit.xml")
	g.Expect(os.MkdirAll(filepath.Join(taken, "full"), 0o755)).To(Succeed())
	g.Expect(Failure(taken, "why", 2)).NotTo(Succeed())
	g.Expect(os.ReadDir(dir)).To(HaveLen(2), "no scratch is left")
}

func TestAnyTextIsLegal(t *testing.T) {
	dir := t.TempDir()
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.String(),
			rapid.SampledFrom([]string{"]]>", "\x00", "\x1b[2J", "<!--", "&#0;", "<![CDATA[", "\xff", "\ufffe", "\r\n", "{{red}}", "%s", "\"'"}),
		)).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		r := &verdict.Report{Run: verdict.Run{Complete: true}, Target: verdict.Target{Name: text.Draw(t, "target")}}
		for _, v := range verdict.All() {
			r.Add(verdict.Spec{
				ID: "a/" + text.Draw(t, "id"), Suite: text.Draw(t, "suite"), Text: text.Draw(t, "text"), Verdict: v,
				Message: text.Draw(t, "message"), Reason: text.Draw(t, "reason"),
				Observations: []verdict.Observation{{Name: text.Draw(t, "name"), Value: text.Draw(t, "value")}},
			})
		}
		path := filepath.Join(dir, "junit.xml")
		if err := Write(path, r); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil || !utf8.Valid(data) || strings.ContainsFunc(string(data), illegal) {
			t.Fatalf("%v, %q", err, data)
		}
	})
}

// illegal is all that XML 1.0 §2.2 leaves out.
func illegal(r rune) bool {
	return r < 0x20 && !slices.Contains([]rune{'\t', '\n', '\r'}, r) || r >= 0xd800 && r <= 0xdfff || r == 0xfffe || r == 0xffff
}

func TestCheckFindsFaults(t *testing.T) {
	suite := func(counts, inside string) string {
		if !strings.Contains(counts, "failures=") {
			counts += ` failures="0"`
		}
		return `<testsuites tests="1" disabled="0" errors="0" failures="0"><testsuite name="s" errors="0" ` + counts + `>` + inside + `</testsuite></testsuites>`
	}
	sound := suite(`tests="1"`, `<testcase name="a" classname="c" time="0.5"/>`)
	in := func(old, new string) string {
		NewWithT(t).Expect(sound).To(ContainSubstring(old))
		return strings.Replace(sound, old, new, 1)
	}
	for name, c := range map[string]struct{ file, fault string }{
		"no XML":           {"<testsuites", "no XML"},
		"illegal":          {in(`name="a"`, "name=\"a\x00\""), "no XML"},
		"illegal, escaped": {in(`name="a"`, `name="a&#0;"`), "no XML"},
		"illegal in text":  {in(`/></`, "><failure>\ufffe</failure></testcase></"), "no XML"},
		"no UTF-8":         {in(`name="a"`, "name=\"a\xff\""), "no XML"},
		"end of CDATA":     {in(`/></`, "><failure>]]></failure></testcase></"), "no XML"},
		"empty":            {`<testsuites/>`, "there is no testcase"},
		"no name":          {in(` name="a"`, ""), "<testcase> lacks name"},
		"no class":         {in(` classname="c"`, ""), "<testcase> lacks classname"},
		"empty name":       {in(`name="a"`, `name=""`), `"" is no value of name`},
		"twice":            {suite(`tests="2"`, `<testcase name="a" classname="c"/><testcase name="a" classname="c"/>`), `"a" is empty or occurs twice`},
		"suite twice":      {in(`</testsuites>`, `<testsuite name="s" tests="0" errors="0" failures="0"/></testsuites>`), `two testsuites "s"`},
		"count":            {suite(`tests="1" failures="1"`, `<testcase name="a" classname="c"/>`), "the counts of the testsuite s"},
		"no count":         {in(` failures="0"><testcase`, `><testcase`), "<testsuite> lacks failures"},
		"total":            {suite(`tests="2"`, `<testcase name="a" classname="c"/><testcase name="b" classname="c"/>`), "not the sums"},
		"two outcomes":     {suite(`tests="1" failures="1" skipped="1"`, `<testcase name="a" classname="c"><failure/><skipped/></testcase>`), "has 2 outcomes"},
		"exponent":         {in(`time="0.5"`, `time="5e-05"`), `"5e-05" is no value of time`},
		"element":          {in(`/></`, `><stack/></testcase></`), "<stack> has no place in <testcase>"},
		"place":            {in(`<testcase`, `<failure/><testcase`), "<failure> has no place in <testsuite>"},
		"attribute":        {in(`time="0.5"`, `line="5"`), "no attribute line"},
		"text":             {in(`/></`, `>text</testcase></`), "there is text in <testcase>"},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(Check([]byte(c.file))).To(MatchError(ContainSubstring(c.fault)))
		})
	}
	NewWithT(t).Expect(Check([]byte(sound))).To(Succeed())
}

// A report that was read is written as the one that was made: numbers have lost their types in between.
func TestAReportThatWasReadIsWrittenAlike(t *testing.T) {
	g := NewWithT(t)
	r := sample(t)
	r.Specs[0].Observations = append(r.Specs[0].Observations, verdict.Observation{Name: "octets", Value: 5_000_000},
		verdict.Observation{Name: "ratio", Value: 0.25}, verdict.Observation{Name: "text", Value: "a\x00]]>"})
	file := filepath.Join(t.TempDir(), "report.json")
	g.Expect(json.Write(file, r)).To(Succeed())
	read, err := json.Read(file)
	g.Expect(err).NotTo(HaveOccurred())
	made := written(t, r)
	g.Expect(string(written(t, read))).To(Equal(string(made)))
	g.Expect(string(made)).To(And(ContainSubstring(`value="5000000"`), ContainSubstring(`value="0.25"`)))
}
