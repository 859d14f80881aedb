package cli_test

import (
	stdjson "encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/ncspec/ncspec/harness/reference"
	"github.com/ncspec/ncspec/reports/compare"
	"github.com/ncspec/ncspec/reports/json"
)

const exitOK = 0

// comparison reads what compare has written.
func comparison(t *testing.T, path string) *compare.Comparison {
	t.Helper()
	g := NewWithT(t)
	data, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())
	var c compare.Comparison
	g.Expect(stdjson.Unmarshal(data, &c)).To(Succeed())
	return &c
}

// compared compares two runs, and gives how that ended and what was found.
func compared(t *testing.T, old, fresh outcome, more ...string) (outcome, *compare.Comparison) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "compare.json")
	o := ncspec(t, append([]string{"compare", old.dir, fresh.dir, "--json", path}, more...)...)
	NewWithT(t).Expect(o.errs).To(BeEmpty())
	return o, comparison(t, path)
}

// regressed gives the requirements whose violations were gained.
func regressed(c *compare.Comparison) []string {
	var ids []string
	for _, b := range c.Violations.Gained {
		if !slices.Contains(ids, b.Requirement) {
			ids = append(ids, b.Requirement)
		}
	}
	return ids
}

func TestCompareNamesTheRegressionAndNothingElse(t *testing.T) {
	alone(t)
	clean := map[string]outcome{}
	for _, suite := range []string{"lock", "rpc", "hello"} {
		clean[suite] = ncspec(t, "run", "--suite", suite)
	}
	for defect, suite := range map[string]string{
		"own-lock-granted-again": "lock", "message-id-truncated": "rpc", "blanks-in-message-id-dropped": "rpc",
		"lock-denied-names-requester": "lock", "version-parameters-compared": "hello",
	} {
		t.Run(defect, func(t *testing.T) {
			g := NewWithT(t)
			index := slices.IndexFunc(reference.Defects(), func(d reference.Defect) bool { return d.Name == defect })
			g.Expect(index).To(BeNumerically(">=", 0))
			breaks := reference.Defects()[index]
			broken := ncspec(t, "run", "--suite", suite, "--defect", defect)

			o, c := compared(t, clean[suite], broken)
			g.Expect(o.code).To(Equal(exitViolation), o.out)
			g.Expect(regressed(c)).To(ContainElements(breaks.Breaks))
			g.Expect(append(slices.Clone(breaks.Breaks), breaks.Follows...)).To(ContainElements(regressed(c)))
			g.Expect(o.out).To(And(ContainSubstring(breaks.Breaks[0]), ContainSubstring("REGRESSION"), ContainSubstring("(exit 1)")))
			beside := *c
			beside.Violations.Gained, beside.Regression = nil, false
			g.Expect(beside.Changed()).To(BeFalse(), o.out)

			o, c = compared(t, broken, clean[suite])
			g.Expect(o.code).To(Equal(exitOK), o.out)
			g.Expect(c.Violations.Lost).To(HaveLen(len(broken.violations(t))))
			o, c = compared(t, broken, broken)
			g.Expect(o.code).To(Equal(exitOK), o.out)
			g.Expect(c.Changed()).To(BeFalse())
			g.Expect(c.Violations.Kept).To(Equal(len(broken.violations(t))))
		})
	}
}

func TestCompareTellsOfOtherChoices(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	const spec = "rpc/empty-rpc"
	o, c := compared(t, ncspec(t, "run", "--spec", spec), ncspec(t, "run", "--spec", spec, "--defect", "error-tag-of-its-own"))
	g.Expect(o.code).To(Equal(exitOK), "another choice is no regression: %s", o.out)
	g.Expect(c.Choices).To(HaveExactElements(And(HaveField("Spec", spec), HaveField("Old", ConsistOf("operation-not-supported")), HaveField("New", ConsistOf("not-implemented")))))
	g.Expect(o.out).To(ContainSubstring("1 other choice among legal outcomes"))
}

// violations are the demands broken, by spec and requirement.
func (o outcome) violations(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, s := range o.report(t).Specs {
		for _, b := range s.Broken {
			all[s.ID+" "+b.Requirement] = true
		}
	}
	return all
}

func TestCompareTellsWhatTheServerClaims(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	full := ncspec(t, "run", "--suite", "lock", "--suite", "capabilities")
	small := ncspec(t, "run", "--suite", "lock", "--suite", "capabilities", "--profile", "candidate-only")
	o, c := compared(t, full, small)
	g.Expect(o.code).To(Equal(exitOK), o.out)
	g.Expect(c.Capabilities.Removed).To(ContainElements("urn:ietf:params:netconf:capability:startup:1.0", "urn:ietf:params:netconf:capability:xpath:1.0"))
	g.Expect(c.Capabilities.Changed).To(HaveLen(1), "ietf-netconf has fewer features")
	g.Expect(c.Modules.Removed).To(Equal([]string{"ietf-netconf-monitoring@2010-10-04"}))
	g.Expect(c.Applicability.Lost).To(ContainElement(HaveField("Requirement", "rfc6241-7.5-denied-partial-lock")))
	g.Expect(c.Applicability.Gained).To(BeEmpty())
	g.Expect(flat(o.out)).To(And(ContainSubstring("- urn:ietf:params:netconf:capability:startup:1.0"), ContainSubstring("no regression")))
	_, c = compared(t, small, full)
	g.Expect(c.Applicability.Gained).To(ContainElement(HaveField("Requirement", "rfc6241-7.5-denied-partial-lock")))
	g.Expect(c.New.Software).To(HavePrefix("SSH-2.0-ncspec"))
}

// upgraded runs against a server under the name of a device.
func upgraded(t *testing.T, o reference.Options, args ...string) outcome {
	t.Helper()
	server := serve(t, o)
	return ncspec(t, append([]string{"run", quickly(t, server.Addr(), "name: edge-1\n"), "--host-key", fingerprint(server)}, args...)...)
}

func TestResponseTimes(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	fast, again := upgraded(t, reference.Options{}, "--suite", "lock"), upgraded(t, reference.Options{}, "--suite", "lock")
	slow := upgraded(t, reference.Options{Latency: 20 * time.Millisecond}, "--suite", "lock")
	_, c := compared(t, fast, again)
	g.Expect(c.ResponseTimes).To(BeEmpty(), "of one server")
	o, c := compared(t, fast, slow)
	g.Expect(o.code).To(Equal(exitOK), "slow is no violation")
	g.Expect(c.ResponseTimes).To(ContainElement(And(HaveField("Operation", "get-config"), HaveField("New", BeNumerically(">=", 20)))))
	g.Expect(flat(o.out)).To(ContainSubstring("↑ get-config"))
	_, c = compared(t, slow, fast)
	g.Expect(c.ResponseTimes).To(ContainElement(HaveField("Operation", "lock")))
}

func TestCompareWithFiltersAccusesNobody(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	part := ncspec(t, "run", "--spec", "lock/granted")
	broken := ncspec(t, append(fewLocks(), "--defect", "own-lock-granted-again")...)
	o, c := compared(t, part, broken)
	g.Expect(o.code).To(Equal(exitOK), o.out)
	g.Expect(c.Violations.FirstSeen).To(HaveLen(1))
	g.Expect(flat(o.out)).To(And(ContainSubstring("1 violation seen for the first time"), ContainSubstring("The runs differ in their filters"),
		ContainSubstring("left out by --spec")))
	o, c = compared(t, broken, part)
	g.Expect(o.code).To(Equal(exitOK), o.out)
	g.Expect(c.Violations.Lost).To(BeEmpty(), "nobody looked")
}

func TestComparePageAndQuiet(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	clean, broken := ncspec(t, fewLocks()...), ncspec(t, append(fewLocks(), "--defect", "own-lock-granted-again")...)
	page := filepath.Join(t.TempDir(), "compare.html")
	o := ncspec(t, "compare", filepath.Join(clean.dir, "report.json"), broken.dir, "--html", page, "--quiet")
	g.Expect(o.code).To(Equal(exitViolation))
	g.Expect(o.out).To(And(ContainSubstring("1 violation gained"), Not(ContainSubstring("written"))))
	data, err := os.ReadFile(page)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(data)).To(And(HavePrefix("<!DOCTYPE html>"), ContainSubstring("Content-Security-Policy"), ContainSubstring("rfc6241-7.5-lock-own-twice")))
}

func TestComparingWhatCannotBeCompared(t *testing.T) {
	alone(t)
	good := ncspec(t, "run", "--spec", "lock/granted").dir
	whole, err := os.ReadFile(filepath.Join(good, "report.json"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	text := string(whole)
	other := write(t, "other.json", strings.ReplaceAll(strings.Replace(text, `"reference server"`, `"edge-2"`, 1), `"address": "127.0.0.1:`, `"address": "192.0.2.7:`))
	unusable := ncspec(t, "run", "ssh://admin@"+closed(t), "--host-key", "accept").dir
	for name, c := range map[string]struct {
		old, fresh string
		tells      []string
	}{
		"no file":           {good, "/nowhere/report.json", []string{"/nowhere/report.json", "no such file", "or the folder that it stands in"}},
		"a folder of none":  {t.TempDir(), good, []string{"report.json: no such file"}},
		"cut off":           {good, write(t, "cut.json", text[:len(text)/2]), []string{"cut.json:", "the file ends too early", "copy it again"}},
		"no JSON":           {write(t, "x.json", "<testsuites/>"), good, []string{"x.json:1:1:", "is it the report.json of a run?"}},
		"another format":    {write(t, "v2.json", strings.Replace(text, "ncspec-report/v1", "ncspec-report/v2", 1)), good, []string{"v2.json", `"ncspec-report/v2"`, "ncspec-report/v1"}},
		"something else":    {write(t, "c.json", `{"format": "ncspec-compare/v1"}`), good, []string{"c.json", `"ncspec-compare/v1"`}},
		"another target":    {good, other, []string{good, "reference server", other, "edge-2", "--different-targets"}},
		"nothing judged":    {unusable, good, []string{unusable, "nothing was judged in this run", "connection refused"}},
		"one argument only": {"", good, []string{"accepts 2 arg(s), received 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			o := ncspec(t, append([]string{"compare"}, slices.DeleteFunc([]string{c.old, c.fresh}, func(s string) bool { return s == "" })...)...)
			g.Expect(o.code).To(Equal(exitUsage), o.out)
			g.Expect(o.out).To(BeEmpty())
			for _, text := range c.tells {
				g.Expect(o.errs).To(ContainSubstring(text))
			}
		})
	}
	g := NewWithT(t)
	o := ncspec(t, "compare", good, other, "--different-targets")
	g.Expect(o.code).To(Equal(exitOK), o.errs)
	g.Expect(flat(o.out)).To(ContainSubstring("The targets differ"))
	o = ncspec(t, "compare", good, unusable, "--different-targets")
	g.Expect(o.code).To(Equal(exitViolation))
	g.Expect(flat(o.out)).To(ContainSubstring("the target could not be judged any more"))
	o = ncspec(t, "compare", good, good, "--html", filepath.Join(t.TempDir(), "nowhere", "x.html"))
	g.Expect(o.code).To(Equal(exitUsage))
	g.Expect(o.errs).To(ContainSubstring("writing the page"))
}

// fewLocks runs some specs on locks: two defects show in them.
func fewLocks() []string {
	return []string{"run", "--spec", "lock/granted", "--spec", "lock/own-twice", "--spec", "lock/denied-names-holder", "--spec", "lock/unlock-own"}
}

func TestBaseline(t *testing.T) {
	alone(t)
	const known, another = "own-lock-granted-again", "lock-denied-names-requester"
	run := func(t *testing.T, more ...string) outcome { return ncspec(t, append(fewLocks(), more...)...) }
	clean, broken, part := run(t), run(t, "--defect", known), ncspec(t, "run", "--spec", "lock/granted")
	stale := write(t, "waivers.yaml", "waivers:\n  - id: lock/granted\n    reason: r\n")
	for name, c := range map[string]struct {
		baseline outcome
		more     []string
		code     int
		tells    string
	}{
		"as before":          {clean, nil, exitOK, "nothing changed (exit 0)"},
		"known":              {broken, []string{"--defect", known}, exitOK, "nothing changed (exit 0)"},
		"mended":             {broken, nil, exitOK, "1 violation lost (exit 0)"},
		"a regression":       {clean, []string{"--defect", known}, exitViolation, "REGRESSION 1 violation gained (exit 1)"},
		"known and one more": {broken, []string{"--defect", known, "--defect", another}, exitViolation, "1 violation gained, 1 violation as before (exit 1)"},
		"never looked at":    {part, []string{"--defect", known}, exitViolation, "1 violation seen for the first time (exit 1)"},
		"a stale waiver":     {clean, []string{"--waivers", stale}, exitViolation, "nothing changed (exit 1)"},
		"nothing any more":   {broken, []string{"--profile", "generic-error"}, exitViolation, "nothing was judged any more"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			o := run(t, append([]string{"--baseline", c.baseline.dir}, c.more...)...)
			g.Expect(o.code).To(Equal(c.code), "%s\n%s", o.out, o.errs)
			g.Expect(flat(o.out)).To(ContainSubstring(c.tells))
			g.Expect(strings.Count(o.out, "(exit ")).To(Equal(1), "one outcome")
			x := comparison(t, filepath.Join(o.dir, "compare.json"))
			g.Expect(x.New.File).To(Equal(filepath.Join(o.dir, "report.json")))
			g.Expect(filepath.Join(o.dir, "compare.html")).To(BeAnExistingFile())
		})
	}
}

func TestErrorsBesideABaseline(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	args := []string{"run", "--spec", "rpc/get-without-parameters"}
	well, errs := ncspec(t, args...), ncspec(t, append(args, "--profile", "generic-error")...)
	lost := ncspec(t, append(args, "--profile", "generic-error", "--baseline", well.dir)...)
	g.Expect(lost.code).To(Equal(exitViolation), lost.out)
	g.Expect(flat(lost.out)).To(And(ContainSubstring("pass → error: given:"), ContainSubstring("1 verdict lost (exit 1)")))
	kept := ncspec(t, append(args, "--profile", "generic-error", "--baseline", errs.dir)...)
	g.Expect(kept.code).To(Equal(exitError), "no verdict is no success: %s", kept.out)
	g.Expect(flat(kept.out)).To(ContainSubstring("nothing changed (exit 4)"))
}

func TestABaselineMayStandWhereTheRunWrites(t *testing.T) {
	alone(t)
	g := NewWithT(t)
	first := ncspec(t, fewLocks()...)
	second := ncspec(t, append(fewLocks(), "--out", first.dir, "--baseline", filepath.Join(first.dir, "report.json"), "--defect", "own-lock-granted-again")...)
	g.Expect(second.code).To(Equal(exitViolation), second.errs)
	g.Expect(regressed(comparison(t, filepath.Join(first.dir, "compare.json")))).To(Equal([]string{"rfc6241-7.5-lock-own-twice"}))
	third := ncspec(t, "run", "--spec", "lock/granted", "--out", first.dir)
	g.Expect(third.code).To(Equal(exitOK), third.errs)
	g.Expect(filepath.Join(first.dir, "compare.html")).NotTo(BeAnExistingFile(), "it is of another run")
}

func TestEarlierReportsThatAreOfNoUse(t *testing.T) {
	alone(t)
	good := ncspec(t, "run", "--spec", "lock/granted").dir
	unusable := ncspec(t, "run", "ssh://admin@"+closed(t), "--host-key", "accept").dir
	server := serve(t, reference.Options{})
	for _, flag := range []string{"--baseline", "--rerun-failed"} {
		for name, c := range map[string]struct {
			args  []string
			tells []string
		}{
			"no file":        {[]string{flag, "/nowhere"}, []string{"/nowhere", "no such file"}},
			"cut off":        {[]string{flag, write(t, "cut.json", `{"format": "ncspec-report/v1",`)}, []string{"cut.json:1:31:", "ends too early"}},
			"another format": {[]string{flag, write(t, "v2.json", `{"format": "ncspec-report/v2"}`)}, []string{"v2.json", "ncspec-report/v2"}},
			"another target": {[]string{"ssh://admin@" + server.Addr(), "--host-key", fingerprint(server), flag, good},
				[]string{good, "reference server", server.Addr(), "--different-targets"}},
			"nothing judged": {[]string{flag, unusable, "--different-targets"}, []string{"nothing was judged in this run"}},
		} {
			t.Run(fmt.Sprint(flag, " ", name), func(t *testing.T) {
				fails(t, ncspec(t, append([]string{"run"}, c.args...)...), exitUsage, c.tells...)
			})
		}
	}
	g := NewWithT(t)
	o := ncspec(t, "run", "ssh://admin@"+server.Addr(), "--host-key", fingerprint(server), "--baseline", good, "--different-targets", "--spec", "lock/granted")
	g.Expect(o.code).To(Equal(exitOK), o.errs)
	g.Expect(flat(o.out)).To(ContainSubstring("The targets differ"))
	_, err := json.Read(good)
	g.Expect(err).NotTo(HaveOccurred(), "the earlier report is left alone")
}
